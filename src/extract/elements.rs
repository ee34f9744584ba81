//! What each element of HTML means to prose.

use super::dom::Tag;

/// Elements of AMP that hold no text of the article.
const WITHOUT_TEXT: [&str; 11] = [
    "amp-ad",
    "amp-auto-ads",
    "amp-consent",
    "amp-embed",
    "amp-iframe",
    "amp-lightbox",
    "amp-sidebar",
    "amp-social-share",
    "amp-sticky-ad",
    "amp-user-notification",
    "amp-video",
];

/// The meaning of an element by its name.
pub(super) fn tag_of(name: &str) -> Tag {
    match name {
        "a" => Tag::Link,
        "br" => Tag::Break,
        "p" => Tag::Paragraph,
        "h1" => Tag::Heading(1),
        "h2" => Tag::Heading(2),
        "h3" => Tag::Heading(3),
        "h4" => Tag::Heading(4),
        "h5" => Tag::Heading(5),
        "h6" => Tag::Heading(6),
        "li" | "dt" | "dd" => Tag::Item,
        "ul" | "ol" | "dl" | "menu" => Tag::List,
        "blockquote" => Tag::Quote,
        "pre" => Tag::Preformatted,
        "table" => Tag::Table,
        "tr" => Tag::Row,
        "td" | "th" => Tag::Cell,
        "figure" => Tag::Figure,
        "figcaption" | "caption" => Tag::Caption,
        "article" => Tag::Article,
        "main" => Tag::Main,
        "section" => Tag::Section,
        "nav" => Tag::Nav,
        "header" => Tag::Header,
        "footer" => Tag::Footer,
        "aside" => Tag::Aside,
        "form" => Tag::Form,
        "img" | "picture" | "source" | "amp-img" | "amp-anim" => Tag::Image,
        "time" => Tag::Time,
        "hr" => Tag::Rule,
        "html" | "body" => Tag::Root,
        "head" => Tag::Head,
        "meta" | "link" | "title" | "base" => Tag::Metadata,
        "script" | "style" | "noscript" | "template" | "svg" | "math" | "iframe" | "button" | "select"
        | "option" | "input" | "textarea" | "datalist" | "object" | "embed" | "applet" | "video"
        | "audio" | "canvas" | "map" | "dialog" | "progress" | "meter" | "rt" | "rp" | "frameset"
        | "noframes" | "noembed" => Tag::Skipped,
        "abbr" | "acronym" | "b" | "bdi" | "bdo" | "big" | "cite" | "code" | "data" | "del" | "dfn"
        | "em" | "font" | "i" | "ins" | "kbd" | "label" | "mark" | "nobr" | "output" | "q" | "ruby"
        | "rb" | "s" | "samp" | "small" | "span" | "strike" | "strong" | "sub" | "sup" | "tt" | "u"
        | "var" | "wbr" => Tag::Inline,
        _ if WITHOUT_TEXT.contains(&name) => Tag::Skipped,
        // Elements of their own making stand within a line unless their name says otherwise.
        _ => Tag::Block,
    }
}
