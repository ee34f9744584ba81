//! Searches on whichever way is least work: the same is found.

use super::looking::{all_of, filed, found, names};
use super::*;

/// Fills a store with 1,200 articles that say the same; `Huawei` is mentioned in so many of them, `Meta` in all.
async fn with_much_to_go_through(named: &'static str) -> Desk {
    let desk = Desk::open();
    desk.watch(&["bao"]).await;
    desk.store
        .alter(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) \
             INSERT INTO article (seq, id, source_id, title, first_seen_at, document) \
             SELECT i, unhex(printf('%032x', i)), (SELECT id FROM source), '', i, '{}' FROM n; \
             INSERT INTO article_search (rowid, title, body) \
             SELECT seq, 'tin ' || (seq % 7), iif(seq % 2, 'chip moi ra', 'moi ra chip') FROM article; \
             INSERT INTO mention (article_id, entity, count, in_title, surfaces, article_seq) \
             SELECT id, 'Meta', 1, 0, '[]', seq FROM article",
        )
        .await;
    desk.store.alter(named).await;
    desk
}

#[tokio::test]
async fn words_are_found_in_the_few_articles_of_a_name_whichever_way_is_less_work() {
    // The words of one article are looked up; for hundreds it is less work to go through all that hold them.
    for (named, few) in [
        (
            "INSERT INTO mention (article_id, entity, count, in_title, surfaces, article_seq) \
             SELECT id, 'Huawei', 1, 0, '[]', seq FROM article WHERE seq IN (5, 1100)",
            vec![1_100, 5],
        ),
        (
            "INSERT INTO mention (article_id, entity, count, in_title, surfaces, article_seq) \
             SELECT id, 'Huawei', 1, 0, '[]', seq FROM article WHERE seq % 3 = 0",
            (1..=1_200).rev().filter(|seq| seq % 3 == 0).collect(),
        ),
    ] {
        let desk = with_much_to_go_through(named).await;
        let of_name = Search { entities: vec![names(&["Huawei"])], ..Search::default() };
        let both = Search { entities: vec![names(&["Meta"]), names(&["Huawei"])], ..Search::default() };
        for search in [&of_name, &both] {
            for (wanted, unwanted, is_meant) in [
                (&["chip moi"][..], &[][..], &(|seq: i64| seq % 2 == 1) as &dyn Fn(i64) -> bool),
                (&["moi ra", "ra chip"], &[], &|seq| seq % 2 == 0),
                (&["moi ra"], &["ra chip"], &|seq| seq % 2 == 1),
                (&["moi ra"], &["3"], &|seq| seq % 7 != 3),
                (&[], &["ra chip"], &|seq| seq % 2 == 1),
                (&["chip ra"], &[], &|_| false),
                (&["khong"], &[], &|_| false),
            ] {
                let phrases = all_of(unwanted).wanted.into_iter().flatten();
                let search = Search {
                    wanted: all_of(wanted).wanted,
                    unwanted: phrases.collect(),
                    ..(*search).clone()
                };
                let meant: Vec<i64> = few.iter().copied().filter(|seq| is_meant(*seq)).take(10).collect();
                assert_eq!(found(&desk, &search, i64::MAX).await, meant, "{search:?}");
                let meant: Vec<i64> =
                    few.iter().copied().filter(|seq| *seq < 900 && is_meant(*seq)).take(10).collect();
                assert_eq!(found(&desk, &search, 900).await, meant, "before 900: {search:?}");
            }
        }
    }
}

#[tokio::test]
async fn any_number_of_names_may_be_asked_for() {
    let desk = filed().await;
    let mut many: Vec<String> = (0..700).map(|number| format!("Hãng {number}")).collect();
    many.extend(names(&["SMIC", "Huawei"]));
    let of_names = Search { entities: vec![many.clone()], ..Search::default() };
    assert_eq!(found(&desk, &of_names, i64::MAX).await, [3, 2, 1]);
    assert_eq!(found(&desk, &Search { wanted: all_of(&["chip"]).wanted, ..of_names }, 3).await, [2, 1]);
    many.extend(names(&["bao"]));
    let of_sources = Search { sources: many.clone(), ..Search::default() };
    assert_eq!(found(&desk, &of_sources, i64::MAX).await, [2, 1]);
    let without = Search { without_sources: many, ..Search::default() };
    assert_eq!(found(&desk, &without, i64::MAX).await, [3]);
}
