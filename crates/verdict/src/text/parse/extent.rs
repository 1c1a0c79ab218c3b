//! Where a value begins and ends in its text. The parser takes what may stand behind a closing quote or bracket along
//! with the value (blanks, and a comment), and an anchor before it; it ends a block where the next thing begins, and
//! begins a list that stands no farther in than its key with the first entry instead of its hyphen.

use std::ops::Range;

use saphyr_parser::{Event, ScalarStyle};

/// The bytes of what an event stands for, without what only stands beside it. `is_entry` says whether it is an entry of
/// a list, whose hyphen is not its own.
pub(super) fn trimmed(
    text: &str,
    event: &Event<'_>,
    span: Range<usize>,
    is_entry: bool,
) -> Range<usize> {
    let written = text.get(span.clone()).unwrap_or("");
    match event {
        // A block, or a mapping of one entry in a list in brackets, has no bracket of its own.
        Event::SequenceEnd | Event::MappingEnd => {
            span.start..span.start + usize::from(written.starts_with([']', '}']))
        }
        Event::SequenceStart(..) if !is_entry => {
            hyphen(text, span.start).unwrap_or(span.start)..span.end
        }
        Event::Scalar(_, style, ..) => {
            let bare = written.len() - without(written, &['&', '!']).len();
            let quoted = |escape| bare + quoted(written.get(bare..).unwrap_or(""), escape);
            let end = match style {
                ScalarStyle::DoubleQuoted => quoted('\\'),
                ScalarStyle::SingleQuoted => quoted('\''),
                // A text of several lines is said to end where the next thing begins.
                ScalarStyle::Literal | ScalarStyle::Folded => written.trim_end().len(),
                _ => written.len(),
            };
            // A tag says how the value is meant, and belongs to it; an anchor is for others.
            let start = written.len() - without(written, &['&']).len();
            span.start + start.min(end)..span.start + end
        }
        _ => span,
    }
}

/// The hyphen of the first entry of a list, where the list is said to begin behind it.
fn hyphen(text: &str, start: usize) -> Option<usize> {
    let before = text.get(..start)?.trim_end_matches([' ', '\t']);
    let is_entry = before.len() < start && before.ends_with('-');
    is_entry.then(|| before.len() - 1)
}

/// What is written behind the words at its start that begin with one of these.
fn without<'t>(written: &'t str, marks: &[char]) -> &'t str {
    let mut rest = written;
    while rest.starts_with(marks) {
        let Some(end) = rest.find(char::is_whitespace) else {
            break;
        };
        rest = rest.get(end..).unwrap_or("").trim_start();
    }
    rest
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
