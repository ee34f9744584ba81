//! Checks for robots, as their makers write them.

use super::verdicts::{bare, expect};
use crate::model::Verdict;

/// Name, title and body.
const CHECKS: &[(&str, &str, &str)] = &[
    (
        "Cloudflare",
        "Just a moment...",
        "<script>window._cf_chl_opt={cvId:'3'};</script><noscript>x</noscript>",
    ),
    (
        "Cloudflare, translated",
        "Chờ một chút",
        "<div id=\"challenge-error-text\">Bật JavaScript và cookie để tiếp tục</div><script src=/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1></script>",
    ),
    (
        "Akamai",
        "Access Denied",
        "<h1>Access Denied</h1>You don't have permission to access \"http://bao.example/\" on this server.<p>Reference&#32;&#35;18.2f</p><p>https://errors.edgesuite.net/18.2f</p>",
    ),
    ("DataDome", "bao.example", "<script>var dd={'rt':'c','host':'geo.captcha-delivery.com'}</script>"),
    (
        "Imperva",
        "",
        "<iframe src=\"/_Incapsula_Resource?CWUDNSAI=9\">Request unsuccessful. Incapsula incident ID: 4</iframe>",
    ),
    (
        "HUMAN",
        "Access to this page has been denied",
        "<p>Press &amp; Hold to confirm you are a human (and not a bot).</p><div id=px-captcha></div>",
    ),
    (
        "Sucuri",
        "You are being redirected...",
        "<p>Loading</p><script>var s={},u,c,U,r;sucuri_cloudproxy_js='';</script>",
    ),
    ("AWS WAF", "", "<script>window.gokuProps={key:'a'};</script><h1>JavaScript is disabled</h1>"),
    ("hCaptcha", "Xác minh", "<p>Hãy hoàn thành bước này</p><div class=h-captcha data-sitekey=1></div>"),
    ("Turnstile", "bao.example", "<div class=cf-turnstile></div><p>Một bước nữa thôi</p>"),
    (
        "a cookie and a reload",
        "",
        "<script>document.cookie='D1N=5f3c;path=/';window.location.reload(true);</script>",
    ),
    (
        "a test by cookie",
        "",
        "<script src=/aes.js></script><script>var a=toNumbers(\"f65\");document.cookie=\"__test=\"+slowAES.decrypt(a)</script>",
    ),
    (
        "words in Vietnamese",
        "Thông báo",
        "<p>Vui lòng xác nhận bạn không phải là robot để tiếp tục truy cập.</p>",
    ),
    ("words in Chinese", "安全验证", "<p>为了您的账号安全，请完成下列验证后继续。</p>"),
    ("a slider", "访问验证", "<p>请按住滑块，拖动到最右边</p><div id=nc></div>"),
    ("too many visits", "提示", "<p>您的访问过于频繁，请输入验证码。</p>"),
    ("words in English", "bao.example", "<p>Please enable JavaScript and cookies to continue</p>"),
    ("a firewall", "403 Forbidden", "<h1>403 Forbidden</h1><hr>nginx"),
];

#[test]
fn checks_for_robots_are_recognised() {
    let pages: Vec<(&str, String)> =
        CHECKS.iter().map(|(name, title, body)| (*name, bare(title, body))).collect();
    expect(Verdict::Challenge, &pages);
}
