//! Names: tracked ones, and what looks like one.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::token::{Token, tokens};
use super::words::Run;
use crate::text::date::is_english_calendar_word;
use crate::text::fold::key;
use crate::text::normalise::is_han;

/// Most words of a name that is looked up.
const WORDS: usize = 6;
/// Most characters of a name in Han.
const HAN_NAME: usize = 10;
/// Capitalised words that are no names, beside those of the English calendar.
const NO_NAMES: [&str; 9] = ["nhật", "tư", "hai", "ba", "năm", "sáu", "bảy", "i", "ii"];
/// How names of organisations and places end in Chinese.
const HAN_ENDINGS: [&str; 36] = [
    "公司",
    "集团",
    "银行",
    "大学",
    "学院",
    "研究院",
    "研究所",
    "科技",
    "电子",
    "半导体",
    "汽车",
    "股份",
    "国际",
    "实验室",
    "基金",
    "委员会",
    "法院",
    "政府",
    "省",
    "市",
    "县",
    "国",
    "部",
    "局",
    "州",
    "報",
    "报",
    "社",
    "證券",
    "证券",
    "資本",
    "资本",
    "通信",
    "微电子",
    "智能",
    "网络",
];
/// Names that Chinese news is full of, beside those that the endings tell.
const HAN_NAMES: [&str; 70] = [
    "华为",
    "小米",
    "阿里巴巴",
    "阿里",
    "腾讯",
    "百度",
    "字节跳动",
    "字节",
    "中芯国际",
    "中芯",
    "华虹",
    "台积电",
    "英伟达",
    "三星",
    "苹果",
    "谷歌",
    "微软",
    "特斯拉",
    "比亚迪",
    "中兴",
    "联想",
    "京东",
    "美团",
    "高通",
    "英特尔",
    "博通",
    "海力士",
    "美光",
    "索尼",
    "亚马逊",
    "脸书",
    "甲骨文",
    "阿斯麦",
    "寒武纪",
    "海思",
    "昇腾",
    "麒麟",
    "鲲鹏",
    "鸿蒙",
    "长江存储",
    "长鑫",
    "宁德时代",
    "富士康",
    "商汤",
    "科大讯飞",
    "智谱",
    "深度求索",
    "月之暗面",
    "通义",
    "豆包",
    "北京",
    "上海",
    "深圳",
    "广州",
    "杭州",
    "成都",
    "武汉",
    "南京",
    "香港",
    "台湾",
    "东京",
    "首尔",
    "新加坡",
    "河内",
    "华盛顿",
    "伦敦",
    "巴黎",
    "越南",
    "印度",
    "俄罗斯",
];
/// The commonest Chinese family names: they begin the names of people, of two or three characters.
const FAMILY_NAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
/// What stands before or after the name of a person.
const TITLES: [&str; 18] = [
    "先生",
    "女士",
    "总裁",
    "总经理",
    "董事长",
    "首席执行官",
    "教授",
    "博士",
    "院长",
    "部长",
    "主席",
    "记者",
    "分析师",
    "创始人",
    "发言人",
    "总监",
    "主任",
    "工程师",
];

/// The spellings of tracked entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(HashSet<String>);

impl Names {
    /// These spellings; case and form do not count.
    pub fn new<'n>(spellings: impl IntoIterator<Item = &'n str>) -> Self {
        Self(spellings.into_iter().map(key).filter(|name| !name.is_empty()).collect())
    }

    /// Whether one stands among these words.
    fn stand_in(&self, run: &Run<'_>) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let words: Vec<String> = run.tokens.iter().map(|token| key(token.text)).collect();
        (0..words.len()).any(|from| {
            (1..=WORDS.max(HAN_NAME)).any(|count| {
                let Some(part) = words.get(from..from + count) else { return false };
                self.0.contains(&part.join(" ")) || self.0.contains(&part.concat())
            })
        })
    }
}

/// What tells names in a pair of versions.
#[derive(Debug)]
pub(super) struct Context<'c> {
    names: &'c Names,
    /// The lines of both versions.
    lines: Vec<&'c str>,
    /// Words that are written with a capital within sentences; they are looked for where a name begins a sentence.
    capitalised: OnceCell<HashSet<&'c str>>,
}

impl<'c> Context<'c> {
    /// From the lines of both versions.
    pub(super) fn of(names: &'c Names, lines: impl Iterator<Item = &'c str>) -> Self {
        Self { names, lines: lines.collect(), capitalised: OnceCell::new() }
    }

    fn find_capitalised(&self) -> HashSet<&'c str> {
        let mut capitalised = HashSet::new();
        for line in &self.lines {
            let mut within = false;
            for token in tokens(line) {
                if within && token.is_capitalised() {
                    capitalised.insert(token.text);
                }
                within =
                    token.is_word() || within && matches!(token.text, "," | ";" | ")" | "\"" | "”" | "’");
            }
        }
        capitalised
    }

    /// Whether a name became another: a tracked one, or what is written like one on both sides.
    pub(super) fn is_renamed(&self, from: &Run<'_>, to: &Run<'_>) -> bool {
        if from.tokens.is_empty() || to.tokens.is_empty() {
            return false;
        }
        if self.names.stand_in(from) || self.names.stand_in(to) {
            return true;
        }
        let (from_han, to_han) = (han(from), han(to));
        if from_han || to_han {
            return is_han_name(from) && (is_han_name(to) || to_han && to.tokens.len() <= HAN_NAME)
                || is_han_name(to) && from_han && from.tokens.len() <= HAN_NAME;
        }
        let written = |run: &Run<'_>| written_as_name(run) && run.text.chars().any(char::is_alphabetic);
        written(from) && written(to) && (self.is_sure(from) || self.is_sure(to))
    }

    /// Whether the capitals are more than the beginning of a sentence.
    fn is_sure(&self, run: &Run<'_>) -> bool {
        let acronym = |token: &Token<'_>| {
            token.text.chars().filter(|c| c.is_uppercase()).count() > 1
                || token.text.chars().any(char::is_numeric)
        };
        !run.begins_sentence
            || run.tokens.iter().any(acronym)
            || run.tokens.iter().filter(|token| token.is_capitalised()).count() > 1
            || run.tokens.first().is_some_and(|first| {
                self.capitalised.get_or_init(|| self.find_capitalised()).contains(first.text)
            })
    }
}

/// Every word with a capital, or a code such as `910C`; at least one of them no month and no number.
fn written_as_name(run: &Run<'_>) -> bool {
    let words: Vec<&Token<'_>> = run.tokens.iter().filter(|token| token.is_word()).collect();
    let is_code = |token: &Token<'_>| {
        token.text.chars().any(char::is_numeric) && token.text.chars().any(char::is_uppercase)
    };
    let small = ["of", "the", "and", "for", "de", "van", "von", "&", "và"];
    let fits = |token: &&Token<'_>| token.is_capitalised() || is_code(token) || small.contains(&token.text);
    let telling = |token: &&Token<'_>| {
        (token.is_capitalised() || is_code(token)) && !is_no_name(&token.text.to_lowercase())
    };
    !words.is_empty() && words.iter().all(fits) && words.iter().any(telling)
}

fn is_no_name(word: &str) -> bool {
    NO_NAMES.contains(&word) || is_english_calendar_word(word)
}

fn han(run: &Run<'_>) -> bool {
    run.text.chars().all(is_han) && !run.text.is_empty()
}

fn is_han_name(run: &Run<'_>) -> bool {
    if run.tokens.len() > HAN_NAME {
        return false;
    }
    let text = run.text;
    if !han(run) {
        return written_as_name(run);
    }
    let long = run.tokens.len() >= 2;
    let person = (2..=3).contains(&run.tokens.len())
        && text.chars().next().is_some_and(|first| FAMILY_NAMES.contains(first));
    HAN_NAMES.contains(&text)
        || long && HAN_ENDINGS.iter().any(|ending| text.ends_with(ending) && text.len() > ending.len())
        || person && run.beside_title
}

/// Whether what stands before or after a run of Han characters says that it names a person.
pub(super) fn beside_title(before: &str, after: &str) -> bool {
    TITLES.iter().any(|title| before.ends_with(title) || after.starts_with(title))
        || after.starts_with(['说', '称', '表'])
}
