//! A whole architecture decision record, read once: what it says about itself, and the records it carries.

use std::ops::Range;

use thiserror::Error;

use crate::block::{FRONT_MATTER_KEY, Record, is_near_miss, is_record_info};
use crate::front_matter::{FrontMatter, Notation};
use crate::lines::{lines, slice, text_start};
use crate::metadata::Metadata;
use crate::parts::parts;
use crate::structure::{NestedTooDeep, Structure, holds};
use crate::words::Vocabulary;

/// A Markdown file read as a decision record. Every span is in bytes of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adr {
    /// Title, date and status.
    pub metadata: Metadata,
    /// The records it carries: one in a sound file.
    pub records: Vec<Record>,
    /// What was probably meant as a record and is none, by the first line of each.
    pub near_misses: Vec<NearMiss>,
    /// The decisions that the file holds, when it holds several; the whole body when it holds one.
    pub parts: Vec<Range<usize>>,
    /// The front matter, when there is one.
    pub front_matter: Option<FrontMatter>,
    /// The structure of the body.
    pub structure: Structure,
}

/// A block that is not read as a record, and was probably meant as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearMiss {
    /// The line that says so.
    pub span: Range<usize>,
    /// Why it is none.
    pub slip: Slip,
}

/// Why a block is not read as a record. All but the first are right in their words, and stand where nothing is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Its info string is not the one of a record.
    InfoString,
    /// It stands in a block quote.
    Quote,
    /// It stands in HTML, such as `<details>` without an empty line behind.
    Html,
    /// Four blanks or more make it plain text, as in the tabs and notes of MkDocs.
    Indented,
    /// A backtick behind the fence makes it code within a line.
    CodeInLine,
    /// It stands in front matter that is TOML.
    Toml,
}

impl Adr {
    /// Reads a Markdown file in time linear in its length, its status by the words of the table.
    pub fn read(text: &str) -> Result<Self, NestedTooDeep> {
        Self::read_with(text, &Vocabulary::default())
    }

    /// Reads a Markdown file with the status words that are in use.
    pub fn read_with(text: &str, vocabulary: &Vocabulary) -> Result<Self, NestedTooDeep> {
        let front_matter = FrontMatter::find(text);
        let body = front_matter
            .as_ref()
            .map_or(text_start(text), |matter| matter.span.end);
        let structure = Structure::read(text, body)?;
        let records = Record::find_all(text, front_matter.as_ref(), &structure);
        let parts = parts(text, &structure, body..text.len());
        // The status of a record is that of the decision which it stands under, and no other's.
        let within = match (parts.as_slice(), records.first()) {
            ([whole], _) => whole.clone(),
            (parts, Some(record)) => {
                let around = parts.iter().find(|part| part.contains(&record.span.start));
                around.cloned().unwrap_or(body..body)
            }
            (parts, None) => parts.first().cloned().unwrap_or(body..text.len()),
        };
        Ok(Adr {
            metadata: Metadata::read(text, front_matter.as_ref(), &structure, within, vocabulary),
            records,
            near_misses: near_misses(text, front_matter.as_ref(), &structure, body),
            parts,
            front_matter,
            structure,
        })
    }
}

fn near_misses(
    text: &str,
    front_matter: Option<&FrontMatter>,
    structure: &Structure,
    body: usize,
) -> Vec<NearMiss> {
    let slips = structure
        .fences
        .iter()
        .filter(|fence| is_near_miss(&fence.info))
        .map(|fence| {
            let line = lines(text, fence.span.clone())
                .next()
                .map_or(fence.span.end, |line| line.end);
            NearMiss {
                span: fence.span.start..line,
                slip: Slip::InfoString,
            }
        });
    let in_toml = front_matter
        .filter(|matter| matter.notation == Notation::Toml)
        .and_then(|matter| matter.entry(&[FRONT_MATTER_KEY]))
        .map(|entry| NearMiss {
            span: entry.line.clone(),
            slip: Slip::Toml,
        });
    let misplaced = lines(text, body..text.len()).filter_map(|line| {
        let words = line.text(text);
        let rest = words.trim_start_matches([' ', '\t', '>', '*', '-', '+']);
        let fence = rest.trim_start_matches(['`', '~']);
        if rest.len() - fence.len() < 3 || !is_record_info(fence) {
            return None;
        }
        let start = line.end - rest.len();
        (!is_read(structure, start)).then_some(NearMiss {
            span: start..line.end,
            slip: misplacement(structure, start, slice(text, line.start..start)),
        })
    });
    let mut found: Vec<NearMiss> = in_toml.into_iter().chain(slips).chain(misplaced).collect();
    found.sort_by_key(|miss| miss.span.start);
    found
}

/// Why a fence that begins at `start`, after the `margin` of its line, is not read.
fn misplacement(structure: &Structure, start: usize, margin: &str) -> Slip {
    let columns = |c: char| if c == '\t' { 4 } else { 1 };
    if holds(&structure.html, Range::clone, start) {
        Slip::Html
    } else if margin.contains('>') {
        Slip::Quote
    } else if margin.chars().map(columns).sum::<usize>() >= 4 {
        Slip::Indented
    } else {
        Slip::CodeInLine
    }
}

/// Whether a fence at this place is a record, or an example or a remark that nobody takes for one.
fn is_read(structure: &Structure, start: usize) -> bool {
    // One in a quote that begins right here is the fence that is asked about.
    let below = |fence: &Range<usize>| fence.start + 1..fence.end;
    holds(&structure.fences, |fence| fence.span.clone(), start)
        || holds(&structure.quoted_fences, below, start)
        || holds(&structure.comments, |comment| comment.span.clone(), start)
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
    use crate::metadata::StatusReading;

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
    fn a_block_in_a_place_that_is_not_read_is_pointed_at() {
        let block = "```yaml mesh-advisor\na: 1\n```\n";
        let fence = "```yaml mesh-advisor\n";
        for (text, slip) in [
            (
                format!("<details><summary>x</summary>\n{block}</details>\n"),
                Slip::Html,
            ),
            (
                format!("- <div>\n  > {fence}  > a: 1\n  </div>\n"),
                Slip::Html,
            ),
            (format!("> {fence}> a: 1\n> ```\n"), Slip::Quote),
            (
                "- > ~~~~yml  mesh-advisor\n  > a: 1\n".to_owned(),
                Slip::Quote,
            ),
            (
                format!("=== \"Tab\"\n\n    {fence}    a: 1\n    ```\n"),
                Slip::Indented,
            ),
            (
                format!("!!! note\n    {fence}    a: 1\n    ```\n"),
                Slip::Indented,
            ),
            (format!("\t{fence}\ta: 1\n\t```\n"), Slip::Indented),
            (
                format!("-     {fence}      a: 1\n      ```\n"),
                Slip::Indented,
            ),
            (
                "```yaml mesh-advisor title=`x`\na: 1\n```\n".to_owned(),
                Slip::CodeInLine,
            ),
            ("+++\nx-mesh-advisor = 1\n+++\n".to_owned(), Slip::Toml),
        ] {
            let adr = Adr::read(&text).unwrap();
            let slips: Vec<Slip> = adr.near_misses.iter().map(|miss| miss.slip).collect();
            assert_eq!((adr.records.len(), slips), (0, vec![slip]), "{text}");
        }
        for text in [
            block.to_owned(),
            format!("````markdown\n{block}````\n"),
            format!("<!--\n{block}-->\n"),
            "> ````md\n> ```yaml mesh-advisor\n> ```\n> ````\n".to_owned(),
            "- item\n\n  ```yaml mesh-advisor\n  a: 1\n  ```\n".to_owned(),
            "    ```yaml\n    a: 1\n    ```\n".to_owned(),
        ] {
            assert_eq!(Adr::read(&text).unwrap().near_misses, [], "{text}");
        }
    }

    #[test]
    fn a_record_has_the_status_of_the_decision_it_stands_under() {
        let text = "# 1. A\n\n## Status\n\nRejected\n\n# 2. B\n\n## Status\n\nAccepted\n\n## Decision\n\nx\n\n\
                    ```yaml mesh-advisor\na: 1\n```\n";
        let adr = Adr::read(text).unwrap();
        assert_eq!(adr.parts.len(), 2);
        let StatusReading::Stated(status) = adr.metadata.status else {
            panic!()
        };
        assert_eq!(
            (
                status.text.as_str(),
                adr.metadata.title.unwrap().text.as_str()
            ),
            ("Accepted", "2. B")
        );
        let before = format!(
            "```yaml mesh-advisor\na: 1\n```\n\n{}",
            &text[..text.len() - 32]
        );
        assert_eq!(
            Adr::read(&before).unwrap().metadata.status,
            StatusReading::Missing
        );
    }

    #[test]
    fn a_megabyte_of_metadata_is_read_to_its_end() {
        // Time that grew with the square would be minutes for each.
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
            ("Status: ", "superseded "),
            ("Status: ", "2026-01-02 "),
            ("# T\n## Status\n", "a\n"),
            ("# T\n## Status\n", "- [x] accepted\n"),
            ("# T\n## Status\n", "| accepted "),
            ("# T\n## Status\n", "| Status | a |\n"),
            ("# T\n## Status\n", "superseded by [\n"),
            ("", "## Status\nStatus: a\n"),
            ("", "# T\nStatus: a\n"),
            ("", "# T\n## Decision\n"),
            ("", "> ```yaml mesh-advisor\n\n"),
            ("+++\n", "a = b\n"),
            ("> ", "> Status: a\n"),
        ] {
            let text = start.to_owned() + &piece.repeat(1_000_000 / piece.len()) + "\n---\n";
            assert!(Adr::read(&text).is_ok(), "{start:?} {piece:?}");
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
