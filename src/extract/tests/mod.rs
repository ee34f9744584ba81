//! Pages as publishers write them, and what a reader takes from them. All texts are invented.

mod attributions;
mod challenges;
mod cleaning;
mod entries;
mod explain;
mod hostile;
mod kinds;
mod learning;
mod lookalikes;
mod metadata;
mod pages;
mod rules;
mod snapshots;
mod verdicts;
mod vietnamese;

use chrono_tz::Asia::Ho_Chi_Minh;
use url::Url;

use super::{Origin, article};
use crate::model::Article;

const ADDRESS: &str = "https://bao.example/cong-nghe/chip-moi-123.html";

/// Three paragraphs of a Vietnamese report, long enough to be recognised as a body.
const FIRST: &str = "Công ty Sao Khuê sáng nay giới thiệu dòng chip xử lý thứ ba của mình, sản xuất hoàn toàn trong nước, \
                     và cho biết sẽ giao lô hàng đầu tiên trước cuối quý này.";
const SECOND: &str = "Theo bà Lê Minh Châu, giám đốc kỹ thuật, con chip nhanh hơn thế hệ trước 40 phần trăm, tiêu thụ ít \
                      điện hơn một phần ba, còn giá bán không đổi.";
const THIRD: &str = "Các nhà phân tích cho rằng thị trường đang chờ những sản phẩm như vậy, nhưng năng lực sản xuất vẫn là \
                     câu hỏi lớn nhất trong năm tới.";

fn read(html: &str) -> Article {
    read_as(html.as_bytes(), Some("text/html; charset=utf-8"))
}

fn read_as(bytes: &[u8], content_type: Option<&str>) -> Article {
    let url = Url::parse(ADDRESS).unwrap();
    article(bytes, Origin { url: &url, content_type, timezone: Ho_Chi_Minh, language: "vi" })
}

fn read_at(address: &str, html: &str) -> Article {
    let url = Url::parse(address).unwrap();
    article(html.as_bytes(), Origin { url: &url, content_type: None, timezone: Ho_Chi_Minh, language: "vi" })
}

/// A page with this body, under a headline and a menu.
fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>Chip mới ra mắt | Báo Thử</title></head><body>\
         <header><nav><ul><li><a href=/>Trang chủ</a></li><li><a href=/xe>Xe</a></li></ul></nav></header>\
         <div class=main><h1>Chip mới ra mắt</h1>{body}</div>\
         <footer><p>Giấy phép số 99, cấp ngày 1 tháng 1 năm 2020, tổng biên tập Trần Văn Mẫu.</p></footer></body></html>"
    )
}
