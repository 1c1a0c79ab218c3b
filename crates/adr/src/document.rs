//! A whole architecture decision record, read once: what it says about itself, and the records it carries.

use std::ops::Range;

use thiserror::Error;

use crate::block::{Record, is_near_miss};
use crate::front_matter::FrontMatter;
use crate::lines::text_start;
use crate::metadata::Metadata;
use crate::structure::{NestedTooDeep, Structure};

/// A Markdown file read as a decision record. Every span is in bytes of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adr {
    /// Title, date and status.
    pub metadata: Metadata,
    /// The records it carries: one in a sound file.
    pub records: Vec<Record>,
    /// Fenced blocks whose info string was probably meant to mark a record and does not.
    pub near_misses: Vec<Range<usize>>,
    /// The front matter, when there is one.
    pub front_matter: Option<FrontMatter>,
    /// The structure of the body.
    pub structure: Structure,
}

impl Adr {
    /// Reads a Markdown file in time linear in its length.
    pub fn read(text: &str) -> Result<Self, NestedTooDeep> {
        let front_matter = FrontMatter::find(text);
        let body = front_matter
            .as_ref()
            .map_or(text_start(text), |matter| matter.span.end);
        let structure = Structure::read(text, body)?;
        Ok(Adr {
            metadata: Metadata::read(text, front_matter.as_ref(), &structure, body),
            records: Record::find_all(text, front_matter.as_ref(), &structure),
            near_misses: near_misses(&structure),
            front_matter,
            structure,
        })
    }
}

fn near_misses(structure: &Structure) -> Vec<Range<usize>> {
    structure
        .fences
        .iter()
        .filter(|fence| is_near_miss(&fence.info))
        .map(|fence| fence.span.clone())
        .collect()
}

/// A file that is not text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotText {
    /// Some bytes are no UTF-8.
    #[error(
        "is not UTF-8: the byte at offset {offset} begins no character; save the file as UTF-8"
    )]
    Utf8 {
        /// Offset of the first such byte.
        offset: usize,
    },
    /// The file says that it is UTF-16.
    #[error("is UTF-16; save the file as UTF-8")]
    Utf16,
}

impl NotText {
    /// Whether the bytes begin like UTF-16.
    pub fn is_utf16(bytes: &[u8]) -> bool {
        matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
    }
}

/// The text of a file. A byte order mark stays where it is.
pub fn decode(bytes: &[u8]) -> Result<&str, NotText> {
    if NotText::is_utf16(bytes) {
        return Err(NotText::Utf16);
    }
    std::str::from_utf8(bytes).map_err(|error| NotText::Utf8 {
        offset: error.valid_up_to(),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::structure::tests::shortest;

    #[test]
    fn bytes_that_are_no_text_are_named() {
        assert_eq!(decode(b"ab\xff"), Err(NotText::Utf8 { offset: 2 }));
        assert_eq!(decode(b"\xff\xfea\0"), Err(NotText::Utf16));
        assert_eq!(decode("\u{feff}é".as_bytes()), Ok("\u{feff}é"));
    }

    #[test]
    fn a_block_with_a_slip_in_its_info_string_is_pointed_at() {
        let adr = Adr::read("# T\n\n```mesh-advisor yaml\na: 1\n```\n").unwrap();
        assert_eq!((adr.records.len(), adr.near_misses.len()), (0, 1));
    }

    #[test]
    fn a_megabyte_of_metadata_takes_less_than_a_second() {
        for (start, piece) in [
            ("Status: ", "]("),
            ("Status: ", "~~"),
            ("Status: ", "<!--"),
            ("", "Status: accepted\n"),
            ("", "Status:\n\n"),
            ("# T\n## Status\n", "superseded by [a](b)\n"),
            ("", "| Status | a |\n|--|--|\n"),
            ("", "|"),
            ("", "# Status\n"),
            ("---\n", "a: b\n"),
            ("---\n", "x-mesh-advisor:\n"),
            ("---\nx-mesh-advisor:\n", " - {\n"),
            ("---\n", "\n"),
            ("", "```yaml mesh-advisor\n```\n"),
            ("", "```yaml mesh-advisor\n"),
            ("---\nlinks:\n", "- target: 1\n"),
            ("Status: ", ":a"),
            ("Status: ", "accepted, "),
            ("> ", "> Status: a\n"),
        ] {
            let text = start.to_owned() + &piece.repeat(1_000_000 / piece.len()) + "\n---\n";
            let taken = shortest(|| {
                let _ = Adr::read(&text);
            });
            assert!(taken < 1.0, "{taken} s for {start:?} {piece:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_a_panic(text in "(?s).{0,200}") {
            let _ = Adr::read(&text);
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Adr::read(&String::from_utf8_lossy(&bytes));
        }
    }
}
