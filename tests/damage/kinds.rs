//! What happens to feeds on their way: each kind of damage, and how many entries and headlines have to survive it.

/// A way to damage a feed.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) damage: fn(&str) -> Vec<u8>,
    /// Entries that must survive, of six.
    pub(crate) entries: usize,
    /// Headlines that must survive unchanged, of six.
    pub(crate) titles: usize,
}

const fn kind(name: &'static str, entries: usize, titles: usize, damage: fn(&str) -> Vec<u8>) -> Kind {
    Kind { name, damage, entries, titles }
}

/// Where the fourth entry begins.
fn middle(text: &str) -> usize {
    let entry = |name| text.match_indices(name).map(|(at, _)| at).nth(3);
    entry("<item").or_else(|| entry("<entry")).unwrap()
}

/// `piece` put into the text of the summaries.
fn in_summaries(text: &str, piece: &str) -> Vec<u8> {
    text.replace("Tóm tắt", &format!("Tóm tắt {piece}")).into_bytes()
}

fn before_middle(text: &str, piece: &str) -> Vec<u8> {
    let (before, after) = text.split_at(middle(text));
    [before, piece, after].concat().into_bytes()
}

fn cut(text: &str, percent: usize) -> Vec<u8> {
    text.as_bytes()[..text.len() * percent / 100].to_vec()
}

fn declared(text: &str, encoding: &str) -> String {
    text.replacen("UTF-8", encoding, 1).replacen("utf-8", encoding, 1)
}

fn utf16(text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let units = declared(text, "utf-16").encode_utf16().flat_map(bytes).collect::<Vec<_>>();
    [mark, &units].concat()
}

/// Every start and end tag's name in capitals.
fn capitals(text: &str) -> String {
    let mut out = String::new();
    let mut in_name = false;
    for c in text.chars() {
        in_name = (c == '<' || in_name) && (c == '<' || c == '/' || c.is_ascii_alphabetic());
        out.push(if in_name { c.to_ascii_uppercase() } else { c });
    }
    out.replace("![cdata[", "![CDATA[")
}

/// Attribute values without their quotes.
fn unquoted(text: &str) -> String {
    text.replace("=\"2.0\"", "=2.0")
        .replace("=\"false\"", "=false")
        .replace("=\"alternate\"", "=alternate")
        .replace("=\"html\"", "=html")
}

/// What is done to feeds in XML.
pub(crate) const KINDS: [Kind; 50] = [
    kind("none", 6, 6, |text| text.as_bytes().to_vec()),
    kind("bare ampersands", 6, 6, |text| in_summaries(text, "A & B, R&D; x=1&y=2")),
    kind("bare angles", 6, 6, |text| in_summaries(text, "3 < 5, a<b, <3")),
    kind("undeclared entities", 6, 6, |text| in_summaries(text, "&nbsp;&hellip;&chua_co;")),
    kind("numbers of no character", 6, 6, |text| in_summaries(text, "&#0;&#x110000;&#99999999999;&#xD800;")),
    kind("a section's end in text", 6, 6, |text| text.replace("<link", "]]> <link").into_bytes()),
    kind("control characters", 6, 6, |text| in_summaries(text, "a\u{1}\u{8}\u{1F}b")),
    kind("NUL bytes", 6, 6, |text| in_summaries(text, "a\0b")),
    kind("a byte order mark in the middle", 6, 6, |text| before_middle(text, "\u{FEFF}")),
    kind("a Latin-1 byte in UTF-8", 6, 6, |text| {
        let at = middle(text);
        [&text.as_bytes()[..at], b" caf\xE9 ".as_slice(), &text.as_bytes()[at..]].concat()
    }),
    kind("cut at 30 %", 1, 1, |text| cut(text, 30)),
    kind("cut at 60 %", 3, 2, |text| cut(text, 60)),
    kind("cut at 90 %", 5, 5, |text| cut(text, 90)),
    kind("cut before the last end tags", 6, 6, |text| text.as_bytes()[..text.trim_end().len() - 8].to_vec()),
    kind("no version", 6, 6, |text| text.replace(" version=\"2.0\"", "").into_bytes()),
    kind("no namespaces", 6, 6, |text| {
        let mut text = text.to_owned();
        while let Some(start) = text.find(" xmlns") {
            let value = start + text[start..].find('"').unwrap() + 1;
            let end = value + text[value..].find('"').unwrap() + 1;
            text.replace_range(start..end, "");
        }
        text.into_bytes()
    }),
    kind("items without ends", 6, 6, |text| text.replace("</item>", "").replace("</entry>", "").into_bytes()),
    kind("summaries without ends", 6, 6, |text| {
        text.replace("</description>", "").replace("</summary>", "").into_bytes()
    }),
    kind("titles without ends", 6, 0, |text| text.replace("</title>", "").into_bytes()),
    kind("crossed tags", 6, 6, |text| in_summaries(text, "<b><i>x</b></i>")),
    kind("stray end tags", 6, 6, |text| text.replace("</title>", "</title></b></p>").into_bytes()),
    kind("attributes without quotes", 6, 6, |text| unquoted(text).into_bytes()),
    kind("an attribute's quote left open", 5, 5, |text| before_middle(text, "<image url=\"/a.png>x</image>")),
    kind("attributes without space between", 6, 6, |text| text.replace("\" ", "\"").into_bytes()),
    kind("one section left open", 6, 5, |text| {
        text.replacen("]]></description>", "</description>", 1).into_bytes()
    }),
    kind("every section left open", 6, 6, |text| text.replace("]]>", "").into_bytes()),
    kind("a comment left open", 6, 6, |text| before_middle(text, "<!-- dở dang ")),
    kind("an instruction left open", 6, 6, |text| before_middle(text, "<?php echo ")),
    kind("two declarations", 6, 6, |text| format!("<?xml version=\"1.0\"?>\n{text}").into_bytes()),
    kind("blank lines before", 6, 6, |text| format!("\n\r\n \t\n{text}").into_bytes()),
    kind("a server's warning before", 6, 6, |text| {
        format!("<br />\n<b>Warning</b>:  x() & y in <b>/a.php</b> on line <b>3</b><br />\n{text}")
            .into_bytes()
    }),
    kind("a server's warning inside", 6, 6, |text| {
        before_middle(text, "<br />\n<b>Notice</b>: x & y < z in <b>/a.php</b><br />\n")
    }),
    kind("a page's rest behind", 6, 6, |text| {
        format!("{text}<div><script>if (a < b && c) d();</script>").into_bytes()
    }),
    kind("garbage behind", 6, 6, |text| format!("{text}\0\0rác & < hết").into_bytes()),
    kind("names in capitals", 6, 6, |text| capitals(text).into_bytes()),
    kind("spaces in end tags", 6, 6, |text| {
        text.replace("</title>", "</ title >").replace("</item>", "</item\n>").into_bytes()
    }),
    kind("UTF-8 read as Windows-1252 and written again", 6, 0, |text| {
        text.bytes().map(char::from).collect::<String>().into_bytes()
    }),
    kind("Windows line ends", 6, 6, |text| text.replace('\n', "\r\n").into_bytes()),
    kind("Macintosh line ends", 6, 6, |text| text.replace('\n', "\r").into_bytes()),
    kind("a wrong charset declared", 6, 6, |text| declared(text, "iso-8859-1").into_bytes()),
    kind("an unknown charset declared", 6, 6, |text| declared(text, "x-abc").into_bytes()),
    kind("UTF-16, little end first", 6, 6, |text| utf16(text, &[0xFF, 0xFE], u16::to_le_bytes)),
    kind("UTF-16, big end first", 6, 6, |text| utf16(text, &[0xFE, 0xFF], u16::to_be_bytes)),
    kind("UTF-16 without a mark", 6, 6, |text| utf16(text, &[], u16::to_le_bytes)),
    kind("a document type with a subset", 6, 6, |text| {
        let (before, after) = text.split_once("?>").unwrap();
        format!("{before}?>\n<!DOCTYPE x [<!ENTITY nbsp \"&#160;\"><!ENTITY a \"b>c\">]>{after}").into_bytes()
    }),
    kind("a huge attribute", 6, 6, |text| {
        before_middle(text, &format!("<image a=\"{}\"/>", "x".repeat(300_000)))
    }),
    kind("deep nesting", 6, 6, |text| {
        before_middle(text, &format!("{}{}", "<x>".repeat(2_000), "</x>".repeat(2_000)))
    }),
    kind("a chunk twice", 6, 6, |text| {
        let at = middle(text);
        [&text[..at], &text[text.floor_char_boundary(at - 300)..]].concat().into_bytes()
    }),
    kind("a chunk lost", 4, 4, |text| {
        let at = middle(text);
        [&text[..at], &text[text.ceil_char_boundary(at + 150)..]].concat().into_bytes()
    }),
    kind("a chunk of zeros", 4, 4, |text| {
        let (mut bytes, at) = (text.as_bytes().to_vec(), middle(text));
        bytes[at..at + 150].fill(0);
        bytes
    }),
];
