//! Counts of articles by entity and day.

use super::*;
use crate::model::Prominence;

const DAY: Duration = Duration::from_hours(24);

fn naming(url: &str, names: &[&str], at: Timestamp) -> Filing {
    let prominent =
        |name: &&str| Prominence { name: (*name).to_owned(), count: 3, in_title: false, surfaces: vec![] };
    Filing { entities: names.iter().map(prominent).collect(), at, ..filing(url, url) }
}

#[tokio::test]
async fn articles_are_counted_by_entity_and_day() {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    let entries = desk.list("bao", &["a", "b", "c", "d", "e"]).await;
    let [first, second, end] = [0, 1, 2].map(|days| NOW.plus(DAY * days));
    let last_moment = second.minus(Duration::from_millis(1));
    for (entry, (names, at)) in entries.iter().zip([
        (vec!["Huawei", "SMIC"], first),
        (vec!["Huawei"], last_moment),
        (vec!["SMIC"], second),
        (vec!["Huawei"], first.minus(Duration::from_millis(1))),
        (vec!["Huawei"], end),
    ]) {
        let url = format!("https://bao.example/{}", entry.entry.key.as_str());
        desk.store.commit_ingest(entry, naming(&url, &names, at)).await.unwrap();
    }
    let names = ["Huawei", "SMIC", "Meta"].map(str::to_owned).to_vec();
    let counts = desk.store.articles_naming(names, vec![first, second, end]).await.unwrap();
    assert_eq!(counts, [[2, 0], [1, 1], [0, 0]]);
}

#[tokio::test]
async fn counting_walks_along_an_index() {
    let desk = Desk::open();
    let plan = desk
        .store
        .read(|connection| {
            connection.query_row(
                "EXPLAIN QUERY PLAN SELECT article_id FROM mention WHERE entity = ?1 AND article_seq >= ?2",
                ["", ""],
                |row| row.get::<_, String>("detail"),
            )
        })
        .await
        .unwrap();
    assert!(plan.contains("COVERING INDEX mention_place"), "{plan}");
}
