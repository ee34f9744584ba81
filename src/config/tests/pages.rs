//! What a source says of the page that it watches.

use super::{problems, read};
use crate::model::{Mode, SourceKind};
use crate::revision::{Options, Order, Side};

const PAGE: &str = "[[source]]\nname = \"P\"\nurl = \"https://p.example/\"\nkind = \"page\"\n";

#[test]
fn a_watched_page_has_a_view_and_options() {
    let usual = read(PAGE).unwrap();
    assert_eq!(usual.sources[0].kind, SourceKind::Page);
    assert_eq!((usual.pages["P"].view.mode, &usual.pages["P"].options), (Mode::Page, &Options::default()));
    let text = format!(
        "{PAGE}mode = \"listing\"\nselect = [\"main\"]\nremove = [\".ads\"]\nsort_lines = false\nonly = \"added\"\n\
         ignore_lines = ['^Cập nhật']\nnumber_change_percent = 2.5\nnumber_format = \"en\"\nmin_changed_chars = 5"
    );
    let config = read(&text).unwrap();
    let page = &config.pages["P"];
    assert!(page.view.selects() && page.view.mode == Mode::Listing);
    assert_eq!((page.options.order, page.options.only), (Order::Counts, Some(Side::Added)));
    assert_eq!((page.options.number_change_percent, page.options.min_changed_chars), (Some(2.5), 5));
    let whole = read(&format!("{PAGE}number_change_percent = 5")).unwrap();
    assert_eq!(whole.pages["P"].options.number_change_percent, Some(5.0));
    assert!(!config.pages.contains_key("Tin"));
}

#[test]
fn what_is_wrong_with_a_page_is_told_at_its_place() {
    for (line, problem) in [
        ("ignore_lines = [\"(a\"]", "5:17: this is no regular expression"),
        ("extract = [\"\"]", "5:12: an empty expression"),
        ("require_text = [\" \"]", "5:17: an empty text"),
        ("select = [\"div[\"]", "5:11: this is no CSS selector"),
        ("select_xpath = [\"//p\"]", "5:1: XPath is not understood"),
        ("body = \".text\"", "5:8: a watched page takes \"body\" only with mode = \"article\""),
        ("number_change_percent = 0", "5:25: \"number_change_percent\" must be between"),
        ("mode = \"artikel\"", "5:8: \"mode\" must be"),
        ("links = \"h3 a\"", "5:9: only a source of kind = \"listing\""),
    ] {
        let found = problems(&format!("{PAGE}{line}"));
        assert!(found.len() == 1 && found[0].starts_with(problem), "{line}: {found:?}");
    }
    let feed = PAGE.replace("kind = \"page\"\n", "");
    let found = problems(&format!("{feed}watch_links = true\nselect = [\"p\"]"));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("only a source of kind = \"page\" takes \"watch_links\""), "{found:?}");
}
