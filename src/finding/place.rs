//! Places in a file as people and CI formats count them, made from byte spans by the one [`LineIndex`],
//! and how a file is named.

use std::ops::Range;

use adr::lines::{slice, text_start};

/// A stretch of text: lines and columns start at 1, columns count Unicode characters, the end column is one past the
/// last character. A byte order mark is no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Line of the first character.
    pub line: usize,
    /// Column of the first character.
    pub column: usize,
    /// Line of the character after the last.
    pub end_line: usize,
    /// Column of the character after the last.
    pub end_column: usize,
}

impl Place {
    /// The beginning of a file: the place of what is missing from it.
    pub const START: Place = Place {
        line: 1,
        column: 1,
        end_line: 1,
        end_column: 1,
    };
}

/// A piece of one source line to show under a finding, cut to a width that fits a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// The characters, as they stand in the file (not escaped).
    pub text: String,
    /// Column of the first of them, 1 unless the line was cut on the left.
    pub first_column: usize,
}

/// The most characters of a source line that a finding carries: a line of a megabyte is shown in part.
const EXCERPT_WIDTH: usize = 160;

/// Where the lines of a text begin; turns byte offsets into places.
#[derive(Debug, Clone)]
pub struct LineIndex<'t> {
    text: &'t str,
    starts: Vec<usize>,
    /// How many characters begin before each block of the text: a file of one long line has its places too.
    characters: Vec<usize>,
}

/// The size of a block, in bytes.
const BLOCK: usize = 1024;

impl<'t> LineIndex<'t> {
    /// Reads `text` once for its line feeds. A lone carriage return is no new line here: neither GitHub nor SARIF
    /// counts one.
    pub fn new(text: &'t str) -> Self {
        let first = text_start(text);
        let starts = std::iter::once(first)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let blocks = text.as_bytes().chunks(BLOCK);
        let characters = std::iter::once(0)
            .chain(blocks.scan(0, |count, block| {
                *count += beginning_in(block);
                Some(*count)
            }))
            .collect();
        LineIndex {
            text,
            starts,
            characters,
        }
    }

    /// The place of a byte span. Offsets past the end, or inside a character, move back to the nearest one that fits.
    pub fn place(&self, span: Range<usize>) -> Place {
        let (line, column) = self.position(span.start);
        let (end_line, end_column) = self.position(span.end.max(span.start));
        Place {
            line,
            column,
            end_line,
            end_column,
        }
    }

    /// The text of a line (counted from 1) without its ending; empty where there is no such line.
    pub fn line(&self, line: usize) -> &'t str {
        let Some(start) = line.checked_sub(1).and_then(|at| self.starts.get(at)) else {
            return "";
        };
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        slice(self.text, *start..end).trim_end_matches(['\n', '\r'])
    }

    /// The first line of a place, cut around its first column when the line is long.
    pub fn excerpt(&self, place: Place) -> Excerpt {
        let line = self.line(place.line);
        let skipped = if line.len() <= EXCERPT_WIDTH {
            0
        } else {
            place.column.saturating_sub(1 + EXCERPT_WIDTH / 4)
        };
        let start = place.line.checked_sub(1).and_then(|at| self.starts.get(at));
        let start = start.copied().unwrap_or(self.text.len());
        let from = self.offset(self.characters_before(start) + skipped);
        let shown = slice(self.text, from..(start + line.len()).max(from));
        let text: String = shown.chars().take(EXCERPT_WIDTH).collect();
        Excerpt {
            text,
            first_column: skipped + 1,
        }
    }

    fn position(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len()).max(text_start(self.text));
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.characters_before(offset) - self.characters_before(start) + 1;
        (line, column)
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let counted = self.characters.get(block).copied().unwrap_or(0);
        let rest = self.text.as_bytes().get(block * BLOCK..offset);
        counted + beginning_in(rest.unwrap_or_default())
    }

    /// Where the character begins before which there are so many.
    fn offset(&self, characters: usize) -> usize {
        let following = self
            .characters
            .partition_point(|count| *count <= characters);
        let mut from = (following.saturating_sub(1) * BLOCK).min(self.text.len());
        let counted = self.characters.get(following.saturating_sub(1)).copied();
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let rest = slice(self.text, from..self.text.len());
        let along = rest.char_indices().nth(characters - counted.unwrap_or(0));
        along.map_or(self.text.len(), |(at, _)| from + at)
    }
}

/// How many characters begin in some bytes of UTF-8.
fn beginning_in(bytes: &[u8]) -> usize {
    let continues = |byte: &&u8| **byte & 0b1100_0000 == 0b1000_0000;
    bytes.len() - bytes.iter().filter(continues).count()
}

/// A path as every output writes it: without `./` in front and without empty steps. Whoever reads the file system turns
/// its separators into forward slashes first: on some systems a backslash is part of a name.
pub fn normal_path(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let steps: Vec<&str> = path
        .split('/')
        .filter(|step| !matches!(*step, "" | "."))
        .collect();
    root.to_owned() + &steps.join("/")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_and_columns_count_characters_from_one() {
        let text = "\u{feff}é = 1\r\nabc\n";
        let index = LineIndex::new(text);
        let at = text.find("abc").unwrap();
        assert_eq!(
            index.place(3..5),
            Place {
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 2
            }
        );
        assert_eq!(
            index.place(at + 1..at + 3),
            Place {
                line: 2,
                column: 2,
                end_line: 2,
                end_column: 4
            }
        );
        assert_eq!(index.place(0..0), Place::START);
    }

    #[test]
    fn a_span_past_the_end_or_inside_a_character_still_has_a_place() {
        let index = LineIndex::new("é");
        assert_eq!(
            index.place(1..99),
            Place {
                line: 1,
                column: 1,
                end_line: 1,
                end_column: 2
            }
        );
    }

    #[test]
    fn a_line_comes_without_its_ending() {
        let index = LineIndex::new("one\r\ntwo");
        assert_eq!(
            (index.line(1), index.line(2), index.line(3), index.line(0)),
            ("one", "two", "", "")
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = "x".repeat(1000) + "HERE" + &"y".repeat(1000);
        let index = LineIndex::new(&text);
        let excerpt = index.excerpt(index.place(1000..1004));
        assert_eq!(excerpt.text.chars().count(), EXCERPT_WIDTH);
        assert_eq!(excerpt.text.find("HERE"), Some(1001 - excerpt.first_column));
    }

    proptest! {
        #[test]
        fn places_in_long_lines_are_counted_as_in_short_ones(
            pieces in proptest::collection::vec((0_usize..4, 1_usize..500), 0..8),
            at in 0_usize..4000,
        ) {
            let pieces = pieces.into_iter();
            let text: String = pieces.map(|(kind, count)| ["a", "é", "😀", "\n"][kind].repeat(count)).collect();
            let index = LineIndex::new(&text);
            let mut offset = at.min(text.len());
            while !text.is_char_boundary(offset) {
                offset -= 1;
            }
            let line = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
            let column = text[line..offset].chars().count() + 1;
            let place = index.place(offset..offset);
            prop_assert_eq!(place.column, column);
            let excerpt = index.excerpt(place);
            let whole = text[line..].lines().next().unwrap_or("");
            let expected: String =
                whole.chars().skip(excerpt.first_column - 1).take(EXCERPT_WIDTH).collect();
            prop_assert_eq!(excerpt.text, expected);
        }
    }

    #[test]
    fn paths_are_written_in_one_way() {
        assert_eq!(normal_path("./docs//adr/./1.md"), "docs/adr/1.md");
        assert_eq!(normal_path("/abs/1.md"), "/abs/1.md");
        assert_eq!(normal_path("../x.md"), "../x.md");
    }
}
