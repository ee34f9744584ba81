//! Text as the stages see it: decoded, normalised, folded; dates and languages read from it.

pub mod address;
pub mod charset;
pub mod date;
pub mod fold;
pub mod html;
pub mod language;
pub mod normalise;
pub mod number;
pub mod paragraph;
pub mod sentence;
pub mod tongues;
pub mod word;
