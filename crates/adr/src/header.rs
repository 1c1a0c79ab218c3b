//! The lines before the first section, where most dialects keep their metadata: bullets, bold lines, tables, banners. A
//! first section that is called "Metadata" belongs to them.

use std::ops::Range;

use crate::front_matter::trimmed;
use crate::headings;
use crate::lines::{Line, lines, slice};
use crate::markup::plain;
use crate::structure::{Heading, Structure};
use crate::table;
use crate::words::{Part, Vocabulary, names};

/// The lines before the first section.
pub(crate) struct Header<'t> {
    text: &'t str,
    lines: Vec<Line>,
    /// The key of each line.
    keys: Vec<String>,
    vocabulary: &'t Vocabulary,
}

/// The value of a key, and what stands in the same row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) key: String,
    pub(crate) value: Range<usize>,
    pub(crate) row: Range<usize>,
}

impl<'t> Header<'t> {
    /// The header of a record in `within`, with the vocabulary that tells statuses in tables.
    pub(crate) fn read(
        text: &'t str,
        structure: &Structure,
        title: Option<&Heading>,
        within: Range<usize>,
        vocabulary: &'t Vocabulary,
    ) -> Self {
        let mut sections = structure
            .headings
            .iter()
            .filter(|heading| within.contains(&heading.span.start) && Some(*heading) != title);
        let first = sections.next();
        let fields = first.filter(|heading| headings::is(heading, Part::Fields));
        let next = if fields.is_some() {
            sections.next()
        } else {
            first
        };
        let end = next.map_or(within.end, |heading| heading.span.start);
        let is_heading = |line: &Line| {
            title
                .into_iter()
                .chain(fields)
                .any(|heading| heading.span.contains(&line.start))
        };
        let lines = lines(text, within.start..end)
            .filter(|line| !line.is_blank(text) && !is_heading(line))
            .filter(|line| {
                structure.is_prose(line.start) || line.text(text).trim_start().starts_with('>')
            })
            .collect::<Vec<Line>>();
        let keys = lines
            .iter()
            .map(|line| keyed(text, without_marker(text, line.span())).0)
            .collect();
        Header {
            text,
            lines,
            keys,
            vocabulary,
        }
    }

    /// The fields whose key is wanted, in order.
    pub(crate) fn fields(&self, is_key: impl Fn(&str) -> bool) -> Vec<Field> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(line) = self.lines.get(at) {
            if table::is_row(self.text, line) {
                let rows = self.lines.split_at(at).1;
                let count = rows
                    .iter()
                    .take_while(|line| table::is_row(self.text, line))
                    .count();
                found.extend(self.in_table(rows.split_at(count).0, &is_key));
                at += count;
            } else {
                let is_wanted = self.keys.get(at).is_some_and(|key| is_key(key));
                found.extend(is_wanted.then(|| self.field(at, *line)).flatten());
                at += 1;
            }
        }
        found
    }

    /// The lines that are no fields, without the markers of quotes and lists.
    pub(crate) fn banners(&self) -> impl Iterator<Item = Range<usize>> {
        self.lines
            .iter()
            .map(|line| without_marker(self.text, line.span()))
            .filter(|span| !slice(self.text, span.clone()).starts_with('|'))
    }

    fn in_table(&self, rows: &[Line], is_key: impl Fn(&str) -> bool) -> Vec<Field> {
        let is_status = |span: Range<usize>| {
            let words = plain(slice(self.text, span)).to_lowercase();
            self.vocabulary.meaning(&words).is_some()
        };
        let values = table::values(self.text, rows, is_key, is_status);
        values
            .into_iter()
            .map(|value| Field {
                key: key_words(slice(
                    self.text,
                    table::first_cell(self.text, value.row.clone()),
                )),
                value: value.span,
                row: value.row,
            })
            .collect()
    }

    fn field(&self, at: usize, line: Line) -> Option<Field> {
        let (key, value) = keyed(self.text, without_marker(self.text, line.span()));
        if plain(slice(self.text, value.clone())).is_empty() {
            let next = self
                .lines
                .get(at + 1)
                .filter(|next| next.start == self.next_start(line))?;
            let next = self.plain_line(next)?;
            return Some(Field {
                key,
                value: next.clone(),
                row: next,
            });
        }
        // "Superseded by" and its link in the next line.
        let goes_on = self
            .lines
            .get(at + 1)
            .filter(|next| next.start == line.next && self.is_open(value.clone()))
            .and_then(|next| self.plain_line(next));
        let value = value.start..goes_on.map_or(value.end, |next| next.end);
        Some(Field {
            key,
            row: value.clone(),
            value,
        })
    }

    /// A line that is no field and no item.
    fn plain_line(&self, line: &Line) -> Option<Range<usize>> {
        let span = trimmed(self.text, line.span());
        let is_plain = key_and_value(self.text, span.clone()).is_none()
            && without_marker(self.text, span.clone()) == span;
        is_plain.then_some(span)
    }

    /// Whether a value ends in the middle: with "by", or inside a link.
    fn is_open(&self, value: Range<usize>) -> bool {
        let words = slice(self.text, value).trim_end();
        let last = words
            .rsplit(char::is_whitespace)
            .next()
            .unwrap_or("")
            .to_lowercase();
        crate::words::is_by(last.trim_end_matches(':'))
            || words.matches('[').count() > words.matches(']').count()
    }

    /// Where the first line after `line` that is not blank starts.
    fn next_start(&self, line: Line) -> usize {
        lines(self.text, line.next..self.text.len())
            .find(|next| !next.is_blank(self.text))
            .map_or(0, |next| next.start)
    }
}

/// The key and the value of a line; a line without a colon may be a heading in bold, and is a key alone.
fn keyed(text: &str, span: Range<usize>) -> (String, Range<usize>) {
    key_and_value(text, span.clone())
        .unwrap_or_else(|| (key_words(slice(text, span.clone())), span.end..span.end))
}

/// Whether a key names the status.
pub(crate) fn is_status_key(key: &str) -> bool {
    names(Part::Status, key)
}

/// `span` without quote and list markers in front.
pub(crate) fn without_marker(text: &str, span: Range<usize>) -> Range<usize> {
    let mut span = trimmed(text, span);
    loop {
        let words = slice(text, span.clone());
        let is_item = words.starts_with("* ") || words.starts_with("- ") || words.starts_with("+ ");
        if !is_item && !words.starts_with('>') {
            return span;
        }
        span = trimmed(text, span.start + 1..span.end);
    }
}

/// `**Key:** value`, `**Key**: value`, `Key: value`, `Key：value`.
pub(crate) fn key_and_value(text: &str, span: Range<usize>) -> Option<(String, Range<usize>)> {
    let words = slice(text, span.clone());
    let colon = words.find([':', '：'])?;
    let key = key_words(slice(words, 0..colon));
    let colon_end = colon + words.get(colon..)?.chars().next().map_or(1, char::len_utf8);
    let rest = slice(words, colon_end..words.len());
    let closing = rest.len() - rest.trim_start_matches(['*', '_']).len();
    Some((
        key,
        trimmed(text, span.start + colon_end + closing..span.end),
    ))
}

/// The longest key with what decorates it, in bytes: a sentence is none, nor is a line of a megabyte.
const LONGEST_KEY: usize = 120;

/// The words of a key without what decorates them, in lower case.
pub(crate) fn key_words(raw: &str) -> String {
    if raw.len() > LONGEST_KEY {
        return String::new();
    }
    let words = raw.replace(['*', '_', '`', ':', '：'], " ");
    words
        .trim()
        .trim_start_matches(|c: char| !c.is_alphanumeric() && c != '[')
        .trim()
        .to_lowercase()
}
