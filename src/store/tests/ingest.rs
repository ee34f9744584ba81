//! Filing: one article, one alert, however many sources and workers bring it.

use std::sync::Arc;

use super::*;

#[tokio::test]
async fn the_same_article_from_two_sources_alerts_once() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["x", "y"]).await;
    let (first, copy) =
        (filing("https://bao.example/x", "Huawei ra mắt"), filing("https://bao.example/y", "Huawei ra mắt"));
    let fires = alerts(&[("Chips", "mail:desk@example.org")]);
    // Both workers decided on their own before either had committed.
    let one = desk.store.commit_ingest(&entries[0], Filing { if_new: fires.clone(), ..first }).await.unwrap();
    let two = desk.store.commit_ingest(&entries[1], Filing { if_new: fires, ..copy }).await.unwrap();
    let Ingested::New(Fresh { id, .. }) = one else { panic!("{one:?}") };
    assert_eq!(two, Ingested::Known(id));
    assert_eq!(desk.claim_deliveries(NOW).await.len(), 1);
}

#[tokio::test]
async fn the_same_address_is_the_same_article_even_with_other_words() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["x", "y"]).await;
    desk.store.commit_ingest(&entries[0], filing("https://bao.example/x", "bản đầu")).await.unwrap();
    let again =
        desk.store.commit_ingest(&entries[1], filing("https://bao.example/x", "bản sau")).await.unwrap();
    assert!(matches!(again, Ingested::Known(_)), "{again:?}");
}

#[tokio::test]
async fn one_mail_per_recipient_names_every_alert() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entry = desk.list("bao", &["x"]).await.remove(0);
    let causes = alerts(&[
        ("Chips", "mail:desk@example.org"),
        ("Models", "mail:desk@example.org"),
        ("Chips", "webhook:ops"),
    ]);
    let filing = Filing { if_new: causes, ..filing("https://bao.example/x", "nội dung") };
    desk.store.commit_ingest(&entry, filing).await.unwrap();
    let mut sent: Vec<(String, Vec<String>)> = desk
        .claim_deliveries(NOW)
        .await
        .into_iter()
        .map(|claimed| match claimed.delivery.message {
            crate::model::Message::Alert { items } => {
                (claimed.delivery.recipient.to_string(), items[0].alerts.clone())
            }
            other => panic!("{other:?}"),
        })
        .collect();
    sent.sort();
    let expected = [
        ("mail:desk@example.org".to_owned(), vec!["Chips".to_owned(), "Models".to_owned()]),
        ("webhook:ops".to_owned(), vec!["Chips".to_owned()]),
    ];
    assert_eq!(sent, expected);
}

#[tokio::test]
async fn a_second_source_fires_only_what_depends_on_the_source_and_only_once() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["x", "y", "z"]).await;
    let with = |causes: &Causes| Filing {
        if_known: causes.clone(),
        ..filing("https://bao.example/x", "nội dung")
    };
    let scoped = alerts(&[("Only from VN", "mail:desk@example.org")]);
    desk.store.commit_ingest(&entries[0], filing("https://bao.example/x", "nội dung")).await.unwrap();
    desk.store.commit_ingest(&entries[1], with(&scoped)).await.unwrap();
    desk.store.commit_ingest(&entries[2], with(&scoped)).await.unwrap();
    assert_eq!(desk.claim_deliveries(NOW).await.len(), 1);
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_changes_nothing() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let lost = desk.list("bao", &["x"]).await.remove(0);
    let later = NOW.plus(Duration::from_secs(61));
    let holder = desk.claim_entries(later).await.remove(0);
    let fires = alerts(&[("Chips", "mail:desk@example.org")]);
    let filing = |text| Filing { if_new: fires.clone(), ..filing("https://bao.example/x", text) };
    assert_eq!(desk.store.commit_ingest(&lost, filing("một")).await.unwrap(), Ingested::LeaseLost);
    assert!(desk.claim_deliveries(NOW).await.is_empty());
    assert!(matches!(desk.store.commit_ingest(&holder, filing("hai")).await.unwrap(), Ingested::New(_)));
}

#[tokio::test]
async fn a_host_is_taught_by_new_articles_only_and_a_source_by_all() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c"]).await;
    let appended = |word: &'static str| -> Lesson {
        Arc::new(move |before: Option<&str>| format!("{}{word}", before.unwrap_or_default()))
    };
    let lessons = |word| Lessons {
        of_host: Some(("bao.example".to_owned(), appended(word))),
        of_rules: Some(Arc::new(|_: Option<&str>| "[]".to_owned())),
    };
    for (entry, text, word) in
        [(&entries[0], "một", "1"), (&entries[1], "một", "2"), (&entries[2], "hai", "3")]
    {
        let url = format!("https://bao.example/{word}");
        let filing = Filing { lessons: lessons(word), ..filing(&url, text) };
        desk.store.commit_ingest(entry, filing).await.unwrap();
    }
    let learnt = desk.store.learnt_of_host("bao.example".to_owned()).await.unwrap();
    assert_eq!(learnt.as_deref(), Some("13"), "the second was known by its words");
    assert!(desk.store.learnt_of_host("other.example".to_owned()).await.unwrap().is_none());
    assert!(desk.store.source_rows().await.unwrap()[0].rule_misses.is_empty());
    let stored = desk.store.article_by_url("https://bao.example/1".to_owned()).await.unwrap().unwrap();
    assert_eq!(stored.epoch.as_deref(), Some("1.-.-"));
}
