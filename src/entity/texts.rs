//! Many short texts in one allocation: a catalogue may hold a million of them.

/// Texts by number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<u32>,
}

/// The number of a text.
pub(super) type TextId = u32;

impl Texts {
    /// Keeps a text and returns its number.
    pub(super) fn push(&mut self, text: &str) -> TextId {
        self.all.push_str(text);
        self.ends.push(self.all.len() as u32);
        (self.ends.len() - 1) as TextId
    }

    /// The text of this number; empty where there is none.
    pub(super) fn get(&self, id: TextId) -> &str {
        let index = id as usize;
        let start =
            index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0) as usize;
        let end = self.ends.get(index).map_or(start, |end| *end as usize);
        self.all.get(start..end).unwrap_or_default()
    }

    /// Gives back what was taken in advance.
    pub(super) fn shrink(&mut self) {
        self.all.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}
