//! What stands under the text of an article and belongs to it no more: its references, its disclaimer, labels.

use super::attribution;
use super::compose::{Kind, Piece};
use super::dom::{Page, Tag};
use super::finish::SENTENCE_ENDS;
use super::lead::comparable;

/// The least of a body that stands before such a heading.
const BEFORE: f32 = 0.5;
/// Longest such heading in bytes.
const HEADING: usize = 60;
/// Shorter lines (in bytes) that end no sentence are labels where no text follows.
const LABEL: usize = 60;

/// Headings over the end of a page that say just this (letters only, in lower case).
const HEADINGS: &[&str] = &[
    "abouttheauthor",
    "abouttheauthors",
    "abouttheeditor",
    "abouttheeditors",
    "aboutthereviewer",
    "aboutus",
    "alsointhenews",
    "articlesources",
    "author",
    "bibliografía",
    "bibliographie",
    "bibliography",
    "citations",
    "contactus",
    "disclaimer",
    "einzelnachweise",
    "endnotes",
    "exploremore",
    "footnotes",
    "fuentes",
    "furtherreading",
    "liênhệ",
    "literatur",
    "nguồnthamkhảo",
    "otherposts",
    "ourcustomers",
    "quellen",
    "références",
    "referencias",
    "references",
    "relatedpages",
    "relatedpapers",
    "relatedproducts",
    "relatedservices",
    "sources",
    "testimonials",
    "tuyênbốmiễntrừtráchnhiệm",
    "tàiliệuthamkhảo",
    "workscited",
    "vềtácgiả",
    "vềchúngtôi",
    "免责声明",
    "参考文献",
    "参考资料",
    "参考資料",
    "참고문헌",
];

/// Takes what stands under such headings in the second half of the body out, up to the next subhead.
pub(super) fn cut_at_heading(body: &mut Vec<Piece>) {
    let total: usize = body.iter().map(|piece| piece.text.len()).sum();
    let mut before = 0;
    let mut ended = false;
    body.retain(|piece| {
        let late = before as f32 >= BEFORE * total as f32;
        before += piece.text.len();
        if late && is_heading(&piece.text) {
            ended = true;
        } else if piece.kind == Kind::Subhead {
            ended = false;
        }
        !ended
    });
}

/// Takes labels after the last sentence out.
pub(super) fn drop_labels(page: &Page<'_>, body: &mut Vec<Piece>) {
    while body.last().is_some_and(|last| is_label(page, last)) {
        body.pop();
    }
}

fn is_heading(text: &str) -> bool {
    text.len() <= HEADING && HEADINGS.contains(&comparable(text).as_str())
}

/// Lists and tables may end with a short line, and so may texts with what a source says.
fn is_label(page: &Page<'_>, piece: &Piece) -> bool {
    piece.text.len() < LABEL
        && !piece.text.ends_with(SENTENCE_ENDS)
        && !attribution::tells(&piece.text)
        && (piece.kind == Kind::Subhead || !matches!(page.tag(piece.owner), Tag::Item | Tag::Cell))
}
