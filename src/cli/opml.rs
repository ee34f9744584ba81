//! `diemtin import opml` and `diemtin export opml`: lists of sources as other readers exchange them.

use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::json;
use url::Url;

use super::args::Import;
use super::inspect::input;
use super::output::{self, Output, counted};
use super::sources_file::{Outcome, SourcesFile};
use super::{Session, complain_of};
use crate::clock::Clock;
use crate::config::edit::{self, SourceTable};
use crate::feed::opml::{self, Outline};
use crate::fetch::Kind;
use crate::text::language::primary;

/// What an import came to.
#[derive(Debug, Default)]
struct Tally {
    added: Vec<SourceTable>,
    /// Name and address, and why.
    skipped: Vec<(String, String)>,
    notes: Vec<String>,
}

pub(super) async fn import(session: &Session, what: Import) -> anyhow::Result<ExitCode> {
    let Import::Opml { file: path } = what;
    let input = input::read_in_any_case(session, &path, Kind::Feed).await?;
    let list = opml::read(&input.bytes, input.content_type.as_deref())
        .with_context(|| format!("{path} is no OPML: it has neither <opml> nor <outline>"))?;
    let mut file = SourcesFile::open(session)?;
    let mut tally = Tally::default();
    for outline in list.outlines {
        tally.take(outline, &mut file);
    }
    if list.is_cut {
        tally.notes.push("the list is longer than any; only its beginning was read".to_owned());
    }
    let outcome = if tally.added.is_empty() { Outcome::Written } else { file.add(&tally.added)? };
    tally.show(session.output, outcome)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn export(session: &Session) -> anyhow::Result<ExitCode> {
    let path = session.config_path();
    let text =
        std::fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    let written = edit::sources(&text).with_context(|| format!("{} cannot be read", path.display()))?;
    let mut outlines = Vec::with_capacity(written.len());
    for written in written {
        let (outline, left) = outline_of(written.source);
        if !left.is_empty() {
            complain_of(&format!("{}: {} stayed here, as they may be secret", outline.name, left.join(", ")));
        }
        outlines.push(outline);
    }
    output::line(opml::write("diemtin", &outlines, Clock::System.now()).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// A source as an outline, and the keys that stay behind.
fn outline_of(source: SourceTable) -> (Outline, Vec<String>) {
    let (mut keys, left): (Vec<_>, Vec<_>) =
        source.keys.into_iter().partition(|(key, _)| edit::may_travel(key));
    // Categories are separated by commas and slashes and each stands once.
    let is_plain = |tag: &String| !tag.contains([',', '/']) && tag.trim() == tag && !tag.is_empty();
    let unique: std::collections::HashSet<&String> = source.tags.iter().collect();
    if !source.tags.iter().all(is_plain) || unique.len() < source.tags.len() {
        keys.push(("tags".to_owned(), edit::list(&source.tags)));
    }
    let language = keys.iter().find(|(key, _)| key == "language").map(|(_, value)| value.clone());
    let outline =
        Outline { name: source.name, url: source.url, html_url: None, tags: source.tags, language, keys };
    (outline, left.into_iter().map(|(key, _)| key).collect())
}

/// An outline as a source, and the keys that are not taken over.
fn source_of(outline: Outline, language: &str) -> (SourceTable, Vec<String>) {
    let (mut keys, left): (Vec<_>, Vec<_>) = outline.keys.into_iter().partition(|(key, _)| {
        edit::is_key(key) && edit::may_travel(key) && !matches!(key.as_str(), "name" | "url")
    });
    let has = |keys: &[(String, String)], wanted: &str| keys.iter().any(|(key, _)| key == wanted);
    let said = outline.language.as_deref().and_then(primary).filter(|said| said != language);
    if let Some(said) = said.filter(|_| !has(&keys, "language")) {
        keys.push(("language".to_owned(), said));
    }
    let tags = if has(&keys, "tags") { Vec::new() } else { outline.tags };
    let source = SourceTable { name: outline.name, url: web_address(&outline.url), tags, keys };
    (source, left.into_iter().map(|(key, _)| key).collect())
}

/// `feed://` and a missing scheme are common in lists; everything else stays as it is written.
fn web_address(text: &str) -> String {
    let text = text.trim();
    let bare = text.strip_prefix("feed://").map(|rest| format!("http://{rest}"));
    let bare = bare.or_else(|| text.strip_prefix("feed:").map(str::to_owned));
    let text = bare.unwrap_or_else(|| text.to_owned());
    if Url::parse(&text) == Err(url::ParseError::RelativeUrlWithoutBase) && text.contains('.') {
        return format!("https://{}", text.trim_start_matches('/'));
    }
    text
}

impl Tally {
    fn take(&mut self, outline: Outline, file: &mut SourcesFile) {
        let (mut source, left) = source_of(outline, &file.language());
        let shown = format!("{} {}", source.name, source.url).trim().to_owned();
        if let Some(place) = file.with_address(&source.url) {
            self.skipped.push((shown, format!("it is known: {place}")));
            return;
        }
        source.name = file.free_name(&source.name, &source.url);
        if let Some(fault) = file.fault_of(&source) {
            self.skipped.push((shown, fault));
            return;
        }
        if !left.is_empty() {
            self.notes.push(format!("{shown}: {} is not taken from a list", left.join(", ")));
        }
        file.reserve(&source);
        self.added.push(source);
    }

    fn show(&self, output: Output, outcome: Outcome) -> anyhow::Result<()> {
        for note in &self.notes {
            complain_of(note);
        }
        if output == Output::Json {
            let added: Vec<_> =
                self.added.iter().map(|source| json!({"name": source.name, "url": source.url})).collect();
            let skipped: Vec<_> =
                self.skipped.iter().map(|(source, why)| json!({"source": source, "why": why})).collect();
            let written = outcome == Outcome::Written;
            output::json(&json!({"added": added, "skipped": skipped, "written": written}))?;
            return Ok(());
        }
        for (source, why) in &self.skipped {
            complain_of(&format!("skipped {source}: {why}"));
        }
        let verb = if outcome == Outcome::Written { "added" } else { "printed" };
        let told = format!("{} {verb}, {} skipped.", counted(self.added.len(), "source"), self.skipped.len());
        if outcome == Outcome::Written {
            output::line(told)?;
        } else {
            complain_of(&told);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::config;
    use crate::model::{Source, Timestamp};

    fn checked(text: &str) -> Vec<Source> {
        config::parse(text, "sources.toml", Path::new("/"), &|_| None)
            .unwrap_or_else(|problems| panic!("{problems}\n{text}"))
            .sources
    }

    /// Out as OPML and into an empty file.
    fn moved(text: &str) -> String {
        let outlines: Vec<Outline> =
            edit::sources(text).unwrap().into_iter().map(|written| outline_of(written.source).0).collect();
        let list = opml::read(opml::write("Tin", &outlines, Timestamp::EPOCH).as_bytes(), None).unwrap();
        let sources: Vec<SourceTable> =
            list.outlines.into_iter().map(|outline| source_of(outline, "vi").0).collect();
        edit::add("", &sources).unwrap()
    }

    #[test]
    fn sources_survive_the_way_through_opml() {
        let text = "[defaults]\nlanguage = 'en'\nevery = '1h'\nfull_text = false\n\n\
            [[source]]\nname = 'Báo \"A\" & <B>'\nurl = 'https://a.example/rss?x=1&y=\"2\"'\ntags = ['vi', 'a,b', 'x/y', 'R&D']\n\
            [[source]]\nname = 'true'\nurl = 'https://b.example/'\nevery = '90s'\nlanguage = 'zh'\ntimezone = 'Asia/Shanghai'\n\
            backfill = 'all'\nmax_age = 'off'\nfull_text = true\ntags = ['tech', 'chip']\n";
        assert_eq!(checked(&moved(text)), checked(text));
    }

    #[test]
    fn lists_from_elsewhere_bring_no_secrets() {
        let key = |key: &str| (key.to_owned(), "SMTP_PASSWORD".to_owned());
        let keys =
            vec![key("cookie_env"), key("name"), key("frobnicate"), ("every".to_owned(), "5m".to_owned())];
        let outline = Outline { url: "feed://x.example/rss".to_owned(), keys, ..Outline::default() };
        let (source, left) = source_of(outline, "vi");
        assert_eq!(source.url, "http://x.example/rss");
        assert_eq!(source.keys, [("every".to_owned(), "5m".to_owned())]);
        assert_eq!(left, ["cookie_env", "name", "frobnicate"]);
    }

    #[test]
    fn addresses_are_read_as_lists_write_them() {
        for (written, read) in [
            ("feed:https://a.example/x", "https://a.example/x"),
            (" a.example/x ", "https://a.example/x"),
            ("//a.example/x", "https://a.example/x"),
            ("http://a.example/x", "http://a.example/x"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(web_address(written), read);
        }
    }

    proptest! {
        #[test]
        fn any_sources_survive_the_way_through_opml(
            sources in proptest::collection::vec(
                ("[\\p{L}\\p{N}&<>\"'#=\\[\\] ]{1,12}", "[a-z0-9&=?%/\"']{0,12}", proptest::collection::vec("[\\p{L}\\p{N}&,/\"# ]{0,6}[a-z]", 0..4), 60u32..9000, any::<bool>()),
                1..5,
            ),
        ) {
            let tables: Vec<SourceTable> = sources.into_iter().zip(0..).map(|((name, path, tags, every, full), number)| SourceTable {
                name: format!("{name}{number}"),
                url: format!("https://{number}.example/{path}"),
                tags,
                keys: vec![("every".to_owned(), format!("{every}s")), ("full_text".to_owned(), full.to_string())],
            }).collect();
            let text = edit::add("", &tables).unwrap();
            prop_assert_eq!(checked(&moved(&text)), checked(&text));
        }
    }
}
