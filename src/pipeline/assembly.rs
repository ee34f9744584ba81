//! Articles in several parts: those that follow the first are read and put behind it.

use std::collections::HashSet;

use url::Url;

use crate::model::{Article, Extent, Verdict};
use crate::text::normalise::search_form;

/// Most parts that are read behind the first.
const MOST: u32 = 9;

/// An article that is put together of its parts, as many as can be had.
///
/// What is repeated from part to part (lead, notes of the editors, boxes) stands once. The article's notes say of how many
/// parts it was made, and where it ends early.
#[derive(Debug)]
pub struct Assembly {
    article: Article,
    next: Option<Url>,
    /// The part that was read last, counted from 1.
    number: u32,
    known: HashSet<String>,
}

impl Assembly {
    /// Begins with the first part.
    pub fn of(article: Article, next: Option<Url>) -> Self {
        let texts = article.paragraphs.iter().chain([&article.lead, &article.title]);
        let known = texts.map(|text| search_form(text)).collect();
        Self { article, next, number: 1, known }
    }

    /// The address and the number of the part that is to be read now.
    pub fn wanted(&mut self) -> Option<(Url, u32)> {
        let address = self.next.clone()?;
        if self.number > MOST {
            let number = self.number;
            self.end(format!("The article has more than {number} parts; the rest of it was not read."));
            return None;
        }
        Some((address, self.number + 1))
    }

    /// Puts the wanted part behind the others; one that is no continuation ends the article.
    pub fn add(&mut self, part: Article, next: Option<Url>) {
        let Some(address) = self.next.take() else { return };
        match append(&mut self.article, part, &address, &mut self.known) {
            Ok(()) => {
                self.number += 1;
                self.next = next;
            }
            // The number was guessed: the article ends here.
            Err(Refused::NoPart) => {}
            Err(Refused::NoArticle) => {
                let number = self.number + 1;
                self.end(format!("Part {number} of the article shows no article; the text ends before it."));
            }
        }
    }

    /// Ends the article before the wanted part.
    pub fn give_up(&mut self, why: &str) {
        let number = self.number + 1;
        self.end(format!("Part {number} of the article could not be had, so the text ends before it: {why}"));
    }

    fn end(&mut self, note: String) {
        self.next = None;
        self.article.extent = Extent::Part;
        self.article.notes.push(note);
    }

    /// The article.
    pub fn finished(mut self) -> Article {
        if self.number > 1 {
            let note = format!("The article stands on {} pages, which were read as one.", self.number);
            self.article.notes.push(note);
        }
        self.article
    }
}

/// Why a page is no continuation.
enum Refused {
    /// It leads elsewhere or says nothing new: there is no such part.
    NoPart,
    /// A wall, or something else.
    NoArticle,
}

/// Puts the paragraphs that are new behind the others.
fn append(
    article: &mut Article,
    part: Article,
    address: &Url,
    known: &mut HashSet<String>,
) -> Result<(), Refused> {
    if part.verdict != Verdict::Article {
        return Err(Refused::NoArticle);
    }
    if Url::parse(&part.url).is_ok_and(|url| url.path() != address.path() || url.query() != address.query()) {
        return Err(Refused::NoPart);
    }
    let lead = Some(part.lead).filter(|lead| !lead.is_empty());
    let paragraphs = lead.into_iter().chain(part.paragraphs);
    let new: Vec<String> = paragraphs.filter(|paragraph| known.insert(search_form(paragraph))).collect();
    if new.is_empty() {
        return Err(Refused::NoPart);
    }
    article.paragraphs.extend(new);
    for caption in part.captions {
        if !article.captions.contains(&caption) {
            article.captions.push(caption);
        }
    }
    article.attribution = article.attribution.take().or(part.attribution);
    if article.authors.is_empty() {
        article.authors = part.authors;
    }
    Ok(())
}
