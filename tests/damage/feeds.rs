//! Sound feeds of every dialect, to be damaged.

/// Headlines of the entries; each feed has them all, in this order.
pub(crate) const TITLES: [&str; 6] = [
    "Hãng chip mở nhà máy ở Bắc Ninh",
    "Giá bộ nhớ tăng 12% trong quý ba",
    "Mô hình ngôn ngữ mới đọc được tiếng Việt",
    "Điện thoại gập: cuộc đua chưa ngã ngũ",
    "Trung tâm dữ liệu dùng nước biển làm mát",
    "Xe điện và bài toán trạm sạc",
];

/// A feed and its name.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) text: String,
}

fn items(write: impl Fn(usize, &str) -> String) -> String {
    TITLES.iter().enumerate().map(|(number, title)| write(number, title)).collect()
}

/// One feed of each dialect.
pub(crate) fn all() -> Vec<Sample> {
    vec![
        Sample { name: "RSS with CDATA", text: cdata() },
        Sample { name: "RSS with escaped HTML", text: escaped() },
        Sample { name: "Atom", text: atom() },
        Sample { name: "RSS 1.0", text: rdf() },
    ]
}

fn cdata() -> String {
    let items = items(|number, title| {
        format!(
            "<item>\n<title><![CDATA[{title}]]></title>\n<link>https://bao.example/{number}.html</link>\n\
             <guid isPermaLink=\"false\">bai-{number}</guid>\n<pubDate>Wed, 05 Mar 2025 09:0{number}:00 +0700</pubDate>\n\
             <description><![CDATA[<p>Tóm tắt của bài {number}, <b>ngắn</b> &amp; gọn.</p>]]></description>\n</item>\n"
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\">\n\
         <channel>\n<title><![CDATA[Báo Thử]]></title>\n<link>https://bao.example/</link>\n<language>vi</language>\n{items}</channel>\n</rss>\n"
    )
}

fn escaped() -> String {
    let items = items(|number, title| {
        format!(
            "<item>\n<title>{title}</title>\n<link>https://bao.example/{number}.html?a=1&amp;b=2</link>\n\
             <guid>https://bao.example/{number}.html</guid>\n<pubDate>05/03/2025 09:0{number}</pubDate>\n\
             <description>&lt;p&gt;Tóm tắt &amp;amp; ảnh: &lt;img src=\"/{number}.jpg\"/&gt;&lt;/p&gt;</description>\n</item>\n"
        )
    });
    format!(
        "<?xml version='1.0' encoding='utf-8'?>\n<rss version=\"2.0\">\n<channel>\n<title>Báo Thử</title>\n{items}</channel>\n</rss>\n"
    )
}

fn atom() -> String {
    let entries = items(|number, title| {
        format!(
            "<entry>\n<title type=\"html\">{title}</title>\n<link rel=\"alternate\" href=\"https://bao.example/{number}\"/>\n\
             <id>tag:bao.example,2025:{number}</id>\n<updated>2025-03-05T09:0{number}:00+07:00</updated>\n\
             <summary>Tóm tắt của bài {number}</summary>\n</entry>\n"
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n\
         <title>Báo Thử</title>\n<id>tag:bao.example,2025:feed</id>\n{entries}</feed>\n"
    )
}

fn rdf() -> String {
    let items = items(|number, title| {
        format!(
            "<item rdf:about=\"https://bao.example/{number}\">\n<title>{title}</title>\n<link>https://bao.example/{number}</link>\n\
             <dc:date>2025-03-05T09:0{number}:00+07:00</dc:date>\n<description>Tóm tắt {number}</description>\n</item>\n"
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <channel rdf:about=\"https://bao.example/\">\n<title>Báo Thử</title>\n</channel>\n{items}</rdf:RDF>\n"
    )
}

/// A JSON Feed of the same entries.
pub(crate) fn json() -> Sample {
    let items: Vec<String> = TITLES
        .iter()
        .enumerate()
        .map(|(number, title)| {
            format!(
                "{{\"id\": \"bai-{number}\", \"url\": \"https://bao.example/{number}\",\n \"title\": \"{title}\",\n \
                 \"content_html\": \"<p>Toàn văn {number}</p>\", \"date_published\": \"2025-03-05T09:0{number}:00+07:00\"}}"
            )
        })
        .collect();
    let text = format!(
        "{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"Báo Thử\", \"language\": \"vi\",\n\"items\": [\n{}\n]}}\n",
        items.join(",\n")
    );
    Sample { name: "JSON Feed", text }
}
