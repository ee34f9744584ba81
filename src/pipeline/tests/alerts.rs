//! An article alerts once: not twice, not never.

use super::*;

#[tokio::test]
async fn a_new_article_alerts_every_recipient_once() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới"), ("/b", "Chợ cá sáng nay đông vui")]);
    desk.round().await;
    let [(_, message)] = desk.hooked().try_into().unwrap();
    let item = &message["data"]["items"][0];
    assert_eq!(item["alerts"], serde_json::json!(["Chips"]));
    assert_eq!(item["article"]["title"], "Huawei ra mắt chip mới");
    assert_eq!(item["entities"][0]["name"], "Huawei");
    assert_eq!(desk.mails().len(), 1);
}

#[tokio::test]
async fn an_unchanged_feed_and_a_restart_repeat_nothing() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.round().await;
    desk.pass(20 * MINUTE);
    assert_eq!(desk.poll_due().await, [Polled::Unchanged]);
    desk.publish("/rss", &[("/c", "Tin khác"), ("/a", "Huawei ra mắt chip mới")]);
    desk.pass(20 * MINUTE);
    desk.context.store.release_leases(Holder::Daemon).await.unwrap();
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 1, held: 0 }]);
    desk.round().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn two_feeds_that_bring_one_article_alert_once() {
    let desk = Desk::open(&["/one", "/two"]).await;
    desk.publish("/one", &[("/a", "Huawei ra mắt chip mới")]);
    desk.put("/two", 200, &rss(&desk.listed("/a").replace("utm_source=rss", "fbclid=77")));
    desk.round().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn a_copy_under_another_address_alerts_once() {
    let desk = Desk::open(&["/one", "/two"]).await;
    desk.publish("/one", &[("/a", "Huawei ra mắt chip mới")]);
    desk.publish("/two", &[("/copy", "Huawei ra mắt chip mới")]);
    desk.round().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn a_crash_between_poll_and_ingest_loses_nothing() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới")]);
    desk.poll_due().await;
    desk.pass(20 * MINUTE);
    assert_eq!(desk.poll_due().await, [Polled::Unchanged], "304 hides the entry from now on");
    desk.ingest_due().await;
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn what_stood_in_the_feed_for_long_is_recorded_without_an_alert() {
    let desk = Desk::open(&["/rss"]).await;
    let old = desk
        .listed("/a")
        .replace("<pubDate>", "<pubDate>Mon, 02 Nov 2026 08:00:00 +0700</pubDate><was>")
        .replace("</pubDate></item>", "</was></item>");
    desk.put("/rss", 200, &rss(&old));
    assert_eq!(desk.poll_due().await, [Polled::Read { new: 0, held: 1 }]);
    assert!(desk.ingest_due().await.is_empty());
}

#[tokio::test]
async fn a_page_that_stays_away_is_replaced_by_the_feeds_own_text() {
    let desk = Desk::open(&["/rss"]).await;
    let item = desk
        .listed("/gone")
        .replace("</item>", "<description>Huawei nói trong phần tóm tắt</description></item>");
    desk.put("/rss", 200, &rss(&item));
    desk.put("/gone", 503, "");
    desk.poll_due().await;
    assert!(matches!(desk.ingest_due().await.as_slice(), [Filed::Later { .. }]));
    for _ in 0..6 {
        desk.pass(60 * MINUTE);
        desk.ingest_due().await;
    }
    desk.flush_due().await;
    let [(_, message)] = desk.hooked().try_into().unwrap();
    assert_eq!(message["data"]["items"][0]["article"]["title"], "Tin /gone");
}

#[tokio::test]
async fn entries_without_an_address_of_their_own_alert_one_by_one() {
    let news = |guid: &str, link: &str| {
        format!(
            "<item><title>Huawei công bố bản {guid}</title><guid isPermaLink=\"false\">{guid}</guid>{link}</item>"
        )
    };
    let undated = |link: &str| {
        let listed = [news("v1", link), news("v2", link), news("v3", link)].concat();
        listed.replace("</item>", "<pubDate>Sat, 21 Nov 2026 04:00:00 GMT</pubDate></item>")
    };
    for link in ["", "<link>http://bao.example/</link>", "<link>http://bao.example/nhat-ky#moc</link>"] {
        let desk = Desk::open(&["/rss"]).await;
        desk.put("/rss", 200, &rss(&undated(link)));
        desk.round().await;
        let mut titles: Vec<String> = desk
            .hooked()
            .iter()
            .map(|(_, message)| message["data"]["items"][0]["article"]["title"].as_str().unwrap().to_owned())
            .collect();
        titles.sort();
        let expected = ["Huawei công bố bản v1", "Huawei công bố bản v2", "Huawei công bố bản v3"];
        assert_eq!(titles, expected, "{link:?}");
    }
}

#[tokio::test]
async fn one_article_linked_in_several_ways_is_read_from_its_page() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "Huawei mở nhà máy")]);
    let twin = |guid: &str, tracking: &str| {
        let listed = desk.listed("/a").replace("Tin /a", "Huawei mở nhà máy");
        let listed = listed.replace("<guid>/a", &format!("<guid isPermaLink=\"false\">{guid}"));
        listed.replace("?utm_source=rss", tracking)
    };
    desk.put(
        "/rss",
        200,
        &rss(&(twin("g1", "") + &twin("g2", "?utm_source=rss") + &twin("g3", "?fbclid=x"))),
    );
    desk.round().await;
    let url = desk.site.url("/a").to_string();
    let article = desk.context.store.article_by_url(url).await.unwrap().unwrap().article;
    assert!(article.notes.is_empty() && article.text().contains("Huawei mở nhà máy"), "{article:?}");
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn an_article_whose_address_gets_a_second_entry_is_not_told_again() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/live", "Huawei ra mắt chip mới")]);
    let titled = |title: &str, guid: &str| {
        desk.listed("/live")
            .replace("Tin /live", title)
            .replace("<guid>/live", &format!("<guid isPermaLink=\"false\">{guid}"))
    };
    let first = titled("Huawei ra mắt chip mới", "g1");
    desk.put("/rss", 200, &rss(&first));
    desk.round().await;
    desk.put("/rss", 200, &rss(&format!("{}{first}", titled("Huawei trả lời báo chí", "g2"))));
    desk.pass(20 * MINUTE);
    desk.round().await;
    let told: Vec<_> = desk
        .hooked()
        .iter()
        .map(|(_, message)| message["data"]["items"][0]["article"]["title"].clone())
        .collect();
    assert_eq!(told, ["Huawei ra mắt chip mới", "Huawei trả lời báo chí"]);
}

#[tokio::test]
async fn entries_behind_a_wall_alert_by_their_headlines() {
    let desk = Desk::open(&["/rss"]).await;
    let wall = page("Vui lòng đăng nhập để đọc tiếp");
    let titled = |path: &str, title: &str| desk.listed(path).replace(&format!("Tin {path}"), title);
    let listed = titled("/a", "Huawei mở nhà máy thứ hai tại Đà Nẵng")
        + &titled("/b", "SMIC bán cổ phần cho Huawei và một quỹ");
    desk.put("/rss", 200, &rss(&listed));
    desk.put("/a", 200, &wall);
    desk.put("/b", 200, &wall);
    desk.round().await;
    assert_eq!(desk.hooked().len(), 2);
}

#[tokio::test]
async fn an_article_that_leads_to_the_home_page_is_taken_from_the_feed() {
    let desk = Desk::open(&["/rss"]).await;
    let home = format!("{} Huawei", page("Trang chủ của báo"));
    desk.put("/", 200, &home);
    desk.put("/a", 302, "/");
    desk.put("/b", 302, "/");
    let listed = desk.listed("/a") + &desk.listed("/b").replace("Tin /b", "Huawei mở nhà máy");
    desk.put("/rss", 200, &rss(&listed));
    desk.round().await;
    let titles: Vec<_> = desk
        .hooked()
        .iter()
        .map(|(_, message)| message["data"]["items"][0]["article"]["title"].clone())
        .collect();
    assert_eq!(titles, ["Huawei mở nhà máy"]);
}

#[tokio::test]
async fn a_page_that_asks_for_a_year_of_patience_is_not_given_it() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/rss", 200, &rss(&desk.listed("/busy").replace("Tin /busy", "Huawei mở nhà máy")));
    desk.put("/busy", 429, "31536000");
    desk.poll_due().await;
    for _ in 0..4 {
        desk.ingest_due().await;
        desk.pass(Duration::from_hours(27));
    }
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn a_healthy_article_is_read_however_often_its_neighbours_ask_for_patience() {
    let desk = Desk::open(&["/rss"]).await;
    let busy = ["/busy/1", "/busy/2", "/busy/3"];
    let items: String = busy.iter().chain(&["/sound"]).map(|path| desk.listed(path)).collect();
    desk.put("/rss", 200, &rss(&items));
    for path in busy {
        desk.put(path, 429, "120");
    }
    desk.put("/sound", 200, &page("Huawei mở nhà máy"));
    desk.poll_due().await;
    for _ in 0..40 {
        desk.ingest_due().await;
        desk.pass(5 * MINUTE);
    }
    let asked = |path: &str| desk.site.seen().iter().filter(|seen| seen.path.starts_with(path)).count();
    assert_eq!((asked("/sound"), asked("/busy")), (1, 12), "what was not sent is no try");
    let key = crate::dedup::canonical_url(desk.site.url("/sound").as_str());
    let stored = desk.context.store.article_by_url(key).await.unwrap().expect("it is filed");
    assert!(stored.article.text().contains("Buổi họp báo"), "{:?}", stored.article.notes);
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn a_page_that_appears_after_its_feed_entry_is_read() {
    let desk = Desk::open(&["/rss"]).await;
    desk.put("/rss", 200, &rss(&desk.listed("/soon")));
    desk.poll_due().await;
    assert!(matches!(desk.ingest_due().await.as_slice(), [Filed::Later { .. }]), "404 for now");
    desk.put("/soon", 200, &page("Huawei ra mắt chip mới"));
    desk.pass(MINUTE);
    desk.ingest_due().await;
    desk.flush_due().await;
    assert_eq!(desk.hooked().len(), 1);
}

#[tokio::test]
async fn articles_that_name_their_section_as_their_own_address_alert_one_by_one() {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", &[("/a", "Huawei ra mắt chip mới"), ("/b", "Huawei mở nhà máy")]);
    for (path, text) in [("/a", "Huawei ra mắt chip mới"), ("/b", "Huawei mở nhà máy")] {
        let section = format!("<meta property=og:url content=\"{}\"></head>", desk.site.url("/cong-nghe"));
        desk.put(path, 200, &page(text).replace("</head>", &section));
    }
    desk.round().await;
    assert_eq!(desk.hooked().len(), 2);
}
