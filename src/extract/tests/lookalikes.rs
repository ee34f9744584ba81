//! Frames, lists, halves and files; and articles that only look like walls.

use super::verdicts::{bare, expect, framed, repeated};
use super::{FIRST, SECOND, THIRD, page, read, read_as};
use crate::model::Verdict;

#[test]
fn frames_and_lists_and_halves_are_recognised() {
    expect(
        Verdict::JsShell,
        &[
            (
                "an empty root",
                bare(
                    "Ứng dụng",
                    "<div id=root></div><script src=/app.js></script><noscript>Bạn cần bật JavaScript</noscript>",
                ),
            ),
            (
                "with metadata",
                bare("Ứng dụng", "<div id=__next></div><script src=/app.js></script>")
                    .replace("<head>", "<head><meta property=og:type content=article>"),
            ),
            ("only words", bare("应用", "<p>请启用JavaScript后访问本站</p>")),
            (
                "leading on",
                bare("Chuyển hướng", "<p>Đang chuyển…</p>")
                    .replace("<head>", "<head><meta http-equiv=refresh content='0; url=/moi'>"),
            ),
        ],
    );
    let files = "<h1>Index of /tin/2026</h1><pre><a href=../>../</a>\n<a href=a.html>a.html</a></pre>";
    let card = "<div class=card><h3><a href=/tin-#>Tiêu đề của bài báo số # trong ngày</a></h3></div>";
    let cards = repeated(12, card);
    for html in [
        bare("Index of /tin/2026", files),
        framed("Tin mới | Báo Thử", &format!("<h1>Công nghệ</h1>{cards}")),
    ] {
        assert_eq!(read(&html).verdict, Verdict::Listing, "{html}");
    }
    let whole = page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"));
    let (begun, _) = whole.split_once("con chip nhanh").unwrap();
    assert_eq!(read(begun).verdict, Verdict::Truncated);
    let without_ends = whole.replace("</body></html>", "");
    assert_eq!(read(&without_ends).verdict, Verdict::Article, "HTML allows that");
}

#[test]
fn what_is_no_page_is_named() {
    for (bytes, content_type, name) in [
        (b"%PDF-1.7\n1 0 obj <p>".as_slice(), "text/html", "PDF"),
        (b"\x89PNG\r\n\x1A\n<div>", "text/html", "picture"),
        (b"\x00\x00\x00\x20ftypavif", "text/html", "binary"),
        (b"\x01\x02\x03\x04\x05\x06\x07\x08 <html>", "text/html", "binary"),
        (
            b"<?xml version=\"1.0\"?><rss><channel><item><description>&lt;p><p>x</p></description>",
            "text/html",
            "feed",
        ),
        (
            b"<?xml version='1.0'?>\n<!-- x -->\n<feed xmlns='http://www.w3.org/2005/Atom'><div>",
            "text/xml",
            "feed",
        ),
        (b"\xEF\xBB\xBF<urlset><url><loc>https://bao.example/</loc>", "application/xml", "sitemap"),
        (b"{\"html\": \"<div><p>Tin</p></div>\"}", "text/html", "JSON"),
        (b"[{\"id\": 1}]", "application/json", "JSON"),
        ("Chỉ là chữ".as_bytes(), "text/plain", "plain text"),
        (b"", "application/x-thu", "is empty and no web page"),
        (b"\xEF\xBB\xBF \r\n", "application/x-thu", "is empty and no web page"),
        ("Chỉ là chữ".as_bytes(), "application/x-thu", "of an unknown kind and no web page"),
    ] {
        let article = read_as(bytes, Some(content_type));
        assert_eq!(article.verdict, Verdict::NotHtml, "{bytes:?}");
        assert!(article.notes[0].contains(name), "{:?}", article.notes);
    }
    let xhtml = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE html>{}",
        page(&format!("<div><p>{FIRST}</p><p>{SECOND}</p></div>"))
    );
    assert_eq!(read_as(xhtml.as_bytes(), Some("application/xhtml+xml")).verdict, Verdict::Article);
}

#[test]
fn articles_about_all_this_are_articles() {
    for (title, text) in [
        (
            "Vì sao trang 404 ra đời",
            "Lỗi 404, hay \"Không tìm thấy trang\", là thông báo mà người dùng mạng nào cũng từng gặp khi bấm vào một liên kết hỏng. Mã lỗi này có từ những ngày đầu của web, khi máy chủ không tìm thấy tệp được yêu cầu. Nhiều hãng nay biến trang lỗi thành nơi quảng bá thương hiệu bằng tranh vui.",
        ),
        (
            "Page not found: how the 404 became an art form",
            "The page you are looking for does not exist, and that is the point. Designers at a dozen studios told us how they turn a dead link into a small stage, with games, poems and the occasional apology. Visitors stay twice as long as on an ordinary error page, one of them said.",
        ),
        (
            "Cloudflare gặp sự cố, nhiều trang hiện \"Just a moment\"",
            "Sáng 18/11, hàng loạt trang web trên thế giới ngừng hoạt động vì sự cố của Cloudflare. Người dùng chỉ thấy dòng chữ \"Checking your browser before accessing\" hoặc lỗi 502 Bad Gateway. Hãng cho biết đã khắc phục sau ba giờ và xin lỗi khách hàng.",
        ),
        (
            "Ngân hàng bảo trì hệ thống đêm nay",
            "Ngân hàng Sao Khuê thông báo hệ thống đang bảo trì từ 0h đến 4h ngày 22/11. Trong thời gian này, khách hàng không thể chuyển tiền hay thanh toán qua ứng dụng. Các máy rút tiền tự động vẫn hoạt động bình thường, theo thông báo của ngân hàng gửi khách hàng chiều nay.",
        ),
        (
            "Captcha sắp biến mất?",
            "\"Tôi không phải là robot\" là câu mà hàng tỷ người bấm mỗi ngày. Theo nghiên cứu mới, máy học nay vượt qua bài kiểm tra này nhanh hơn con người, nên các hãng lớn tìm cách khác để xác minh bạn là con người mà không làm phiền ai.",
        ),
        (
            "Báo chí thu phí: đăng nhập để đọc tiếp",
            "Ngày càng nhiều tòa soạn yêu cầu độc giả đăng nhập hoặc trả tiền để đọc bài. Tổng biên tập một tờ báo lớn nói rằng doanh thu từ bạn đọc đã vượt quảng cáo, nhưng số lượt xem giảm một phần tư trong năm đầu tiên.",
        ),
        (
            "Cookie và quyền riêng tư: luật mới có gì",
            "Từ tháng 1, các trang web phải hỏi trước khi lưu cookie trên thiết bị của người dùng. Nút từ chối phải to bằng nút đồng ý, và trang web không được chặn người từ chối, theo nghị định vừa được ban hành hôm qua.",
        ),
        (
            "验证码为何越来越难",
            "“请完成安全验证”成了网民每天都要面对的一句话。专家表示，随着人工智能识别图片的能力提高，拖动滑块、点选汉字等方式已经很难区分真人与机器，各大公司正在寻找新的办法，例如通过设备证明来确认用户身份，从而减少打扰。",
        ),
        (
            "某网站系统维护引发投诉",
            "昨天上午，多名用户反映某购票网站显示“系统维护中，请稍后再试”，持续近三个小时。公司随后回应称，故障由数据库升级引起，已经恢复，并将向受影响的用户发放优惠券作为补偿，同时公布了改进计划。",
        ),
        (
            "Tên miền .vn được bán với giá kỷ lục",
            "Một tên miền hai ký tự vừa được sang nhượng với giá 12 tỷ đồng, cao nhất từ trước đến nay. Dòng chữ \"tên miền này đang được rao bán\" đã nằm trên trang suốt năm năm trước khi chủ mới tìm đến và trả giá.",
        ),
    ] {
        let html = framed(
            &format!("{title} | Báo Thử"),
            &format!("<h1>{title}</h1><div><p>{text}</p><p>{THIRD}</p></div>"),
        );
        assert_eq!(read(&html).verdict, Verdict::Article, "{title}");
        let bare = bare(title, &format!("<h1>{title}</h1><p>{text}</p><p>{SECOND}</p>"));
        assert_eq!(read(&bare).verdict, Verdict::Article, "{title}, without a frame");
    }
}

#[test]
fn what_sites_add_to_articles_makes_them_no_walls() {
    let text = format!("<h1>Chip mới ra mắt</h1><div><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>");
    for (what, extra) in [
        ("a login in the menu", "<form action=/login><input name=u><input type=password name=p></form>"),
        (
            "a captcha beside the comments",
            "<div class=comments><textarea></textarea><div class=g-recaptcha></div></div>",
        ),
        (
            "a protector's script",
            "<script>window.__CF$cv$params={};a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>",
        ),
        (
            "a banner about cookies",
            "<div class=cookie-banner><h2>We value your privacy</h2><p>We use cookies to improve our site.</p><button>Accept all</button></div>",
        ),
        ("an offer", "<div class=promo>Subscribe to read more stories like this</div>"),
        ("words for those without scripts", "<noscript>Bạn cần bật JavaScript để xem đủ</noscript>"),
        ("a statistic's cookie", "<script>document.cookie='a=1';if(x)location.href='/b'</script>"),
    ] {
        assert_eq!(
            read(&framed("Chip mới ra mắt | Báo Thử", &format!("{text}{extra}"))).verdict,
            Verdict::Article,
            "{what}"
        );
    }
    let brief = format!("<meta property=og:type content=article><h1>Tin vắn</h1><div><p>{FIRST}</p></div>");
    assert_eq!(read(&framed("Tin vắn", &brief)).verdict, Verdict::Article, "news may be short");
}
