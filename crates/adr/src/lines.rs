//! The lines of a text with their byte offsets and their endings, so that an edit can keep every byte it does not own.

use std::ops::Range;

/// U+FEFF in UTF-8: editors on Windows put it before the first character.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One line: where it starts, where its text ends, and where the next one starts (all byte offsets).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the text, before the line ending.
    pub end: usize,
    /// Offset just past the line ending.
    pub next: usize,
}

impl Line {
    /// The bytes of the text, without the line ending.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The text without the line ending.
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        slice(text, self.span())
    }

    /// The line ending: empty on a last line that has none.
    pub fn ending<'t>(&self, text: &'t str) -> &'t str {
        slice(text, self.end..self.next)
    }

    /// Whether the line holds nothing but white space.
    pub fn is_blank(&self, text: &str) -> bool {
        self.text(text).trim().is_empty()
    }
}

/// The lines of `text` that start inside `within`. A line ends with `\n`, `\r\n` or `\r`, as Markdown has it.
pub fn lines(text: &str, within: Range<usize>) -> impl Iterator<Item = Line> + '_ {
    let stop = within.end.min(text.len());
    let mut start = within.start;
    std::iter::from_fn(move || {
        if start >= stop {
            return None;
        }
        let rest = slice(text, start..text.len());
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let ending = match rest.as_bytes().get(length..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        let line = Line {
            start,
            end: start + length,
            next: start + length + ending,
        };
        start = line.next;
        Some(line)
    })
}

/// The line that holds the byte at `offset`, which may lie within a letter.
///
/// # Panics
/// The text ends before that.
pub fn line_at(text: &str, offset: usize) -> Line {
    let (before, _) = text.as_bytes().split_at(offset);
    let ending = before
        .iter()
        .rposition(|byte| matches!(byte, b'\n' | b'\r'));
    let start = ending.map_or(0, |at| at + 1);
    lines(text, start..text.len()).next().unwrap_or(Line {
        start,
        end: start,
        next: start,
    })
}

/// Where the text proper begins: after a byte order mark, if there is one.
pub fn text_start(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    }
}

/// The part of `text` in `span`, which was made from this text.
///
/// # Panics
/// It was not. An empty text in its place would be a record that is silently another one.
pub fn slice(text: &str, span: Range<usize>) -> &str {
    #[expect(
        clippy::expect_used,
        reason = "a span of another text is a slip of ours"
    )]
    text.get(span).expect("a span of this text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_ending_is_kept_apart() {
        let text = "a\nb\r\nc\r\rd";
        let found: Vec<_> = lines(text, 0..text.len())
            .map(|line| (line.text(text), line.ending(text)))
            .collect();
        assert_eq!(
            found,
            [
                ("a", "\n"),
                ("b", "\r\n"),
                ("c", "\r"),
                ("", "\r"),
                ("d", "")
            ]
        );
    }

    #[test]
    fn a_line_is_found_from_any_byte_in_it() {
        let text = "ab\r\ncd\ref";
        assert_eq!(line_at(text, 5).text(text), "cd");
        assert_eq!(line_at(text, 8).text(text), "ef");
        assert_eq!(line_at(text, 0).text(text), "ab");
        assert_eq!(line_at(text, text.len()).text(text), "ef");
    }
}
