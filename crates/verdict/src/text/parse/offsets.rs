//! Character positions, as the event parser counts, to byte positions, as Rust does.

use std::ops::Range;

use saphyr_parser::Span;

/// The byte offsets of a text's characters.
pub(super) struct Offsets {
    /// The byte offset of each character; empty when all characters are single bytes.
    of_characters: Vec<usize>,
    length: usize,
}

impl Offsets {
    pub(super) fn of(text: &str) -> Self {
        let of_characters = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(offset, _)| offset).collect()
        };
        Self {
            of_characters,
            length: text.len(),
        }
    }

    pub(super) fn byte(&self, character: usize) -> usize {
        if self.of_characters.is_empty() {
            return character.min(self.length);
        }
        self.of_characters
            .get(character)
            .copied()
            .unwrap_or(self.length)
    }

    pub(super) fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }
}
