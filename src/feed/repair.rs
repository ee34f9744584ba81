//! What was mended, one sentence each.

/// The sentences so far, each once.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    sentences: Vec<&'static str>,
}

impl Repairs {
    /// Remembers that this was done.
    pub(super) fn note(&mut self, sentence: &'static str) {
        if !self.sentences.contains(&sentence) {
            self.sentences.push(sentence);
        }
    }

    /// Tells them to the user.
    pub(super) fn report(self, repairs: &mut Vec<String>) {
        repairs.extend(self.sentences.into_iter().map(str::to_owned));
    }
}
