//! Keys: one article, one key, whatever happens to its feed.

use super::{read, rss};

fn keys(items: &str) -> Vec<String> {
    rss(items).entries.iter().map(|entry| entry.key.as_str().to_owned()).collect()
}

#[test]
fn keys_outlive_edits_and_churn() {
    let first =
        "<item><title>Chip</title><link>https://a.example/1?utm_source=x</link><guid>p1</guid></item>";
    let edited = "<item><title>Chip mới</title><link>http://a.example/1#top</link><guid>p2</guid></item>";
    let other = "<item><title>Khác</title><link>https://a.example/2</link><guid>p1</guid></item>";
    assert_eq!(keys(first), keys(edited));
    assert_ne!(keys(first), keys(other));
    let (forward, backward) = (keys(&format!("{first}{other}")), keys(&format!("{other}{first}")));
    assert_eq!(forward.iter().rev().collect::<Vec<_>>(), backward.iter().collect::<Vec<_>>());
    for items in [
        // One address for two entries, with and without guids; the home page as address; no address at all.
        "<item><link>https://a.example/live</link><guid>1</guid></item><item><link>https://a.example/live</link><guid>2</guid></item>",
        "<item><link>https://a.example/live</link><title>A</title></item><item><link>https://a.example/live</link><title>B</title></item>",
        "<item><link>https://a.example/</link><guid>1</guid></item><item><link>https://a.example/</link><guid>2</guid></item>",
        "<item><guid>1</guid></item><item><guid>2</guid></item>",
        "<item><title>A</title></item><item><title>B</title></item>",
        "<item><description>A</description></item><item><description>B</description></item>",
    ] {
        let both = keys(items);
        assert!(both.len() == 2 && both[0] != both[1], "{both:?}");
        assert_eq!(both, keys(items), "random for {items}");
    }
}

#[test]
fn spellings_of_one_address_are_one_article() {
    let key = |address: &str| keys(&format!("<item><link>{address}</link></item>"));
    for other in [
        "http://a.example/tin/1",
        "https://www.a.example/tin/1",
        "https://a.example/tin/1/",
        "https://a.example/tin/1?utm_source=rss&amp;fbclid=x&amp;at_medium=RSS",
        "https://a.example/tin/1#binh-luan",
    ] {
        assert_eq!(key(other), key("https://a.example/tin/1"), "{other}");
    }
    assert_ne!(key("https://a.example/tin/1?id=2"), key("https://a.example/tin/1"));
}

#[test]
fn of_entries_that_share_an_address_none_changes_when_one_more_joins() {
    let item = |guid: u32| format!("<item><guid>{guid}</guid><link>https://a.example/live</link></item>");
    let two = keys(&(item(1) + &item(2)));
    let three = keys(&(item(3) + &item(2) + &item(1)));
    assert_eq!([&three[2], &three[1]], [&two[0], &two[1]]);
    assert!(!two.contains(&three[0]));
    // Listed twice, it is still one entry.
    assert_eq!(keys(&(item(1) + &item(1))), [keys(&item(1)), keys(&item(1))].concat());
}

#[test]
fn a_headline_may_change_where_there_is_neither_guid_nor_link() {
    let dated = |title: &str, minute: u32| {
        format!(
            "<item><title>{title}</title><pubDate>Wed, 05 Mar 2025 09:{minute:02}:00 GMT</pubDate></item>"
        )
    };
    assert_eq!(keys(&(dated("A", 1) + &dated("B", 2))), keys(&(dated("A mới", 1) + &dated("B", 2))));
    let told = |title: &str, text: &str| {
        format!("<item><title>{title}</title><description>{text}</description></item>")
    };
    assert_eq!(keys(&(told("A", "x") + &told("B", "y"))), keys(&(told("A mới", "x") + &told("B", "y"))));
    // What several entries share tells none of them apart.
    let alike = keys(&(dated("A", 1) + &dated("B", 1) + &told("C", "x") + &told("D", "x")));
    assert!(alike.iter().all(|key| alike.iter().filter(|other| *other == key).count() == 1), "{alike:?}");
}

/// One article, as its feed may write it on any day.
fn written(number: usize, edited: bool, rng: &mut fastrand::Rng) -> String {
    let headline = if edited { format!("Bài {number}, cập nhật") } else { format!("Bài {number}") };
    let host = ["http://a.example", "https://a.example", "https://www.a.example"][rng.usize(..3)];
    let tracked = ["", "?utm_source=rss", "?fbclid=Q"][rng.usize(..3)];
    let mut fields = vec![
        format!("<title>{headline}</title>"),
        format!("<pubDate>Wed, 05 Mar 2025 {:02}:{:02}:00 GMT</pubDate>", number / 60, number % 60),
    ];
    match number % 4 {
        // The guid is made anew on every poll.
        0 => fields.push(format!("<link>{host}/{number}.html{tracked}</link><guid>{}</guid>", rng.u64(..))),
        1 => fields.push(format!("<link>{host}/{number}.html{tracked}</link>")),
        2 => fields.push(format!("<guid isPermaLink='false'>id-{number}</guid>")),
        _ => {}
    }
    rng.shuffle(&mut fields);
    let mut attributes = ["a='1'", "xml:lang=\"vi\"", "checked"];
    rng.shuffle(&mut attributes);
    format!("<item {}>{}</item>", attributes.join(" "), fields.concat())
}

#[test]
fn a_thousand_polls_find_no_new_key() {
    let mut rng = fastrand::Rng::with_seed(5);
    let mut known = std::collections::HashSet::new();
    for poll in 0..1_000 {
        let mut order: Vec<usize> = (0..24).collect();
        rng.shuffle(&mut order);
        let items: String =
            order.iter().map(|number| written(*number, poll > 0 && rng.bool(), &mut rng)).collect();
        let feed = read(&format!("<rss version='2.0'><channel><title>A</title>{items}</channel></rss>"));
        assert_eq!(feed.entries.len(), 24);
        known.extend(feed.entries.into_iter().map(|entry| entry.key));
        assert_eq!(known.len(), 24, "poll {poll} brought a new key");
    }
}
