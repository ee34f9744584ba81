//! Whether a page is the article that a headline announced.

use std::collections::HashSet;

use crate::model::Article;
use crate::text::normalise::search_form;

/// Shorter headlines ("Video", "Tin nóng") say too little to judge a page by.
const FEWEST_WORDS: usize = 4;

/// Whether the article holds at least half of the headline's words, marks and case aside.
///
/// Newsrooms shorten and edit headlines, but the words of one stand somewhere in its article. A login or consent wall, a
/// challenge or an error page holds hardly any of them, and is the same for every article behind it.
pub fn is_announced_by(article: &Article, headline: &str) -> bool {
    let announced = words(headline);
    if announced.len() < FEWEST_WORDS {
        return true;
    }
    let mut held = words(&article.title);
    for part in std::iter::once(&article.lead).chain(&article.paragraphs).chain(&article.captions) {
        held.extend(words(part));
    }
    announced.intersection(&held).count() * 2 >= announced.len()
}

/// Whether the article's own title holds at least half of the headline's words, marks and case aside.
pub fn is_titled(article: &Article, headline: &str) -> bool {
    let (announced, held) = (words(headline), words(&article.title));
    !announced.is_empty() && announced.intersection(&held).count() * 2 >= announced.len()
}

fn words(text: &str) -> HashSet<String> {
    let folded = search_form(text);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_titled_by_a_headline_that_was_edited_a_little() {
        let page = |title: &str| Article { title: title.to_owned(), ..Article::default() };
        let headline = "Huawei ra mắt chip Ascend";
        for (title, titled) in [
            ("Huawei ra mắt chip Ascend mới", true),
            ("HUAWEI RA MAT CHIP", true),
            ("Trực tiếp: sự kiện của Huawei", false),
            ("Ghi chú phát hành", false),
            ("", false),
        ] {
            assert_eq!(is_titled(&page(title), headline), titled, "{title}");
        }
        assert!(!is_titled(&page("Huawei"), ""));
    }

    #[test]
    fn a_page_without_the_words_of_the_headline_is_not_its_article() {
        let page = |title: &str, paragraph: &str| Article {
            title: title.to_owned(),
            paragraphs: vec![paragraph.to_owned()],
            ..Article::default()
        };
        let vietnamese = "Huawei ra mắt chip Ascend mới cho trung tâm dữ liệu";
        let chinese = "华为发布新一代昇腾芯片";
        for (headline, article, announced) in [
            (vietnamese, page("Huawei ra mat chip Ascend moi", "Cho trung tâm dữ liệu."), true),
            (vietnamese, page("Bộ tăng tốc mới", "Sáng nay Huawei ra mắt chip Ascend."), true),
            (
                vietnamese,
                page("Before you continue", "We and our partners use cookies to store data."),
                false,
            ),
            (vietnamese, page("Đăng nhập", "Vui lòng đăng nhập để đọc tiếp bài viết."), false),
            (chinese, page("华为发布昇腾芯片", "正文。"), true),
            (chinese, page("请稍候", "正在检查您的浏览器。"), false),
            ("Video", page("Đăng nhập", "Vui lòng đăng nhập."), true),
            ("", page("", ""), true),
        ] {
            assert_eq!(is_announced_by(&article, headline), announced, "{headline} / {}", article.title);
        }
    }
}
