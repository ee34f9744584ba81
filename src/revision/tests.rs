//! What counts as a change, and what does not.
