//! Whether words are a list of sources ("Reuters, Tuổi Trẻ") or say something ("Reuters, Huawei bị cấm").

use crate::text::normalise::is_han;

/// Most words of a source's name.
const WORDS: usize = 8;
/// Most words of a first name in which any may be written small: "Dân trí", "Company data".
const PAIR: usize = 2;
/// Most Chinese characters of a name that does not end as media do, and of one that does.
const PLAIN: usize = 8;
const MEDIUM: usize = 16;
/// Words that are written small within names, or join them.
const SMALL: &[&str] = &[
    "và", "theo", "của", "tổng", "hợp", "lược", "dịch", "xã", "trí", "động", "niên", "phong", "luật", "nhân",
    "dân", "báo", "chí", "tạp", "đài", "tức", "nói", "hình", "tấn", "of", "the", "and", "for", "via", "news",
    "agency", "magazine", "de", "la", "le", "les", "du", "des", "der", "die", "das", "und", "für", "y", "et",
    "e", "el", "del", "della", "di", "do", "da", "dos", "van", "den", "och", "og", "al", "or", "with",
    "press", "wire", "staff", "online",
];
/// How Vietnamese media begin; any of their words may be written small.
const HEADS: &[&str] = &[
    "báo ",
    "tạp chí ",
    "đài ",
    "thời báo ",
    "nhật báo ",
    "hãng tin ",
    "thông tấn ",
    "trang ",
    "cổng ",
    "truyền hình ",
];
/// Verbs that no name holds, however they are written.
const FINITE: &[&str] = &["bị", "đã", "is", "are", "was", "were", "says", "said"];
/// Verbs of a sentence where they are written small.
const VERBS: &[&str] = &[
    "được",
    "sẽ",
    "đang",
    "vừa",
    "là",
    "chưa",
    "phải",
    "khi",
    "nói rằng",
    "cho biết",
    "cho rằng",
    "cấm",
    "điều tra",
    "kiểm tra",
    "bắt",
    "kiện",
    "phạt",
    "mở",
    "dừng",
    "ngừng",
    "đóng cửa",
    "công bố",
    "tuyên bố",
    "thông báo",
    "xác nhận",
    "ra mắt",
    "cảnh báo",
    "cáo buộc",
    "yêu cầu",
    "tăng",
    "giảm",
    "muốn",
    "trừng phạt",
    "đầu tư",
];
/// How the names of Chinese media end.
const MEDIA: &[&str] = &[
    "社",
    "网",
    "網",
    "报",
    "報",
    "新闻",
    "新聞",
    "台",
    "臺",
    "在线",
    "電視",
    "电视",
    "周刊",
    "週刊",
    "杂志",
    "雜誌",
    "财经",
    "財經",
    "科技",
    "头条",
    "号",
    "號",
    "微博",
    "客户端",
    "频道",
    "中心",
    "之家",
    "快讯",
    "日电",
    "报道",
    "報道",
    "報導",
    "综合",
    "部",
    "局",
    "公司",
    "委",
    "院",
];
/// What a Chinese sentence says and no name of a source holds.
const SAYINGS: &[&str] = &[
    "称", "稱", "表示", "说", "說", "被", "遭", "是", "发生", "發生", "宣布", "起火", "火灾", "火災", "禁止",
    "调查", "調查", "关闭", "關閉", "指出", "认为", "認為", "了", "已", "…", "。",
];

/// Whether `words` name sources and do nothing else.
pub(super) fn are_only_names(words: &str) -> bool {
    let mut pieces = pieces(words);
    pieces.next().is_some_and(is_first) && pieces.all(is_further)
}

/// Whether `words` are long enough to say something, and do.
pub(super) fn say_something(words: &str) -> bool {
    const LEAST: usize = 3;
    if are_only_names(words) {
        return false;
    }
    let count = |piece: &str| piece.split_whitespace().count();
    han(words) > LEAST + 1
        || count(words) > LEAST
        || pieces(words).skip(1).any(|piece| count(piece) >= LEAST && !is_further(piece))
}

fn pieces(words: &str) -> impl Iterator<Item = &str> {
    let lists = words.split([',', ';', '|', '–', '—', '，', '；', '：']);
    let parts = lists.flat_map(|list| list.split(": ")).flat_map(|list| list.split(". "));
    parts.flat_map(|part| part.split(" - ")).map(str::trim).filter(|piece| !piece.is_empty())
}

/// What follows the introduction is a name unless it holds a verb: "Nhịp sống thị trường".
fn is_first(piece: &str) -> bool {
    if han(piece) > 0 {
        return piece.split(['、', ' ']).all(|name| is_chinese(name, PLAIN));
    }
    let native = !piece.is_ascii() || piece.split_whitespace().count() <= PAIR;
    is_short(piece) && !has_verb(piece) && (native || is_capitalised(piece))
}

/// After a comma a sentence may go on, so that a name must look like one.
fn is_further(piece: &str) -> bool {
    if han(piece) > 0 {
        return piece.split(['、', ' ']).all(|name| is_chinese(name, PLAIN / 2));
    }
    let lower = piece.to_lowercase();
    let medium = HEADS.iter().any(|head| lower.starts_with(head));
    is_short(piece) && !has_verb(piece) && (medium || is_capitalised(piece))
}

fn is_short(piece: &str) -> bool {
    piece.split_whitespace().count() <= WORDS
}

/// Every word begins with a capital, is a web address or is one that names write small.
fn is_capitalised(piece: &str) -> bool {
    piece.split_whitespace().all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let small = !word.chars().any(char::is_uppercase) && word.starts_with(char::is_lowercase);
        !small || is_address(word) || SMALL.contains(&word)
    })
}

/// "genk.vn", "tin.example"
fn is_address(word: &str) -> bool {
    word.split('.').count() > 1 && word.split('.').all(|label| !label.is_empty())
}

fn has_verb(piece: &str) -> bool {
    let lower = format!(" {} ", piece.to_lowercase());
    let shouted = !piece.chars().any(char::is_lowercase);
    let shown = if shouted { lower.clone() } else { format!(" {piece} ") };
    let holds = |text: &str, verb: &&str| text.contains(&format!(" {verb} "));
    FINITE.iter().any(|verb| holds(&lower, verb)) || VERBS.iter().any(|verb| holds(&shown, verb))
}

fn is_chinese(name: &str, plain: usize) -> bool {
    let medium = MEDIA.iter().any(|end| name.ends_with(end));
    let longest = if medium { MEDIUM } else { plain };
    han(name) <= longest && !SAYINGS.iter().any(|saying| name.contains(saying))
}

fn han(text: &str) -> usize {
    text.chars().filter(|c| is_han(*c)).count()
}
