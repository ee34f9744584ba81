//! robots.txt (RFC 9309): what a site wants left alone. Pure: bytes to rules, rules and an address to an answer.
//!
//! Where the RFC leaves room this follows Google's parser, because that is what sites write for: a missing colon and the usual
//! misspellings of `disallow` count, and lines between `User-agent` lines do not end a group's head.

mod escape;
mod parse;
mod rules;
#[cfg(test)]
mod tests;

pub use rules::Rules;

/// The name that groups address this program by, whatever version or contact the `User-Agent` adds.
pub const PRODUCT_TOKEN: &str = "diemtin";

/// The most of a robots.txt that is read (RFC 9309, 2.5); what came before is heeded.
pub const MOST_BYTES: usize = 500 * 1024;
