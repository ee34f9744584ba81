//! Names of months in the languages of feeds that are read here.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Full and shortened names in Latin letters, without marks: English, French, German, Spanish, Portuguese, Italian,
/// Dutch, Polish, Hungarian, Indonesian, Turkish.
const LATIN: [&str; 12] = [
    "jan january janvier janv januar janner jaenner enero ene janeiro gennaio gen januari styczen stycznia sty ocak",
    "feb february fevrier fevr fev februar febrero fevereiro febbraio februari pebruari luty lutego lut subat",
    "mar march mars marz maerz mrz marzo marco maart mrt marzec marca marcius marc maret mart",
    "apr april avril avr abril abr aprile kwiecien kwietnia kwi aprilis nisan",
    "may mai mayo maio maggio mag mei maj maja majus mayis",
    "jun june juin juni junio junho giugno giu czerwiec czerwca cze junius haziran",
    "jul july juillet juil juli julio julho luglio lug lipiec lipca lip julius temmuz",
    "aug august aout agosto ago augustus augusztus agustus agu sierpien sierpnia sie agustos",
    "sep sept september septembre septiembre setiembre setembro settembre set wrzesien wrzesnia wrz szeptember szept eylul",
    "oct october octobre octubre outubro out ottobre ott oktober okt pazdziernik pazdziernika paz ekim",
    "nov november novembre noviembre novembro nopember listopad listopada lis kasim",
    "dec december decembre dezember dez diciembre dicembre dic dezembro desember des grudzien grudnia gru aralik",
];

/// What names in other scripts begin with, without marks: Russian, Ukrainian, Greek, Thai. Their endings are declined.
const STEMS: [&str; 12] = [
    "янв січ ιαν มกราคม",
    "фев лют φεβ กมภาพนธ",
    "мар берез μαρ มนาคม",
    "апр квіт квит απρ เมษายน",
    "май мая маи трав μαι พฤษภาคม",
    "июн черв ιουν มถนายน",
    "июл лип ιουλ กรกฎาคม",
    "авг серп αυγ สงหาคม",
    "сен верес σεπ กนยายน",
    "окт жовт οκτ ตลาคม",
    "ноя лист νοε พฤศจกายน",
    "дек груд δεκ ธนวาคม",
];

/// The longest name, with room.
const LONGEST: usize = 60;

/// The month of a name in lower case.
pub(super) fn named(word: &str) -> Option<u32> {
    if word.chars().nth(2).is_none() || word.len() > LONGEST {
        return None;
    }
    let bare: String = word.nfd().filter(|c| !is_combining_mark(*c)).collect();
    let position = if bare.is_ascii() {
        LATIN.iter().position(|names| names.split(' ').any(|name| name == bare))
    } else {
        STEMS.iter().position(|stems| stems.split(' ').any(|stem| bare.starts_with(stem)))
    };
    u32::try_from(position? + 1).ok()
}

/// Whether the word is written in Thai letters, whose dates count Buddhist years.
pub(super) fn is_thai(word: &str) -> bool {
    word.starts_with(|c: char| matches!(c, '\u{0E00}'..='\u{0E7F}'))
}
