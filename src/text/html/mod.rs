//! HTML made safe for a parser, by whichever stage it is read.

mod bound;
mod marks;
mod markup;

pub use bound::{Bounded, bound};
