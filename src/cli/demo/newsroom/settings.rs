//! The sources.toml that watches the newsroom.

use std::path::Path;

use super::story::Paper;

/// Its text; `base_url` is the newsroom's, and data is kept in `data_dir`.
pub(super) fn sources_toml(base_url: &str, data_dir: &Path) -> String {
    let data_dir = quoted(&data_dir.to_string_lossy());
    let sources: String = [Paper::CanhDieu, Paper::LanternWire].map(|paper| source(base_url, paper)).concat();
    format!(
        r#"# Watches the two invented papers of the demo, which live on loopback.

[daemon]
timezone = "Asia/Ho_Chi_Minh"
language = "vi"
data_dir = {data_dir}
contact = "https://example.org/diemtin-demo"
notices = ["mail:ops@example.org"]

[web]
listen = "127.0.0.1:0"           # any free port

[fetch]
concurrency = 8
per_host = 4
timeout = "5s"
max_feed = "1MiB"
max_page = "1MiB"
allow_private = ["127.0.0.0/8"]  # the papers; without this line loopback is out of bounds
min_every = "1s"                 # one's own papers may be asked this often, nobody else's

[defaults]
every = "2s"
timezone = "Asia/Ho_Chi_Minh"
backfill = "2d"                  # what is older at the first poll is noted, without an alert
max_age = "30d"

{sources}[[entity]]
name = "Huawei"
aliases = ["Huawei", "Hoa Vi", "华为"]

[[entity]]
name = "SMIC"
aliases = ["SMIC", "中芯国际"]

[[entity]]
name = "DeepSeek"

[[entity]]
name = "Nvidia"

# A mail at once. Nvidia is tracked, too, but waits for the digest; so do phone cases.
[[alert]]
name = "Chip và AI"
rule = '(Huawei OR SMIC OR DeepSeek) AND NOT "ốp lưng"'
on = ["new"]
to = ["mail:desk@example.org"]

# Everything tracked, each 20 seconds (the first field of six is seconds).
[[digest]]
name = "Điểm tin hai mươi giây"
cron = "*/20 * * * * *"
to = ["mail:team@example.org"]
max_items = 10
empty = "skip"
"#
    )
}

fn source(base_url: &str, paper: Paper) -> String {
    format!(
        "[[source]]\nname = {}\nurl = {}\nkind = \"feed\"\nlanguage = \"{}\"\ntags = [\"{}\", \"demo\"]\nfull_text = true\n\n",
        quoted(paper.name()),
        quoted(&format!("{base_url}{}", paper.feed_path())),
        paper.folder(),
        paper.folder(),
    )
}

/// A TOML string; what JSON escapes, TOML reads alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7F}', "\\u007F")
}
