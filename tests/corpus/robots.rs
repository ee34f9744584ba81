//! robots.txt files with known answers: those of Google's parser, and examples of RFC 9309.

use diemtin::fetch::robots::Rules;
use serde::Deserialize;
use url::Url;

use super::{corpus, read};

/// Where the RFC decides otherwise: octets mean the same however they are escaped (64, 66, 67), and `index.html` is not its
/// folder (79).
const OTHERWISE: [u32; 4] = [64, 66, 67, 79];

#[derive(Deserialize)]
struct Case {
    id: u32,
    robots: String,
    agent: String,
    url: String,
    expected: bool,
}

#[test]
fn robots_files_are_understood_as_meant() {
    let Some(folder) = corpus("robots") else { return };
    let cases = ["cases.json", "extra.json"].map(|name| read(&folder.join(name)));
    let cases: Vec<Case> =
        cases.iter().flat_map(|json| serde_json::from_slice::<Vec<Case>>(json).unwrap()).collect();
    let base = Url::parse("http://foo.bar/").unwrap();
    let wrong = cases.iter().filter(|case| {
        let allowed =
            Rules::parse(case.robots.as_bytes(), &case.agent).allows(&base.join(&case.url).unwrap());
        let expected = case.expected != OTHERWISE.contains(&case.id);
        allowed != expected
    });
    let wrong: Vec<u32> = wrong.map(|case| case.id).collect();
    println!("robots: {} of {} cases", cases.len() - wrong.len(), cases.len());
    assert!(wrong.is_empty(), "decided otherwise: {wrong:?}");
}
