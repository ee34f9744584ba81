//! Pages that stand in the place of an article, as sites write them.

use super::{FIRST, page, read, read_at};
use crate::model::Verdict;

/// A page of a site with menus around `main`.
pub(super) fn framed(title: &str, main: &str) -> String {
    let menu = repeated(14, "<li><a href=/muc-#>Chuyên mục #</a></li>");
    format!(
        "<!DOCTYPE html><html lang=vi><head><title>{title}</title></head><body><header><ul>{menu}</ul></header>\
         <div class=main>{main}</div><footer><p>Giấy phép số 12/GP, cấp ngày 3 tháng 4 năm 2021.</p></footer></body></html>"
    )
}

/// A page with nothing but `body`.
pub(super) fn bare(title: &str, body: &str) -> String {
    format!("<html><head><title>{title}</title></head><body>{body}</body></html>")
}

pub(super) fn expect(verdict: Verdict, pages: &[(&str, String)]) {
    for (what, html) in pages {
        let article = read(html);
        assert_eq!(article.verdict, verdict, "{what}: {html}");
        assert!(!article.notes.is_empty(), "{what} is not explained");
        assert!(verdict.shows_article() || article.paragraphs.is_empty(), "{what}: {:?}", article.paragraphs);
    }
}

/// `piece` so many times, each `#` its number.
pub(super) fn repeated(times: usize, piece: &str) -> String {
    let pieces: Vec<String> = (0..times).map(|n| piece.replace('#', &n.to_string())).collect();
    pieces.concat()
}

#[test]
fn pages_that_are_not_there_are_recognised_whatever_their_status() {
    let news = repeated(6, "<li><a href=/tin-#>Một tiêu đề tin tức khá dài số # của ngày hôm nay</a></li>");
    expect(
        Verdict::Soft404,
        &[
            ("plain", bare("Không tìm thấy trang", "<h1>404</h1><p>Trang bạn tìm không tồn tại.</p>")),
            (
                "framed",
                framed(
                    "404 | Báo Thử",
                    "<h1>Oops! Trang không tồn tại</h1><p>Liên kết bạn vừa bấm có thể đã bị hỏng hoặc trang đã được chuyển đi nơi khác.</p>",
                ),
            ),
            (
                "with other news",
                framed(
                    "Không tìm thấy nội dung - Báo Thử",
                    &format!(
                        "<h1>Không tìm thấy nội dung</h1><p>Rất tiếc, bài viết bạn tìm không còn trên trang. Mời bạn xem tin khác.</p><ul>{news}</ul>"
                    ),
                ),
            ),
            (
                "taken down",
                framed(
                    "Báo Thử",
                    "<h1>Bài viết đã bị gỡ</h1><p>Bài viết này đã được gỡ theo yêu cầu của tác giả.</p>",
                ),
            ),
            (
                "English",
                framed(
                    "Page not found - The Sample Times",
                    "<h1>Sorry, we couldn't find that page</h1><p>The page you are looking for may have been moved, or it may never have existed. Try the search above.</p>",
                ),
            ),
            (
                "English, 404 only",
                framed("Error 404", "<h2>Error 404</h2><p>Nothing to see here, move along please.</p>"),
            ),
            (
                "Chinese",
                framed("页面不存在_样报网", "<p>抱歉，您访问的页面不存在或已被删除，请返回首页。</p>"),
            ),
            ("Chinese, deleted", bare("样报", "<p>该文章已被发布者删除</p>")),
            (
                "marked by its software",
                framed("Báo Thử", "<p>Hãy thử tìm kiếm với từ khóa khác xem sao, biết đâu có.</p>")
                    .replace("<body>", "<body class='error404 wp-custom'>"),
            ),
        ],
    );
    let thin = bare("Báo Thử", "<p>Mời bạn quay về trang chủ.</p>");
    assert_eq!(read_at("https://bao.example/404.html", &thin).verdict, Verdict::Soft404);
}

#[test]
fn walls_before_an_article_are_recognised() {
    let teaser = format!("<p>{FIRST}</p>");
    let form = "<form action=/login method=post><input name=user><input type=password name=pw><button>Vào</button></form>";
    expect(
        Verdict::LoginWall,
        &[
            ("a form", bare("Đăng nhập", &format!("{form}<p>Quên mật khẩu?</p>"))),
            ("a framed form", framed("Đăng nhập | Báo Thử", &format!("<h1>Đăng nhập</h1>{form}"))),
            (
                "a sentence",
                page(&format!(
                    "<div>{teaser}<div class=box>Vui lòng đăng nhập để đọc tiếp bài viết này</div></div>"
                )),
            ),
            ("English", page(&format!("<div>{teaser}<p>Sign in to continue reading.</p></div>"))),
            ("Chinese", page(&format!("<div>{teaser}<p>登录后查看全文</p></div>"))),
        ],
    );
    let costs = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Chip mới ra mắt\",\"isAccessibleForFree\":\"False\"}</script>";
    expect(
        Verdict::Paywall,
        &[
            ("marked", page(&format!("{costs}<div>{teaser}</div>"))),
            (
                "Vietnamese",
                page(&format!("<div>{teaser}<div>Bài viết chỉ dành cho thành viên trả phí</div></div>")),
            ),
            ("English", page(&format!("<div>{teaser}<div>Subscribe to continue reading</div></div>"))),
            ("Chinese", page(&format!("<div>{teaser}<div>剩余内容需付费阅读</div></div>"))),
        ],
    );
    let kept = read(&page(&format!("{costs}<div>{teaser}</div>")));
    assert_eq!(kept.paragraphs[0], FIRST, "a teaser is kept");
    expect(
        Verdict::ConsentWall,
        &[
            (
                "English",
                bare(
                    "Before you continue",
                    "<h1>Before you continue</h1><p>We use cookies and data to deliver our services, to measure audience engagement and to show personalised ads, depending on your settings.</p><button>Accept all</button>",
                ),
            ),
            (
                "Vietnamese",
                bare(
                    "Chúng tôi tôn trọng quyền riêng tư của bạn",
                    "<p>Chúng tôi và các đối tác lưu trữ và truy cập thông tin trên thiết bị, chẳng hạn cookie, để hiển thị quảng cáo phù hợp.</p><button>Đồng ý</button>",
                ),
            ),
            (
                "Chinese",
                bare(
                    "我们重视您的隐私",
                    "<p>我们和我们的合作伙伴使用cookie来存储和访问设备上的信息。</p><button>同意</button>",
                ),
            ),
        ],
    );
}

#[test]
fn sites_that_are_out_of_order_or_not_there_say_so() {
    expect(
        Verdict::Maintenance,
        &[
            ("Vietnamese", bare("Bảo trì", "Hệ thống đang bảo trì")),
            (
                "Vietnamese, polite",
                bare(
                    "Báo Thử",
                    "<h1>Website đang được nâng cấp</h1><p>Chúng tôi sẽ trở lại trong ít phút nữa. Mong bạn đọc thông cảm!</p>",
                ),
            ),
            (
                "English",
                bare(
                    "Site maintenance",
                    "<h1>We'll be back soon!</h1><p>Sorry for the inconvenience, we are performing some maintenance at the moment.</p>",
                ),
            ),
            ("Chinese", bare("系统维护中", "<p>网站正在维护，请稍后再试。</p>")),
            ("a gateway", bare("502 Bad Gateway", "<center><h1>502 Bad Gateway</h1></center><hr>")),
            ("a database", bare("Database Error", "<h1>Error establishing a database connection</h1>")),
        ],
    );
    expect(
        Verdict::Parked,
        &[
            ("for sale", bare("bao.example", "<h1>This domain is for sale</h1><p>Make an offer today.</p>")),
            (
                "Vietnamese",
                bare(
                    "Tên miền này đang được rao bán",
                    "<p>Liên hệ để mua tên miền bao.example với giá tốt nhất.</p>",
                ),
            ),
            ("Chinese", bare("域名出售", "<p>您访问的域名正在出售，欢迎联系。</p>")),
            (
                "a seller's frame",
                bare("bao.example", "<script src=https://img.sedoparking.com/x.js></script>"),
            ),
            (
                "suspended",
                bare("Account Suspended", "<p>Contact your hosting provider for more information.</p>"),
            ),
            (
                "a server's own page",
                bare(
                    "Welcome to nginx!",
                    "<h1>Welcome to nginx!</h1><p>If you see this page, the nginx web server is successfully installed and working.</p>",
                ),
            ),
        ],
    );
}
