//! What the outcome of an extraction depends on besides the page: code, rules and what was learnt.

use std::fmt;

/// Counted up by hand where extraction changes between two releases; a release is told by its version.
const CHANGES: &str = "2";

/// Two extractions of one page in one epoch give the same article. A difference between two epochs says nothing about
/// the page: it may be the doing of a new version, of a changed rule, or of what was learnt since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Epoch {
    code: u64,
    rules: u64,
    learnt: u64,
}

impl Epoch {
    pub(super) fn new(rules: u64, learnt: u64) -> Self {
        Self { code: fingerprint(&[env!("CARGO_PKG_VERSION"), CHANGES]), rules, learnt }
    }

    /// That of texts which neither rules nor anything learnt touches: what a feed carries itself.
    pub fn of_code() -> Self {
        Self::new(0, 0)
    }
}

impl fmt::Display for Epoch {
    /// Code, rules and what was learnt, apart, so that it can be seen which of them changed; a dash where there is none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.code as u32)?;
        for part in [self.rules, self.learnt] {
            if part == 0 {
                f.write_str(".-")?;
            } else {
                write!(f, ".{:08x}", part as u32)?;
            }
        }
        Ok(())
    }
}

/// A hash of these texts that is the same on every machine and in every version: FNV-1a of 64 bits
/// (<http://www.isthe.com/chongo/tech/comp/fnv/>).
pub(super) fn fingerprint(texts: &[&str]) -> u64 {
    let bytes = texts.iter().flat_map(|text| text.bytes().chain([0xFF]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
