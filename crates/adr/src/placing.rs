//! Writing the record block into a file and taking it out again, without touching another byte.
//!
//! An inserted block has one of two shapes, and [`remove`] knows both: after a complete line it is an empty line and the
//! block; after an incomplete last line it is the missing line ending, an empty line, and the block without a last line
//! ending. At the very start of a text it is the block alone. Every result is read back before it is given out: the block
//! must be found with the same content, and taking it out must give the bytes from before.

use std::ops::Range;

use thiserror::Error;

use crate::block::{Carrier, INFO_STRING, Record, indentation, key_length};
use crate::document::Adr;
use crate::headings;
use crate::lines::{Line, line_at, lines, slice, text_start};
use crate::structure::{Heading, NestedTooDeep, Structure};
use crate::words::Part;

/// Why a record cannot be written or taken out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlacingError {
    /// The file cannot be read.
    #[error(transparent)]
    Nesting(#[from] NestedTooDeep),
    /// The fence is never closed, so the rest of the file is inside the block and would be lost.
    #[error(
        "the block is never closed; add its closing fence first, or the rest of the file would be replaced"
    )]
    NotClosed {
        /// The opening fence.
        span: Range<usize>,
    },
    /// There are several records, and which one is meant is not known.
    #[error("the file carries {count} records; keep one of them")]
    Several {
        /// How many.
        count: usize,
    },
    /// The file holds several decisions, and which one is meant is not known.
    #[error(
        "the file holds {} decisions, {}: write an empty block (three backticks and `{INFO_STRING}`, three backticks) under \
         the one that is meant, or give each a file of its own", titles.len(), listed(titles)
    )]
    SeveralDecisions {
        /// Their headings.
        titles: Vec<String>,
    },
    /// Read back, the block would not say what was written: its content would close it, or its list would cut it short.
    #[error(
        "the block would not read back as it was written; move it to the top level of the file, with longer fences"
    )]
    NotReadBack {
        /// The block that is there now.
        span: Range<usize>,
    },
    /// No place in the file keeps a block.
    #[error("no place in the file would keep the block as it is written")]
    NoPlace,
    /// The block shares its lines with a list, so that taking it out would leave half an item.
    #[error("the record stands inside a list; take it out by hand")]
    InsideList {
        /// The block.
        span: Range<usize>,
    },
}

/// Writes `yaml` into the record that `text` carries, and nothing else; or inserts a new block where a reader looks for
/// it: after the decision's section, else before the links, else at the end.
pub fn insert_or_replace(text: &str, yaml: &str) -> Result<String, PlacingError> {
    let adr = Adr::read(text)?;
    match adr.records.as_slice() {
        [] => insert(text, &adr, yaml),
        [record] => replace(text, record, yaml),
        several => Err(PlacingError::Several {
            count: several.len(),
        }),
    }
}

/// Takes the record out of `text`, with the empty line that came with it. A text without a record stays as it is.
pub fn remove(text: &str) -> Result<String, PlacingError> {
    let adr = Adr::read(text)?;
    match adr.records.as_slice() {
        [] => Ok(text.to_owned()),
        [record] => Ok(without(text, taken_span(text, record)?)),
        several => Err(PlacingError::Several {
            count: several.len(),
        }),
    }
}

/// The first few titles, in quotes.
fn listed(titles: &[String]) -> String {
    let shown: Vec<String> = titles
        .iter()
        .take(3)
        .map(|title| format!("\"{title}\""))
        .collect();
    shown.join(", ")
        + if titles.len() > shown.len() {
            ", …"
        } else {
            ""
        }
}

fn without(text: &str, span: Range<usize>) -> String {
    slice(text, 0..span.start).to_owned() + slice(text, span.end..text.len())
}

/// What belongs to a record: its lines, and the empty line before it.
fn taken_span(text: &str, record: &Record) -> Result<Range<usize>, PlacingError> {
    let span = record.span.clone();
    match record.carrier {
        Carrier::Fence {
            is_closed: false, ..
        } => {
            return Err(PlacingError::NotClosed {
                span: record.head.clone(),
            });
        }
        Carrier::Fence {
            is_in_list: true, ..
        } => return Err(PlacingError::InsideList { span }),
        Carrier::WholeFile => return Ok(0..text.len()),
        Carrier::FrontMatter => return Ok(line_at(text, span.start).start..next_line(text, span)),
        Carrier::Fence { .. } => {}
    }
    let opening = line_at(text, span.start);
    let start = opening.start.max(text_start(text));
    let end = next_line(text, span);
    let is_last_line_open = !slice(text, 0..end).ends_with(['\n', '\r']);
    let ending = opening.ending(text);
    let before = slice(text, text_start(text)..start);
    let shorter = before.strip_suffix(ending).unwrap_or(before);
    let kept = if is_last_line_open {
        shorter
            .strip_suffix(ending)
            .filter(|kept| !kept.is_empty())
            .unwrap_or(shorter)
    } else if shorter.ends_with(['\n', '\r']) {
        shorter
    } else {
        before
    };
    Ok(text_start(text) + kept.len()..end)
}

/// Where the line after the last one of `span` starts.
fn next_line(text: &str, span: Range<usize>) -> usize {
    match slice(text, span.clone()).chars().next_back() {
        Some('\n') => span.end,
        Some('\r') if !slice(text, span.end..text.len()).starts_with('\n') => span.end,
        _ => lines(text, span.end..text.len())
            .next()
            .map_or(span.end, |line| line.next),
    }
}

fn replace(text: &str, record: &Record, yaml: &str) -> Result<String, PlacingError> {
    let yaml = normalised(yaml);
    let opening = line_at(text, record.span.start);
    let (range, content) = match record.carrier {
        Carrier::WholeFile => (record.content.clone(), indented(&yaml, "", "\n")),
        Carrier::FrontMatter => {
            let colon = opening.start + key_length(slice(text, opening.span())) + 1;
            let ending = opening.ending(text);
            (
                colon..next_line(text, record.span.clone()),
                ending.to_owned() + &indented(&yaml, "  ", ending),
            )
        }
        Carrier::Fence {
            is_closed: false, ..
        } => {
            return Err(PlacingError::NotClosed {
                span: record.head.clone(),
            });
        }
        Carrier::Fence { .. } => {
            let closing = line_at(text, record.span.end.saturating_sub(1));
            (
                opening.next..closing.start,
                indented(
                    &yaml,
                    &fence_indent(text, record, opening),
                    opening.ending(text),
                ),
            )
        }
    };
    let result =
        slice(text, 0..range.start).to_owned() + &content + slice(text, range.end..text.len());
    let written = Adr::read(&result)?;
    match written.records.as_slice() {
        [read] if says(read, &yaml) && read.carrier == record.carrier => Ok(result),
        _ => Err(PlacingError::NotReadBack {
            span: record.span.clone(),
        }),
    }
}

/// The indentation that puts a content line under its opening fence.
fn fence_indent(text: &str, record: &Record, opening: Line) -> String {
    let before = slice(text, opening.start..record.span.start);
    let own = slice(text, record.span.start..record.span.end);
    let blank = indentation(own);
    let kept = |c: char| if c == '\t' { '\t' } else { ' ' };
    before
        .chars()
        .filter(|c| *c != '\u{feff}')
        .map(kept)
        .chain(own.chars().take(blank))
        .collect()
}

fn insert(text: &str, adr: &Adr, yaml: &str) -> Result<String, PlacingError> {
    if adr.parts.len() > 1 {
        let headings = adr.structure.headings.iter();
        let begins = |heading: &&Heading| {
            adr.parts
                .iter()
                .any(|part| part.start == heading.span.start)
        };
        let titles = headings
            .filter(begins)
            .map(|heading| heading.text.clone())
            .collect();
        return Err(PlacingError::SeveralDecisions { titles });
    }
    let yaml = normalised(yaml);
    let mut tried = Vec::new();
    for place in places(text, adr) {
        if tried.contains(&place) {
            continue;
        }
        tried.push(place);
        let result = inserted(text, place, &yaml);
        let read = Adr::read(&result)?;
        if let [record] = read.records.as_slice()
            && says(record, &yaml)
            && matches!(
                record.carrier,
                Carrier::Fence {
                    is_closed: true,
                    is_in_list: false
                }
            )
            && taken_span(&result, record).is_ok_and(|span| without(&result, span) == text)
        {
            return Ok(result);
        }
    }
    Err(PlacingError::NoPlace)
}

fn inserted(text: &str, place: usize, yaml: &str) -> String {
    let (before, after) = (slice(text, 0..place), slice(text, place..text.len()));
    let ending = ending_near(text, place);
    let fence = "`".repeat(longest_run(yaml).max(2) + 1);
    let block = format!(
        "{fence}{INFO_STRING}{ending}{}{fence}",
        indented(yaml, "", ending)
    );
    if place <= text_start(text) {
        format!("{before}{block}{ending}{after}")
    } else if before.ends_with(['\n', '\r']) {
        format!("{before}{ending}{block}{ending}{after}")
    } else {
        format!("{before}{ending}{ending}{block}{after}")
    }
}

/// Where to put a new block, best first. The last ones are there for texts in which an open fence or comment swallows
/// everything that follows.
fn places(text: &str, adr: &Adr) -> Vec<usize> {
    let start = adr
        .front_matter
        .as_ref()
        .map_or(text_start(text), |matter| matter.span.end);
    let title_end = adr
        .structure
        .headings
        .first()
        .map(|title| next_line(text, title.span.clone()));
    let mut found = Vec::new();
    let headings = &adr.structure.headings;
    if let Some(at) = headings
        .iter()
        .position(|heading| is_section(heading, Part::Decision))
    {
        let level = headings.get(at).map_or(1, |heading| heading.level);
        let next = headings
            .iter()
            .skip(at + 1)
            .find(|heading| heading.level <= level);
        found.push(end_before(text, &adr.structure, start, next));
    } else if let Some(links) = headings
        .iter()
        .find(|heading| is_section(heading, Part::Closing))
    {
        found.push(end_before(text, &adr.structure, start, Some(links)));
    }
    found.push(end_before(text, &adr.structure, start, None));
    found.push(text.len());
    found.extend(title_end);
    found.push(start);
    found
}

fn is_section(heading: &Heading, part: Part) -> bool {
    heading.level <= 3 && headings::is(heading, part)
}

/// The end of the last line with something on it before `next` (or the end), comments that introduce `next` left out.
fn end_before(text: &str, structure: &Structure, start: usize, next: Option<&Heading>) -> usize {
    let Some(next) = next else {
        return end_of_words(text, start, text.len());
    };
    let limit = line_at(text, next.span.start).start;
    let mut end = end_of_words(text, start, limit);
    let introducing = structure
        .comments
        .iter()
        .rev()
        .filter(|comment| !comment.is_inside);
    for comment in introducing.map(|comment| &comment.span) {
        if comment.start >= end {
            continue;
        }
        if comment.start < start || comment.end < end {
            break;
        }
        end = end_of_words(text, start, comment.start);
    }
    end
}

fn end_of_words(text: &str, start: usize, limit: usize) -> usize {
    // A heading at the very end leaves no room before the limit.
    let words = slice(text, start.min(limit)..limit).trim_end();
    if words.is_empty() {
        start
    } else {
        line_at(text, start + words.len() - 1).next.max(start)
    }
}

/// The line ending before `place`, else the file's first one; a lone carriage return opens no fence, so it is not used.
fn ending_near(text: &str, place: usize) -> &'static str {
    let before = slice(text, 0..place);
    let first = || {
        lines(text, 0..text.len())
            .next()
            .is_some_and(|line| line.ending(text) == "\r\n")
    };
    let is_windows = before.ends_with("\r\n") || (!before.ends_with('\n') && first());
    if is_windows { "\r\n" } else { "\n" }
}

/// Line feeds only, one at the end; empty stays empty.
fn normalised(yaml: &str) -> String {
    let mut yaml = yaml.replace("\r\n", "\n").replace('\r', "\n");
    if !yaml.is_empty() && !yaml.ends_with('\n') {
        yaml.push('\n');
    }
    yaml
}

fn indented(yaml: &str, indent: &str, ending: &str) -> String {
    let line = |line: &str| {
        if line.is_empty() {
            ending.to_owned()
        } else {
            format!("{indent}{line}{ending}")
        }
    };
    yaml.lines().map(line).collect()
}

fn longest_run(yaml: &str) -> usize {
    yaml.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

fn says(record: &Record, yaml: &str) -> bool {
    normalised(&record.yaml) == yaml
}

#[cfg(test)]
mod tests;
