//! Last lines that name a source, told from last sentences that begin with one.

use super::{FIRST, SECOND, THIRD, page, read};

#[test]
fn a_closing_sentence_that_begins_with_its_source_stays_in_the_text() {
    for line in [
        "Theo Reuters, Huawei bị điều tra.",
        "Theo Reuters, Huawei bị điều tra",
        "Theo Reuters, Mỹ điều tra Huawei",
        "Theo Reuters: Sao Khuê mở nhà máy",
        "Theo Bloomberg, Nhật Bản cấm bán chip",
        "Theo Reuters, Bloomberg, Sao Khuê ngừng giao hàng",
        "THEO REUTERS, SAO KHUÊ BỊ KIỆN",
        "Theo cảnh sát, kho hàng Sao Khuê bốc cháy",
        "Nguồn: Reuters, Huawei bị cấm tại Đức",
        "Nguồn tin cho biết Sao Khuê bị phạt",
        "(Theo Bloomberg, Huawei bị cấm)",
        "[Theo AFP, Sao Khuê bị kiện]",
        "来源：警方称华为工厂发生火灾…",
        "来源：路透社，华为被德国禁止",
        "据路透社,华为被调查",
        "據中央社，華為遭調查",
        "Source: police say a Huawei plant is shut",
        "Source: Reuters, Huawei shuts a plant",
        "Via Rail suspends its contract with Huawei",
    ] {
        let article =
            read(&page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{line}</p></div>")));
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD, line], "{line}");
    }
}

#[test]
fn a_line_of_nothing_but_sources_is_no_text() {
    for (line, name) in [
        ("Theo Reuters", "Reuters"),
        ("Theo Reuters.", "Reuters"),
        ("(Theo Reuters, Bloomberg)", "Reuters, Bloomberg"),
        ("Theo Reuters và Bloomberg", "Reuters và Bloomberg"),
        ("Nguồn: Reuters, The Verge", "Reuters, The Verge"),
        ("Nguồn: Reuters, genk.vn", "Reuters, genk.vn"),
        ("Nguồn: Bộ Khoa học và Công nghệ", "Bộ Khoa học và Công nghệ"),
        ("Theo VnExpress, Tuổi Trẻ Online", "VnExpress, Tuổi Trẻ Online"),
        ("Theo Dân trí, Lao động, Tân Hoa xã", "Dân trí, Lao động, Tân Hoa xã"),
        ("Theo Nhịp sống thị trường", "Nhịp sống thị trường"),
        ("Theo tạp chí Điện tử và Ứng dụng", "tạp chí Điện tử và Ứng dụng"),
        ("Theo Ars Technica, The Information, Bloomberg", "Ars Technica, The Information, Bloomberg"),
        ("Theo South China Morning Post, Nikkei Asia, AFP", "South China Morning Post, Nikkei Asia, AFP"),
        ("来源：新华网", "新华网"),
        ("来源：路透社、彭博社", "路透社、彭博社"),
        ("来源：IT之家", "IT之家"),
        ("来源：新华网 作者：张三", "新华网 作者：张三"),
        ("Source: Nikkei Asia", "Nikkei Asia"),
        ("Source: Ministry of Health", "Ministry of Health"),
        ("Quelle: dpa", "dpa"),
    ] {
        let article =
            read(&page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{line}</p></div>")));
        assert_eq!(article.attribution.map(|source| source.name).as_deref(), Some(name), "{line}");
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{line}");
    }
}

#[test]
fn labels_that_begin_like_a_source_are_no_text() {
    for line in
        ["Theo dõi Báo Thử trên Facebook, YouTube", "Nguồn ảnh: trang của hãng", "Theo Reuters, tổng hợp"]
    {
        let article =
            read(&page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p><p>{line}</p></div>")));
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{line}");
    }
}

#[test]
fn a_signature_with_a_sentence_in_its_bracket_stays_in_the_text() {
    for (line, kept) in [("Hà Anh (Theo Reuters)", false), ("Hà Anh (Theo Reuters, Sao Khuê bị kiện)", true)]
    {
        let html = page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p><b>{line}</b></p></div>"));
        assert_eq!(read(&html).paragraphs.iter().any(|text| text == line), kept, "{line}");
    }
}
