//! What a good file says.

use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

use chrono_tz::Tz;

use super::read;
use crate::alert::EmptyDigest;
use crate::config::load::data_dir_of;
use crate::config::{SmtpSecurity, schema};
use crate::model::{Alias, Backfill, CaseRule, FullText, Language, MaxAge, Recipient};
use crate::schedule::{Cadence, Cron};

const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);

#[test]
fn a_file_of_one_source_has_every_default() {
    let config = read("").unwrap();
    assert_eq!(config.daemon.timezone, Tz::Asia__Ho_Chi_Minh);
    assert_eq!(config.daemon.language, Language::Vi);
    assert_eq!(config.daemon.data_dir, Path::new("/etc/diemtin/data"));
    assert_eq!(config.web.listen.to_string(), "127.0.0.1:8080");
    assert_eq!((config.fetch.concurrency, config.fetch.per_host), (32, 2));
    assert_eq!((config.fetch.max_feed, config.fetch.max_page), (16 << 20, 8 << 20));
    assert!(config.email.is_none());
    let source = &config.sources[0];
    assert_eq!((source.every, source.full_text), (15 * MINUTE, FullText::Page));
    assert_eq!((source.backfill, source.max_age), (Backfill::Within(2 * DAY), MaxAge::Within(30 * DAY)));
    assert_eq!((source.language.as_str(), source.timezone), ("vi", Tz::Asia__Ho_Chi_Minh));
}

#[test]
fn where_the_data_lie_is_known_without_secrets_and_in_spite_of_mistakes_elsewhere() {
    let found = |text: &str| data_dir_of(text, "sources.toml", Path::new("/etc/diemtin"));
    let default = Path::new("/etc/diemtin/data");
    let secret = "[email]\nsmtp = \"smtp://127.0.0.1:25\"\nuser = \"bot\"\npassword_env = \"UNSET\"\nfrom = \"bot@example.org\"";
    assert_eq!(found(secret).unwrap(), default);
    let rule = "[[alert]]\nname = \"a\"\nrule = \"Nobody AND\"\nto = [\"mail:x\"]";
    assert_eq!(found(rule).unwrap(), default);
    let elsewhere = "[daemon]\ndata_dir = \"/srv/news\"\nlanguag = \"vi\"";
    assert_eq!(found(elsewhere).unwrap(), Path::new("/srv/news"));
    let left_out = "[daemon]\nlanguag = \"vi\"\n[[source]]\nevry = \"1h\"";
    assert_eq!(found(left_out).unwrap(), default);
    for unknown in [
        "[deamon]\ndata_dir = \"/srv/news\"",
        "[daemon]\ndatadir = \"/srv/news\"",
        "[daemon\ndata_dir = \"/srv/news\"",
        "[daemon]\ndata_dir = \" \"",
    ] {
        assert!(found(unknown).is_err(), "{unknown}");
    }
}

#[test]
fn the_defaults_that_the_schema_names_are_those_in_use() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let tables = schema["properties"].as_object().unwrap();
    let mut text = String::new();
    for (table, table_schema) in tables.iter().filter(|(_, schema)| schema.get("items").is_none()) {
        writeln!(text, "[{table}]").unwrap();
        for (key, key_schema) in table_schema["properties"].as_object().unwrap() {
            if let Some(default) = key_schema.get("default") {
                writeln!(text, "{key} = {default}").unwrap();
            }
        }
    }
    let text = text.replace("[email]\n", "");
    assert!(text.contains("max_feed = \"16MiB\""), "{text}");
    assert_eq!(format!("{:?}", read(&text).unwrap()), format!("{:?}", read("").unwrap()));
}

#[test]
fn a_source_overrides_the_defaults() {
    let config = read(
        "[fetch]\nmin_every = \"5m\"\n[defaults]\nfull_text = false\nevery = \"1h30m\"\nlanguage = \"en-GB\"\nbackfill = \"all\"\n\
         [[source]]\nname = \" A \"\nurl = \"http://a.example/rss\"\nevery = \"10s\"\nfull_text = true\n\
         max_age = \"off\"\ntimezone = \"asia/shanghai\"",
    )
    .unwrap();
    let [first, second] = config.sources.as_slice() else { panic!("{:?}", config.sources) };
    assert_eq!((first.name.as_str(), first.every), ("A", 5 * MINUTE));
    assert_eq!((first.full_text, first.max_age), (FullText::Page, MaxAge::Off));
    assert_eq!((first.backfill, first.timezone), (Backfill::All, Tz::Asia__Shanghai));
    assert_eq!(
        (second.every, second.language.as_str(), second.full_text),
        (90 * MINUTE, "en", FullText::Feed)
    );
}

#[test]
fn copies_are_made_by_the_clock_where_the_file_says_when() {
    assert!(read("[store]\nbackup_keep = 3").unwrap().store.backups.is_none());
    let store = read("[store]\nbackup_cron = \"0 3 * * *\"").unwrap().store;
    assert_eq!(store.backups.unwrap().keep, 7);
}

#[test]
fn a_source_can_say_what_it_was_called() {
    let source = |name: &str, was: &str| {
        format!("[[source]]\nname = \"{name}\"\nurl = \"http://a.example/{name}\"\nwas = \"{was}\"\n")
    };
    let config = read(&source("Số hóa", "So hoa")).unwrap();
    assert_eq!(config.renamed["Số hóa"], "So hoa");
    assert_eq!(read(&source("OpenAI", "openAI")).unwrap().renamed["OpenAI"], "openAI");
    let twice = super::problems(&(source("A", "b") + &source("C", "b")));
    assert_eq!(twice, ["8:7: the name \"b\" is taken by the \"was\" of line 4"]);
    let problems = super::problems(&(source("A", "b") + &source("B", "C")));
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].starts_with("4:7: a source of this file is still called \"b\""), "{problems:?}");
}

#[test]
fn a_vietnamese_source_keeps_the_time_of_vietnam() {
    let url = "url = \"http://a.example/rss\"";
    for (defaults, source, zone) in [
        ("timezone = \"Europe/Berlin\"", "language = \"vi\"", Tz::Asia__Ho_Chi_Minh),
        ("timezone = \"Europe/Berlin\"", "language = \"vi-VN\"\ntimezone = \"UTC\"", Tz::UTC),
        ("timezone = \"Europe/Berlin\"", "language = \"de\"", Tz::Europe__Berlin),
        // Without a word about the source, the zone given for all holds.
        ("timezone = \"Europe/Berlin\"", "", Tz::Europe__Berlin),
        ("language = \"de\"", "", Tz::Asia__Ho_Chi_Minh),
    ] {
        let config =
            read(&format!("[defaults]\n{defaults}\n[[source]]\nname = \"A\"\n{url}\n{source}")).unwrap();
        assert_eq!(config.sources[0].timezone, zone, "{defaults} {source}");
    }
}

#[test]
fn a_source_is_polled_at_an_interval_automatically_or_at_the_times_of_a_cron_line() {
    let config = read(
        "[daemon]\ntimezone = \"Asia/Tokyo\"\n[fetch]\nmin_every = \"2m\"\n[defaults]\nevery = \"auto\"\n\
         [[source]]\nname = \"fixed\"\nurl = \"http://a.example/1\"\nevery = \"10m\"\n\
         [[source]]\nname = \"by default\"\nurl = \"http://a.example/2\"\n\
         [[source]]\nname = \"at times\"\nurl = \"http://a.example/3\"\ncron = \"0 */15 6-22 * * *\"",
    )
    .unwrap();
    let planned = |name: &str| {
        let source = config.sources.iter().find(|source| source.name == name).unwrap();
        (source.every, config.cadences.get(name).cloned().unwrap_or_default())
    };
    let cron = Cron::parse("0 */15 6-22 * * *", Tz::Asia__Tokyo).unwrap();
    assert_eq!(planned("fixed"), (10 * MINUTE, Cadence::Interval));
    assert_eq!(planned("by default"), (2 * MINUTE, Cadence::Auto));
    assert_eq!(planned("at times"), (2 * MINUTE, Cadence::Cron(cron)));
}

#[test]
fn an_entity_without_aliases_is_known_by_its_name() {
    let config = read(
        "[[entity]]\nname = \"SMIC\"\n[[entity]]\nname = \"Ascend\"\naliases = [{ text = \"Ascend\", case = \"exact\" }, \"昇腾\"]",
    )
    .unwrap();
    let alias = |text: &str, case| Alias { case, ..Alias::plain(text) };
    assert_eq!(config.entities[0].aliases, [alias("SMIC", CaseRule::Fold)]);
    assert_eq!(config.entities[1].aliases, [alias("Ascend", CaseRule::Exact), alias("昇腾", CaseRule::Fold)]);
}

#[test]
fn mail_servers_have_the_usual_ports() {
    for (smtp, security, host, port) in [
        ("smtp://mail.example", SmtpSecurity::Plain, "mail.example", 25),
        ("starttls://Mail.Example", SmtpSecurity::StartTls, "mail.example", 587),
        ("smtps://mail.example/", SmtpSecurity::Tls, "mail.example", 465),
        ("smtp://127.0.0.1:2525", SmtpSecurity::Plain, "127.0.0.1", 2525),
        ("smtp://[::1]:2525", SmtpSecurity::Plain, "::1", 2525),
    ] {
        let email =
            read(&format!("[email]\nsmtp = \"{smtp}\"\nfrom = \"a@b.example\"")).unwrap().email.unwrap();
        assert_eq!((email.security, email.host.as_str(), email.port), (security, host, port));
    }
}

#[test]
fn alerts_and_digests_name_what_the_file_defines() {
    let config = read(
        "[[entity]]\nname = \"Huawei\"\n\
         [[alert]]\nname = \"A\"\nrule = \"Huawei\"\ntags = [\"VI\"]\nto = [\"mail:a@b.example\", \"mail:a@b.example\"]\n\
         [[digest]]\nname = \"D\"\ncron = \"30 7 * * *\"\nentities = [\"huawei\"]\nto = [\"webhook:OPS\"]\nempty = \"skip\"\n\
         [[webhook]]\nname = \"ops\"\nurl_env = \"HOOK\"",
    )
    .unwrap();
    assert_eq!(config.alerts[0].to, [Recipient::Mail("a@b.example".to_owned())]);
    assert!(config.alerts[0].sources.tags.contains("vi"));
    let digest = &config.digests[0];
    assert!(digest.digest.entities.contains("Huawei"));
    assert_eq!(digest.digest.to, [Recipient::Webhook("ops".to_owned())]);
    assert_eq!((digest.digest.max_items, digest.digest.empty), (40, EmptyDigest::Skip));
    assert_eq!(digest.cron.line(), "30 7 * * *");
}

#[test]
fn languages_are_those_of_the_recipient_then_of_the_list_then_of_all() {
    let config = read(
        "[daemon]\nlanguage = \"vi\"\n[[entity]]\nname = \"Huawei\"\n\
         [[alert]]\nname = \"A\"\nrule = \"Huawei\"\nlanguage = \"en\"\nto = [\"webhook:ops\"]\n\
         [[digest]]\nname = \"D\"\ncron = \"30 7 * * *\"\nlanguage = \"en\"\nto = [\"mail:a@b.example\"]\n\
         [[digest]]\nname = \"E\"\ncron = \"30 7 * * *\"\nto = [\"mail:a@b.example\"]\n\
         [[webhook]]\nname = \"ops\"\nurl_env = \"HOOK\"\nlanguage = \"vi\"",
    )
    .unwrap();
    let languages = config.languages();
    assert_eq!(languages.usual, Language::Vi);
    assert_eq!(languages.alerts.get("A"), Some(&Language::En));
    assert_eq!((languages.digests.get("D"), languages.digests.get("E")), (Some(&Language::En), None));
    assert_eq!(languages.webhooks.get("ops"), Some(&Language::Vi));
}

#[test]
fn rules_of_pages_are_kept_by_source() {
    let config = read(
        "[[source]]\nname = \"A\"\nurl = \"https://a.example/\"\nbody = \"div.detail\"\ntitle = \"h1\"\nlead = \".sapo\"\n\
         author = \".who\"\ndate = \"time\"\nremove = [\".box\", \"p.donate\"]\n\
         [[source]]\nname = \"B\"\nurl = \"https://b.example/\"",
    )
    .unwrap();
    assert_eq!(config.rules.keys().collect::<Vec<_>>(), ["A"]);
    for (rule, selector) in
        [("body", "div.detail"), ("lead", ".sapo"), ("remove", ".box"), ("remove", "p.donate")]
    {
        assert!(config.rules["A"].contains(rule, selector), "{rule}");
    }
}
