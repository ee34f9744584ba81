//! What is stored, found for a reader and judged again.

use super::*;
use crate::search::Query;
use crate::store::StoredArticle;

async fn filed(texts: &[(&str, &str)]) -> Desk {
    let desk = Desk::open(&["/rss"]).await;
    desk.publish("/rss", texts);
    desk.round().await;
    desk
}

async fn found(desk: &Desk, query: &str) -> Result<Found, String> {
    let query = Query::parse(query, desk.now()).map_err(|error| error.message)?;
    let tracked = || vec!["Chưa Thấy".to_owned()];
    find(&desk.context.store, &query, 10, tracked).await.map_err(|error| error.to_string())
}

fn titles(articles: &[StoredArticle]) -> Vec<&str> {
    articles.iter().map(|stored| stored.article.title.as_str()).collect()
}

#[tokio::test]
async fn marks_count_where_they_were_typed_and_names_are_known() {
    let desk = filed(&[("/a", "Huawei ký hoà ước"), ("/b", "Hoa nở ở chợ")]).await;
    assert_eq!(found(&desk, "hoa").await.unwrap().articles.len(), 2);
    assert_eq!(titles(&found(&desk, "hòa").await.unwrap().articles), ["Huawei ký hoà ước"]);
    let otherwise = found(&desk, "hỏa").await.unwrap();
    assert!(otherwise.has_other_marks && otherwise.articles.len() == 2);
    assert_eq!(titles(&found(&desk, "entity:huawei -chợ").await.unwrap().articles), ["Huawei ký hoà ước"]);
    assert_eq!(found(&desk, "entity:\"chua thay\"").await.unwrap().articles.len(), 0);
    assert!(found(&desk, "entity:Huawi").await.unwrap_err().contains("Did you mean entity:Huawei?"));
    assert!(found(&desk, "source:Khác").await.unwrap_err().contains("no source named"));
}

#[tokio::test]
async fn a_stored_article_is_judged_as_it_was_when_it_came() {
    let desk = filed(&[("/a", "Huawei ra mắt chip mới")]).await;
    let store = &desk.context.store;
    let stored = store.articles_since(Timestamp::EPOCH, 0, 1).await.unwrap().remove(0);
    let traces = store.traces(vec![stored.id]).await.unwrap().remove(0);
    let plan = &desk.context.plan;
    let judged = judge(plan, &stored, &traces, desk.now());
    let raised: Vec<_> =
        judged.causes.alerts.iter().map(|cause| (cause.name.clone(), cause.recipient.to_string())).collect();
    assert_eq!(raised.into_iter().collect::<std::collections::BTreeSet<_>>(), traces.alerts);
    assert_eq!((judged.held, &judged.entities), (None, &traces.entities));
    let years = desk.now().plus(Duration::from_hours(3 * 365 * 24));
    assert!(judge(plan, &stored, &traces, years).held.is_some(), "by then it is too old");
}
