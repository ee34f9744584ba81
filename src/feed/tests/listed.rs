//! What of a feed decides whether it lists something new.

use crate::feed::listed_part;

#[test]
fn what_changes_around_the_entries_does_not_count() {
    let rss = |built: &str, items: &str, tail: &str| {
        format!("<rss><channel><lastBuildDate>{built}</lastBuildDate>{items}</channel></rss><!-- {tail} -->")
    };
    let atom =
        |updated: &str, entries: &str| format!("\u{FEFF}<feed><updated>{updated}</updated>{entries}</feed>");
    let items = "<item><title>Một</title></item><item><title>Hai</title></item>";
    let edited = "<item><title>Một</title></item><item><title>Ba</title></item>";
    let open = "<item><title>Một</title></item><item><title>Hai";
    for (why, one, other, alike) in [
        ("the time of making", rss("1", items, "a"), rss("2", items, "a"), true),
        ("a comment behind", rss("1", items, "0.1 s"), rss("1", items, "0.2 s"), true),
        ("an edited entry", rss("1", items, "a"), rss("1", edited, "a"), false),
        ("an entry that is not closed", rss("1", open, "a"), rss("1", open, "b"), false),
        ("the time of an Atom feed", atom("1", "<entry>x</entry>"), atom("2", "<entry>x</entry>"), true),
        ("a new Atom entry", atom("1", "<entry>x</entry>"), atom("1", "<entry>x</entry><entry/>"), false),
        ("a feed without entries", rss("1", "", "a"), rss("2", "", "a"), false),
        (
            "entries under a prefix",
            rss("1", "<a:item>x</a:item><p>&lt;item</p>", "<item/>"),
            rss("1", "<a:item>y</a:item>", "<item/>"),
            false,
        ),
        (
            "a JSON Feed",
            "{\"items\":[\"1 <item></item>\"]}".to_owned(),
            "{\"items\":[\"2 <item></item>\"]}".to_owned(),
            false,
        ),
    ] {
        assert_eq!(listed_part(one.as_bytes()) == listed_part(other.as_bytes()), alike, "{why}");
    }
}
