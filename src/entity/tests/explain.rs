//! Near misses, and what stands in their way.

use super::*;
use Obstacle::{
    Boundary as Touches, Case, Marks, MinCount, Not, RequiresFull, Sep, Sources, Url, Version, WithAny,
    WithoutAny,
};

fn misses(entity: Entity, title: &str, body: &str) -> Vec<(String, Vec<Obstacle>)> {
    let explainer = Explainer::new(&[entity]).unwrap();
    let fields = [(Field::Title, title), (Field::Body, body)];
    let found = explainer.near_misses("Báo", &fields);
    found.into_iter().map(|miss| (miss.surface, miss.obstacles)).collect()
}

#[test]
fn every_obstacle_at_the_place_is_named() {
    let exact = |text: &str| Alias { case: CaseRule::Exact, ..Alias::plain(text) };
    for (alias, text, wanted) in [
        (Alias::plain("smic"), "seismic SMIC SMICs", vec![("smic", vec![Touches]), ("SMIC", vec![Touches])]),
        (exact("Intel"), "intel Intel INTELs", vec![("intel", vec![Case]), ("INTEL", vec![Touches, Case])]),
        (Alias::plain("Tập Cận Bình"), "Tap Can Binh, Tập Cận Bình", vec![("Tap Can Binh", vec![Marks])]),
        (
            Alias::plain("Deep Seek"),
            "DeepSeek Deep-Seek",
            vec![("DeepSeek", vec![Sep]), ("Deep-Seek", vec![Sep])],
        ),
        (
            Alias::plain("Huawei"),
            "Hua-wei Hua wei Huaweí",
            vec![("Hua-wei", vec![Sep]), ("Hua wei", vec![Sep]), ("Huaweí", vec![Marks])],
        ),
        (exact("Huawei"), "Hua-wei hua wei", vec![("Hua-wei", vec![Sep]), ("hua wei", vec![Case, Sep])]),
        (Alias { version: true, ..Alias::plain("Qwen 3") }, "Qwen 3.5", vec![("Qwen 3", vec![Version])]),
        (Alias::plain("Qwen"), "https://qwen.ai/", vec![("qwen", vec![Url])]),
        (Alias::plain("An"), "bàn ẵn tan", vec![("ẵn", vec![Marks]), ("an", vec![Touches])]),
        (Alias::plain("Huawei"), "Huawei", vec![]),
    ] {
        let entity = Entity { name: "it".to_owned(), aliases: vec![alias], ..Entity::default() };
        let wanted: Vec<_> = wanted.into_iter().map(|(surface, why)| (surface.to_owned(), why)).collect();
        assert_eq!(misses(entity, "", text), wanted, "{text}");
    }
}

#[test]
fn what_the_article_lacks_is_named() {
    let kimi = entity("Kimi", &["Kimi AI", "Kimi"]);
    let short = Alias { requires_full: true, ..Alias::plain("Kimi") };
    let words = |text: &str| vec![text.to_owned()];
    for (entity, why) in [
        (Entity { not: words("Kimi Antonelli"), ..kimi.clone() }, Not),
        (Entity { sources: words("Đài"), ..kimi.clone() }, Sources),
        (Entity { with_any: words("chatbot"), ..kimi.clone() }, WithAny),
        (Entity { without_any: words("đua xe"), ..kimi.clone() }, WithoutAny),
        (Entity { min_count: 2, ..kimi.clone() }, MinCount),
        (Entity { scope: Scope::Title, ..kimi.clone() }, Obstacle::Scope),
        (Entity { aliases: vec![Alias::plain("Kimi AI"), short], ..kimi.clone() }, RequiresFull),
    ] {
        let found = misses(entity, "Tin", "Kimi Antonelli đua xe");
        assert_eq!(found, [("Kimi".to_owned(), vec![why])]);
    }
    assert_eq!(misses(kimi, "Tin", "Kimi Antonelli đua xe"), []);
}
