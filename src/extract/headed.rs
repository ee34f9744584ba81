//! Headings that stand over something else than the article: "Tin liên quan", "Related articles", "Bình luận".

use super::blocks::{Block, Blocks, text_of};
use super::dom::{Id, Page, Tag};
use super::lead::comparable;

/// Longest such heading.
const LONGEST: u32 = 45;
/// The most of the page's prose that may stand under one.
const SHARE: f32 = 0.3;

/// Headings that say just this (letters only, in lower case).
const WHOLE: &[&str] = &[
    "related",
    "comments",
    "comment",
    "trending",
    "more",
    "tags",
    "share",
    "topics",
    "newsletter",
    "advertisement",
    "bìnhluận",
    "tinkhác",
    "tinmới",
    "từkhóa",
    "chủđề",
    "đọcthêm",
    "xemthêm",
    "chiasẻ",
    "评论",
    "相关",
    "推荐",
    "kommentare",
    "themen",
    "commentaires",
    "commenti",
    "comentarios",
    "latest",
    "latestnews",
    "topstories",
    "recentposts",
    "uknews",
];

/// Headings that begin with this.
const BEGINNINGS: &[&str] = &[
    "tinliênquan",
    "bàiliênquan",
    "bàiviếtliênquan",
    "tintứcliênquan",
    "tincùngchuyênmục",
    "cùngchuyênmục",
    "cáctinkhác",
    "tinmớinhất",
    "tinmớicậpnhật",
    "tinnổibật",
    "tinđọcnhiều",
    "đọcnhiều",
    "xemnhiều",
    "videoxemnhiều",
    "cóthểbạnquantâm",
    "bạncóthểquantâm",
    "bạncóthểthích",
    "cóthểbạnthích",
    "mờibạnđọc",
    "ýkiếnbạnđọc",
    "gửibìnhluận",
    "chủđềliênquan",
    "bàiviếtkhác",
    "bàicùngchủđề",
    "tincùngchủđề",
    "đángquantâm",
    "theodòngsựkiện",
    "tinnóng",
    "relatedarticle",
    "relatedpost",
    "relatedstor",
    "relatednews",
    "relatedcontent",
    "relatedtopic",
    "relatedreading",
    "relatedresources",
    "recommendedfor",
    "recommendedread",
    "recommendedarticles",
    "recommendedstories",
    "youmayalso",
    "youmightalso",
    "morefrom",
    "morestories",
    "morearticles",
    "morenews",
    "readnext",
    "alsoread",
    "readalso",
    "upnext",
    "mostread",
    "mostpopular",
    "popularposts",
    "populararticles",
    "populararticles",
    "trendingnow",
    "latestposts",
    "latestarticles",
    "leaveacomment",
    "leaveareply",
    "jointheconversation",
    "abouttheauthor",
    "abouttheauthors",
    "aboutauthor",
    "sharethis",
    "signupfor",
    "signuptoour",
    "subscribeto",
    "keepreading",
    "continuereading",
    "editorspicks",
    "nextarticle",
    "whattoreadnext",
    "explorerelated",
    "postnavigation",
    "similararticles",
    "similarposts",
    "otherarticles",
    "discovermore",
    "stayconnected",
    "followus",
    "相关阅读",
    "相关新闻",
    "相关文章",
    "推荐阅读",
    "延伸阅读",
    "热门",
    "猜你喜欢",
    "関連記事",
    "あわせて読みたい",
    "mehrzumthema",
    "lesensieauch",
    "daskönntesie",
    "auchinteressant",
    "weitereartikel",
    "weiterenachrichten",
    "schlagwörterzu",
    "àlireaussi",
    "lireaussi",
    "surlemêmesujet",
    "leggianche",
    "potrebbeinteressarti",
    "tepuedeinteresar",
    "noticiasrelacionadas",
    "artículosrelacionados",
    "leesook",
    "läsmer",
    "lesogså",
    "leiatambém",
];

/// The ranges of places that stand under such headings.
pub(super) fn boxes(page: &Page<'_>, blocks: &Blocks) -> Vec<(Id, Id)> {
    let total = blocks.total(page, 0).prose.max(1) as f32;
    let mut boxes = Vec::new();
    for block in blocks.within(page, 0) {
        if block.weight <= LONGEST && introduces_others(&text_of(page, block, &[])) {
            boxes.extend(under(page, blocks, block, total));
        }
    }
    boxes
}

fn introduces_others(heading: &str) -> bool {
    let key: String = comparable(heading).trim_start_matches(|c: char| c.is_ascii_digit()).to_owned();
    WHOLE.contains(&key.as_str()) || BEGINNINGS.iter().any(|beginning| key.starts_with(beginning))
}

/// The largest element that begins with the heading and holds little of the page's prose, if it holds more than the
/// heading; else, for a true heading, what follows it in its parent up to the next heading.
fn under(page: &Page<'_>, blocks: &Blocks, heading: &Block, total: f32) -> Option<(Id, Id)> {
    let small = |id: Id| blocks.total(page, id).prose as f32 <= SHARE * total;
    let begins = |id: Id| blocks.within(page, id).first().is_some_and(|first| first.start == heading.start);
    let chain = std::iter::once(heading.owner).chain(page.ancestors(heading.owner));
    let wrapper = chain.take_while(|id| page.tag(*id) != Tag::Root && begins(*id) && small(*id)).last()?;
    if blocks.total(page, wrapper).count > 1 {
        return Some((wrapper, page.node(wrapper).end));
    }
    Some((wrapper, links_after(page, blocks, wrapper, total)))
}

/// Where the lists of links directly after `heading` end.
fn links_after(page: &Page<'_>, blocks: &Blocks, heading: Id, total: f32) -> Id {
    let parent_end = page.node(page.node(heading).parent).end;
    let mut at = page.node(heading).end;
    while at < parent_end {
        let sum = blocks.total(page, at);
        let is_links = sum.weight == 0 || sum.linked * 2 > sum.weight;
        if !is_links || sum.prose as f32 > SHARE * total {
            break;
        }
        at = page.node(at).end;
    }
    at
}
