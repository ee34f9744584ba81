//! Articles chosen for readers outside.

use super::*;
use crate::model::Prominence;

fn naming(url: &str, text: &str, entity: &str, causes: Causes) -> Filing {
    let entity =
        Prominence { name: entity.to_owned(), count: 2, in_title: false, surfaces: vec![entity.to_owned()] };
    Filing { entities: vec![entity], if_new: causes, ..filing(url, text) }
}

#[tokio::test]
async fn articles_are_chosen_by_entity_alert_and_age_newest_first() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let claimed = desk.list("bao", &["1", "2", "3"]).await;
    let raised = alerts(&[
        ("Chip", "mail:a@example.org"),
        ("Chip", "mail:b@example.org"),
        ("AI", "mail:a@example.org"),
    ]);
    for (entry, filing) in claimed.iter().zip([
        naming("https://bao.example/1", "một", "Huawei", raised),
        naming("https://bao.example/2", "hai", "SMIC", Causes::default()),
        filing("https://bao.example/3", "ba"),
    ]) {
        desk.store.commit_ingest(entry, filing).await.unwrap();
    }
    let all = Selection { since: NOW, entities: vec![], raised: Raised::Any, limit: 10 };
    let entities = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    for (selection, urls) in [
        (all.clone(), vec!["3", "2", "1"]),
        (Selection { limit: 1, ..all.clone() }, vec!["3"]),
        (Selection { entities: entities(&["SMIC", "Huawei"]), ..all.clone() }, vec!["2", "1"]),
        (Selection { entities: entities(&["Nvidia"]), ..all.clone() }, vec![]),
        (Selection { raised: Raised::Alert, ..all.clone() }, vec!["1"]),
        (Selection { since: NOW.plus(Duration::from_secs(1)), ..all.clone() }, vec![]),
    ] {
        let found = desk.store.select_articles(selection.clone()).await.unwrap();
        let found: Vec<_> =
            found.iter().map(|found| found.stored.article.url.rsplit('/').next().unwrap()).collect();
        assert_eq!(found, urls, "{selection:?}");
    }
    let found = desk.store.select_articles(Selection { raised: Raised::Alert, ..all }).await.unwrap();
    assert_eq!((&found[0].entities, &found[0].alerts), (&entities(&["Huawei"]), &entities(&["AI", "Chip"])));
}
