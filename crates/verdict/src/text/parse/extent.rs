//! Where a value ends in its text. The parser takes what may stand behind a closing quote or bracket along with the
//! value (blanks, and a comment), and it ends a block where the next thing begins.

use std::ops::Range;

use saphyr_parser::{Event, ScalarStyle};

/// The bytes of what an event stands for, without what only follows it.
pub(super) fn trimmed(text: &str, event: &Event<'_>, span: Range<usize>) -> Range<usize> {
    let written = text.get(span.clone()).unwrap_or("");
    let length = match event {
        // A block, or a mapping of one entry in a list in brackets, has no bracket of its own.
        Event::SequenceEnd | Event::MappingEnd => usize::from(written.starts_with([']', '}'])),
        Event::Scalar(_, ScalarStyle::DoubleQuoted, ..) => quoted(written, '\\'),
        Event::Scalar(_, ScalarStyle::SingleQuoted, ..) => quoted(written, '\''),
        _ => written.len(),
    };
    span.start..span.start + length
}

/// The length of a text in quotes, both quotes included. `escape` takes the character behind it along: a backslash, or
/// the quote itself, which then stands for one.
fn quoted(written: &str, escape: char) -> usize {
    let mut characters = written.char_indices();
    let Some((_, quote)) = characters.next() else {
        return 0;
    };
    while let Some((at, character)) = characters.next() {
        let is_followed = || {
            written
                .get(at + 1..)
                .is_some_and(|rest| rest.starts_with(quote))
        };
        if character == escape && (escape != quote || is_followed()) {
            characters.next();
        } else if character == quote {
            return at + quote.len_utf8();
        }
    }
    written.len()
}
