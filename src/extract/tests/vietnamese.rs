//! News pages as Vietnamese editorial systems build them: where the standfirst stands, and what stands in the text.

use super::{FIRST, SECOND, THIRD, page, read};

const SAPO: &str = "Dòng chip thứ ba của Sao Khuê được làm ra hoàn toàn trong nước và sẽ tới tay khách hàng trước cuối quý này.";

#[test]
fn the_standfirst_is_found_in_and_before_the_body() {
    let rest = format!("<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>");
    for (make, body) in [
        ("heading before", format!("<h2 class=sapo>{SAPO}</h2><div class=detail-content>{rest}</div>")),
        ("heading within", format!("<div class=content-detail><h2 class='singular-sapo'>{SAPO}</h2><div class=singular-content>{rest}</div></div>")),
        ("description", format!("<div class='sidebar-1'><p class=description>{SAPO}</p><article class=fck_detail>{rest}</article></div>").replace("class=description", "class='description sapo'")),
        ("lead block", format!("<div class='article-lead'>{SAPO}</div><div class=article-body>{rest}</div>")),
        ("bold first paragraph", format!("<div id=noi-dung><p class='detail-sapo'><strong>{SAPO}</strong></p>{rest}</div>")),
        ("abstract", format!("<div itemprop=description>{SAPO}</div><div itemprop=articleBody>{rest}</div>")),
        ("chapô in the header of the article", format!("<article><div class=article__header><div class='article__sapo cms-desc'>{SAPO}</div></div><div class='article__body cms-body'>{rest}</div></article>")),
    ] {
        let article = read(&page(&body));
        assert_eq!(article.lead, SAPO, "{make}");
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{make}");
    }
}

#[test]
fn boxes_in_the_middle_of_the_text_are_left_out() {
    for (what, piece) in [
        (
            "Tin liên quan, a block",
            "<div class='box-tinlienquanv2'><div class=header>Tin liên quan</div><ul><li><a href=/1>Ngựa vằn Zebra mở kho hàng mới ở cảng</a></li><li><a href=/2>Zebra tuyển kỹ sư vận hành kho</a></li></ul></div>",
        ),
        (
            "Đọc thêm, a heading",
            "<h4>Đọc thêm</h4><ul><li><a href=/1>Ngựa vằn Zebra mở kho hàng mới ở cảng</a></li><li><a href=/2>Zebra tuyển kỹ sư</a></li></ul>",
        ),
        ("Xem thêm, a line", "<p><a href=/1>Xem thêm: Zebra mở kho hàng mới ở cảng</a></p>"),
        (">> a line", "<p><em><a href=/1>>> Zebra mở kho hàng mới ở cảng</a></em></p>"),
        (
            "Tin cùng chuyên mục",
            "<div class='tin-cung-chuyen-muc'><h3>Tin cùng chuyên mục</h3><div><h4><a href=/1>Zebra mở kho hàng</a></h4><p>Kho mới của Zebra rộng hai héc ta, mở cửa tháng sau.</p></div></div>",
        ),
        (
            "Tin nóng",
            "<div><h3>Tin nóng</h3><ul><li><a href=/1>Zebra mở kho hàng mới ở cảng</a></li><li><a href=/2>Zebra tuyển kỹ sư</a></li></ul></div>",
        ),
        ("Chia sẻ", "<div class=chia-se>Chia sẻ <a href=/f>Zebra</a></div>"),
        (
            "Bình luận",
            "<div class=box-binh-luan><h3>Bình luận (3)</h3><p>Tôi mua của Zebra rồi, dùng rất tốt, giá lại rẻ.</p></div>",
        ),
        (
            "tags",
            "<div class='detail__tags'><span>Từ khóa:</span> <a href=/t1>Zebra</a> <a href=/t2>chip</a></div>",
        ),
        ("ad slot", "<div class='quang-cao' id='ads_zone480455'><a href=/x>Zebra giảm giá</a></div>"),
        ("breadcrumb", "<div class=breadcrumb><a href=/>Trang chủ</a> &gt; <a href=/z>Zebra</a></div>"),
        ("follow", "<div class='follow-us'>Theo dõi trang Zebra trên mạng xã hội để đọc tin mới nhất.</div>"),
    ] {
        let html = page(&format!(
            "<div class=detail-content><p>{FIRST}</p>{piece}<p>{SECOND}</p><p>{THIRD}</p></div>"
        ));
        assert_eq!(read(&html).paragraphs, [FIRST, SECOND, THIRD], "{what}");
    }
}

#[test]
fn captions_stand_apart_however_they_are_laid_out() {
    let caption = "Xưởng đúc của Sao Khuê ở khu công nghệ cao. Ảnh: Trần Mẫu";
    for (make, picture) in [
        ("figure", format!("<figure><img src=1.jpg><figcaption>{caption}</figcaption></figure>")),
        (
            "table",
            format!(
                "<table class=picture><tr><td class=pic><img src=1.jpg></td></tr><tr><td class=caption>{caption}</td></tr></table>"
            ),
        ),
        (
            "table without names",
            format!(
                "<table><tbody><tr><td><img src=1.jpg></td></tr><tr><td>{caption}</td></tr></tbody></table>"
            ),
        ),
        (
            "paragraph",
            format!("<p class=Image><img src=1.jpg></p><p class='pSubCaption caption'>{caption}</p>"),
        ),
        (
            "block",
            format!(
                "<div class=VCSortableInPreviewMode type=Photo><div><img src=1.jpg></div><div class=PhotoCMS_Caption><p>{caption}</p></div></div>"
            ),
        ),
    ] {
        let html = page(&format!(
            "<div class=detail-content><p>{FIRST}</p>{picture}<p>{SECOND}</p><p>{THIRD}</p></div>"
        ));
        let article = read(&html);
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{make}");
        assert_eq!(article.captions, [caption], "{make}");
    }
}

#[test]
fn the_lines_of_source_and_author_are_no_text() {
    for (make, end, source) in [
        ("source", "<p>Theo Báo Mẫu</p>", Some("Báo Mẫu")),
        (
            "source to the right",
            "<p style='text-align: right'>Theo <a href=https://bao-mau.example/>Báo Mẫu</a></p>",
            Some("Báo Mẫu"),
        ),
        ("author to the right", "<p style='text-align:right'><strong>Lê Minh Mẫu</strong></p>", None),
        (
            "author, then tags",
            "<p align=right><b>Lê Minh Mẫu</b></p><div class=tags><a href=/t>Chip</a></div>",
            None,
        ),
        (
            "references",
            "<h3>Tài liệu tham khảo</h3><p>Zebra, Sổ tay kho hàng, nhà xuất bản Ngựa Vằn, 2024.</p>",
            None,
        ),
    ] {
        let html = page(&format!(
            "<div class=detail-content><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>{end}</div>"
        ));
        let article = read(&html);
        assert_eq!(article.paragraphs, [FIRST, SECOND, THIRD], "{make}");
        assert_eq!(article.attribution.map(|named| named.name).as_deref(), source, "{make}");
    }
}
