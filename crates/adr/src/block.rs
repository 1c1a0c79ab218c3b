//! The record inside a file: a fenced block marked `yaml mesh-advisor`, the front matter key `x-mesh-advisor`, or a whole
//! YAML or JSON file; with the way back from a position in the record to its position in the file.
//!
//! A fence counts at the top level and inside lists, of backticks or tildes, however long and indented as Markdown
//! allows. It does not count inside a block quote (somebody else's words) or inside another fence (an example).

use std::ops::Range;

use crate::front_matter::{Entry, FrontMatter, Notation};
use crate::lines::{Line, lines, slice, text_start};
use crate::structure::{Fence, Structure};

/// The info string of a record block.
pub const INFO_STRING: &str = "yaml mesh-advisor";

/// The front matter key that holds a record.
pub const FRONT_MATTER_KEY: &str = "x-mesh-advisor";

/// What a record is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// A fenced code block.
    Fence {
        /// Whether the closing fence is there; without it the rest of the file belongs to the block.
        is_closed: bool,
        /// Whether it stands inside a list.
        is_in_list: bool,
    },
    /// A front matter key.
    FrontMatter,
    /// The whole file.
    WholeFile,
}

/// One record as it stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is written in.
    pub carrier: Carrier,
    /// The whole of it: the block with both fences, the key with its value, the file.
    pub span: Range<usize>,
    /// What a finding about the record as a whole marks: the opening fence, the key, the first line.
    pub head: Range<usize>,
    /// Where the content stands in the file.
    pub content: Range<usize>,
    /// The content as YAML: containers' indentation left out.
    pub yaml: String,
    pieces: Vec<Piece>,
}

/// A stretch of the content that stands in the file as it stands in the YAML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    in_yaml: usize,
    in_file: usize,
}

impl Record {
    /// The whole of `text` as a record: a `.yaml`, `.yml` or `.json` file.
    pub fn whole_file(text: &str) -> Self {
        let content = text_start(text)..text.len();
        let first = lines(text, content.clone()).find(|line| !line.is_blank(text));
        let head = first.map_or(content.start..content.start, |line| line.span());
        Record::new(
            text,
            Carrier::WholeFile,
            content.clone(),
            head,
            vec![content],
        )
    }

    /// All records of a Markdown file, in order; more than one is a mistake that the caller reports.
    pub(crate) fn find_all(
        text: &str,
        front_matter: Option<&FrontMatter>,
        structure: &Structure,
    ) -> Vec<Self> {
        let entry = front_matter
            .filter(|matter| matter.notation == Notation::Yaml)
            .and_then(|matter| matter.entry(&[FRONT_MATTER_KEY]));
        let fences = structure
            .fences
            .iter()
            .filter(|fence| is_record_info(&fence.info));
        let from_entry = entry.map(|entry| Record::in_front_matter(text, entry));
        from_entry
            .into_iter()
            .chain(fences.map(|fence| Record::in_fence(text, fence)))
            .collect()
    }

    fn in_fence(text: &str, fence: &Fence) -> Self {
        let opening = lines(text, fence.span.clone()).next();
        let head = opening.map_or(fence.span.clone(), |line| {
            line.start..line.end.min(fence.span.end)
        });
        let is_closed = closing_fence(text, fence).is_some();
        let after_head = opening
            .map_or(fence.span.end, |line| line.next)
            .min(fence.span.end);
        let content = match (fence.content.first(), fence.content.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => after_head..after_head,
        };
        let carrier = Carrier::Fence {
            is_closed,
            is_in_list: fence.is_in_list,
        };
        let mut record = Record::new(
            text,
            carrier,
            fence.span.clone(),
            head,
            fence.content.clone(),
        );
        record.content = content;
        record
    }

    fn in_front_matter(text: &str, entry: &Entry) -> Self {
        let below: Vec<Line> = lines(text, entry.below.clone()).collect();
        let span = entry.line.start..if entry.below.is_empty() {
            entry.line.end
        } else {
            entry.below.end
        };
        let key_end = entry.line.start + key_length(slice(text, entry.line.clone()));
        let indent = below
            .iter()
            .find(|line| !line.is_blank(text))
            .map_or(0, |line| blanks(line.text(text)));
        let mut parts = Vec::new();
        if !slice(text, entry.inline.clone()).is_empty() {
            let ending = if entry.below.is_empty() {
                entry.inline.end
            } else {
                entry.below.start
            };
            parts.push(entry.inline.start..ending);
        }
        parts.extend(below.iter().map(|line| {
            let stripped = indent.min(blanks(line.text(text)));
            line.start + stripped..line.next
        }));
        Record::new(
            text,
            Carrier::FrontMatter,
            span,
            entry.line.start..key_end,
            parts,
        )
    }

    fn new(
        text: &str,
        carrier: Carrier,
        span: Range<usize>,
        head: Range<usize>,
        parts: Vec<Range<usize>>,
    ) -> Self {
        let mut yaml = String::new();
        let mut pieces = Vec::new();
        for part in &parts {
            pieces.push(Piece {
                in_yaml: yaml.len(),
                in_file: part.start,
            });
            yaml.push_str(slice(text, part.clone()));
        }
        let content = match (parts.first(), parts.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => head.end..head.end,
        };
        Record {
            carrier,
            span,
            head,
            content,
            yaml,
            pieces,
        }
    }

    /// The file offset of a byte offset in [`Record::yaml`].
    pub fn in_file(&self, in_yaml: usize) -> usize {
        let following = self
            .pieces
            .partition_point(|piece| piece.in_yaml <= in_yaml);
        match following.checked_sub(1).and_then(|at| self.pieces.get(at)) {
            Some(piece) => {
                (piece.in_file + (in_yaml - piece.in_yaml)).min(self.span.end.max(self.content.end))
            }
            None => self.content.start,
        }
    }

    /// The file span of a byte span in [`Record::yaml`]. An end at the start of a line stays at the end of the line
    /// before, so that a span never reaches into indentation that is not the record's.
    pub fn span_in_file(&self, in_yaml: Range<usize>) -> Range<usize> {
        let start = self.in_file(in_yaml.start);
        let end = if in_yaml.end > in_yaml.start {
            self.in_file(in_yaml.end - 1) + 1
        } else {
            start
        };
        start..end.max(start)
    }

    /// The file offset of a line and column in [`Record::yaml`], the line counted from 1 and the column in characters
    /// from 0, as YAML parsers have them. Past the end of a line it is the line's end.
    pub fn position_in_file(&self, line: usize, column: usize) -> usize {
        let start = match line.checked_sub(2) {
            None => 0,
            Some(nth) => self
                .yaml
                .match_indices('\n')
                .nth(nth)
                .map_or(self.yaml.len(), |(at, _)| at + 1),
        };
        let rest = slice(&self.yaml, start..self.yaml.len());
        let words = rest.split(['\n', '\r']).next().unwrap_or("");
        let along = words
            .char_indices()
            .nth(column)
            .map_or(words.len(), |(at, _)| at);
        match along.checked_sub(1) {
            Some(before) if along == words.len() => {
                let width = slice(words, 0..along)
                    .chars()
                    .next_back()
                    .map_or(1, char::len_utf8);
                self.in_file(start + before + 1 - width) + width
            }
            _ => self.in_file(start + along),
        }
    }
}

/// Whether an info string marks a record: `yaml mesh-advisor`, and whatever attributes follow.
pub fn is_record_info(info: &str) -> bool {
    let mut words = info.split_whitespace();
    let is_yaml = words
        .next()
        .is_some_and(|word| word.eq_ignore_ascii_case("yaml") || word.eq_ignore_ascii_case("yml"));
    is_yaml && words.next() == Some("mesh-advisor")
}

/// Whether an info string was probably meant to mark a record and does not.
pub fn is_near_miss(info: &str) -> bool {
    !is_record_info(info)
        && info
            .to_lowercase()
            .replace(['_', ' '], "-")
            .contains("mesh-advisor")
}

/// The line of the closing fence.
pub(crate) fn closing_fence(text: &str, fence: &Fence) -> Option<Line> {
    let mark = slice(text, fence.span.clone())
        .chars()
        .next()
        .filter(|c| matches!(c, '`' | '~'))?;
    let run = |words: &str| words.len() - words.trim_start_matches(mark).len();
    let opening = run(slice(text, fence.span.clone()));
    let last = lines(text, fence.span.clone()).skip(1).last()?;
    let content_end = fence
        .content
        .last()
        .map_or(fence.span.start, |part| part.end);
    if content_end > last.end {
        // The last line is content to its end.
        return None;
    }
    let words = slice(text, last.start.max(content_end)..last.end)
        .trim()
        .trim_start_matches(['>', ' ']);
    (words.len() >= opening && run(words) == words.len()).then_some(last)
}

/// Bytes before the colon of an entry of front matter.
pub(crate) fn key_length(line: &str) -> usize {
    #[expect(clippy::expect_used, reason = "a line without a colon is no entry")]
    line.find(':').expect("an entry of front matter")
}

/// Bytes of spaces and tabs at the start of a line.
fn blanks(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Bytes of spaces and tabs, and of a byte order mark, at the start of a line.
pub(crate) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t', '\u{feff}']).len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Adr;

    fn records(text: &str) -> Vec<Record> {
        Adr::read(text).unwrap().records
    }

    #[test]
    fn fences_of_every_kind_are_records() {
        for (open, close) in [
            ("```yaml mesh-advisor", "```"),
            ("```yml mesh-advisor", "```"),
            ("~~~~~ YAML  mesh-advisor title=\"x\"", "~~~~~~"),
            ("   ```yaml mesh-advisor {.numberLines}", "  ```  "),
        ] {
            for ending in ["\n", "\r\n"] {
                let text = format!(
                    "# T{ending}{ending}{open}{ending}a: 1{ending}b: 2{ending}{close}{ending}x"
                );
                let found = records(&text);
                assert_eq!(found.len(), 1, "{text:?}");
                assert_eq!(found[0].yaml.replace('\r', ""), "a: 1\nb: 2\n", "{text:?}");
                assert_eq!(
                    found[0].carrier,
                    Carrier::Fence {
                        is_closed: true,
                        is_in_list: false
                    },
                    "{text:?}"
                );
            }
        }
    }

    #[test]
    fn a_byte_order_mark_within_front_matter_is_no_indentation() {
        // Its three bytes are one letter, of which two cannot be taken away.
        let text = "---\nx-mesh-advisor:\n  schema: 1\n\u{feff}---\n---\n";
        let found = records(text);
        let yaml: Vec<&str> = found.iter().map(|record| record.yaml.as_str()).collect();
        assert_eq!(yaml, ["schema: 1\n\u{feff}---\n"]);
    }

    #[test]
    fn near_misses_are_no_records() {
        for text in [
            "```mesh-advisor\na: 1\n```\n",
            "```yaml mesh-advisors\na: 1\n```\n",
            "    ```yaml mesh-advisor\n    a: 1\n    ```\n",
            "> ```yaml mesh-advisor\n> a: 1\n> ```\n",
            "````markdown\n```yaml mesh-advisor\na: 1\n```\n````\n",
            "<!--\n```yaml mesh-advisor\na: 1\n```\n-->\n",
            "---\nmesh-advisor: 1\n---\n",
        ] {
            assert_eq!(records(text), [], "{text}");
        }
    }

    #[test]
    fn near_misses_of_the_info_string_are_known() {
        assert!(
            is_near_miss("mesh-advisor")
                && is_near_miss("yaml mesh_advisor")
                && is_near_miss("yaml title mesh-advisor")
        );
        assert!(!is_near_miss("yaml mesh-advisor") && !is_near_miss("yaml"));
    }

    #[test]
    fn a_fence_that_is_never_closed_says_so() {
        for text in [
            "```yaml mesh-advisor\na: 1\n",
            "```yaml mesh-advisor",
            "- ```yaml mesh-advisor\n  a: 1\n\nx\n",
            "````yaml mesh-advisor\na: 1\n```\n",
        ] {
            let found = records(text);
            assert!(
                matches!(
                    found[0].carrier,
                    Carrier::Fence {
                        is_closed: false,
                        ..
                    }
                ),
                "{text}"
            );
        }
        let empty = records("```yaml mesh-advisor\n```\n");
        assert!(matches!(
            empty[0].carrier,
            Carrier::Fence {
                is_closed: true,
                ..
            }
        ));
        assert_eq!(empty[0].yaml, "");
    }

    #[test]
    fn positions_lead_back_into_an_indented_block() {
        let text = "# T\n\n- item\n\n  ```yaml mesh-advisor\n  a: 1\n  bé: {c: 2}\n  ```\n";
        let record = &records(text)[0];
        assert_eq!(record.yaml, "a: 1\nbé: {c: 2}\n");
        let at = record.yaml.find("c: 2").unwrap();
        assert_eq!(&text[record.span_in_file(at..at + 4)], "c: 2");
        assert_eq!(record.position_in_file(2, 5), text.find("c: 2").unwrap());
        assert_eq!(
            record.position_in_file(1, 99),
            text.find("a: 1").unwrap() + 4
        );
    }

    #[test]
    fn positions_lead_back_into_front_matter() {
        let text = "---\nstatus: accepted\nx-mesh-advisor:\n    schema: 1\n    decision: mesh\n\n# c\ntags: []\n---\n# T\n";
        let record = &records(text)[0];
        assert_eq!(record.yaml, "schema: 1\ndecision: mesh\n");
        assert_eq!(slice(text, record.head.clone()), "x-mesh-advisor");
        assert_eq!(record.position_in_file(2, 10), text.find("mesh\n").unwrap());
        let flow = "---\nx-mesh-advisor: {schema: 1,\n  decision: mesh}\n---\n";
        assert_eq!(records(flow)[0].yaml, "{schema: 1,\ndecision: mesh}\n");
    }

    #[test]
    fn a_whole_file_is_a_record_after_its_byte_order_mark() {
        let text = "\u{feff}# note\nschema: 1\n";
        let record = Record::whole_file(text);
        assert_eq!(record.yaml, "# note\nschema: 1\n");
        assert_eq!(
            record.in_file(record.yaml.find("schema").unwrap()),
            text.find("schema").unwrap()
        );
    }

    #[test]
    fn several_blocks_are_all_found() {
        let text =
            "---\nx-mesh-advisor: {}\n---\n```yaml mesh-advisor\n```\n\n~~~yml mesh-advisor\n~~~\n";
        assert_eq!(records(text).len(), 3);
    }
}
