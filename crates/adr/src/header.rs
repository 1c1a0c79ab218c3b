//! The lines before the first section, where most dialects keep their metadata: bullets, bold lines, tables.

use std::ops::Range;

use crate::front_matter::trimmed;
use crate::lines::{Line, lines, slice};
use crate::markup::plain;
use crate::status::{Status, StatusKind};
use crate::structure::{Heading, Structure};

/// The lines before the first section.
pub(crate) struct Header<'t> {
    text: &'t str,
    lines: Vec<Line>,
}

impl<'t> Header<'t> {
    /// The header of a file whose body starts at `body`.
    pub(crate) fn read(
        text: &'t str,
        structure: &Structure,
        title: Option<&Heading>,
        body: usize,
    ) -> Self {
        let first_section = structure
            .headings
            .iter()
            .find(|heading| Some(*heading) != title);
        let end = first_section.map_or(text.len(), |heading| heading.span.start);
        let is_title = |line: &Line| title.is_some_and(|title| title.span.contains(&line.start));
        let lines = lines(text, body..end)
            .filter(|line| !line.is_blank(text) && !is_title(line))
            .filter(|line| {
                structure.is_prose(line.start) || line.text(text).trim_start().starts_with('>')
            })
            .collect();
        Header { text, lines }
    }

    /// The values of the lines whose key is one of `keys`.
    pub(crate) fn fields(&self, keys: &[&str]) -> impl Iterator<Item = Range<usize>> {
        self.lines
            .iter()
            .enumerate()
            .filter_map(move |(at, line)| self.field(at, *line, keys))
    }

    fn field(&self, at: usize, line: Line, keys: &[&str]) -> Option<Range<usize>> {
        let span = without_marker(self.text, line.span());
        if slice(self.text, span.clone()).starts_with('|') {
            return self.cell(at, span, keys);
        }
        let pseudo_heading = || {
            (
                key_words(slice(self.text, span.clone())),
                span.end..span.end,
            )
        };
        let (key, value) = key_and_value(self.text, span.clone()).unwrap_or_else(pseudo_heading);
        if !keys.contains(&key.as_str()) {
            return None;
        }
        if !plain(slice(self.text, value.clone())).is_empty() {
            return Some(value);
        }
        let next = self
            .lines
            .get(at + 1)
            .filter(|next| next.start == self.next_start(line))?;
        let is_plain = key_and_value(self.text, next.span()).is_none()
            && without_marker(self.text, next.span()) == next.span();
        is_plain.then(|| next.span())
    }

    /// Where the first line after `line` that is not blank starts.
    fn next_start(&self, line: Line) -> usize {
        lines(self.text, line.next..self.text.len())
            .find(|next| !next.is_blank(self.text))
            .map_or(0, |next| next.start)
    }

    /// A table's value: to the right of the key, or under it when the key stands in the head of a table.
    fn cell(&self, at: usize, row: Range<usize>, keys: &[&str]) -> Option<Range<usize>> {
        let cells = cells(self.text, row);
        let is_key = |span: &Range<usize>| {
            keys.contains(&key_words(slice(self.text, span.clone())).as_str())
        };
        let column = cells.iter().position(is_key)?;
        let below = self
            .lines
            .get(at + 1)
            .filter(|line| is_delimiter_row(line.text(self.text)));
        let right = cells.get(column + 1).cloned();
        let under = below
            .and_then(|_| self.lines.get(at + 2))
            .and_then(|line| self::cells(self.text, line.span()).get(column).cloned());
        match (right, under) {
            (Some(right), Some(under)) => {
                let is_value = column == 0
                    && cells.len() == 2
                    && !is_header_pair(slice(self.text, right.clone()));
                Some(if is_value { right } else { under })
            }
            (right, under) => under.or(right.filter(|_| column == 0)),
        }
    }
}

/// Whether the second cell of a head row names another column rather than giving the first one's value.
fn is_header_pair(cell: &str) -> bool {
    Status::new(cell, 0..0).kind == StatusKind::Unknown
}

fn is_delimiter_row(line: &str) -> bool {
    line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

fn cells(text: &str, row: Range<usize>) -> Vec<Range<usize>> {
    let row = trimmed(text, row);
    let words = slice(text, row.clone());
    let mut start = row.start + usize::from(words.starts_with('|'));
    let mut found = Vec::new();
    for (at, _) in words.match_indices('|').filter(|(at, _)| *at > 0) {
        found.push(trimmed(text, start..row.start + at));
        start = row.start + at + 1;
    }
    if start < row.end {
        found.push(trimmed(text, start..row.end));
    }
    found
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

/// `**Key:** value`, `**Key**: value`, `Key: value`.
pub(crate) fn key_and_value(text: &str, span: Range<usize>) -> Option<(String, Range<usize>)> {
    let words = slice(text, span.clone());
    let colon = words.find(':')?;
    let key = key_words(slice(words, 0..colon));
    let rest = slice(words, colon + 1..words.len());
    let closing = rest.len() - rest.trim_start_matches(['*', '_']).len();
    Some((
        key,
        trimmed(text, span.start + colon + 1 + closing..span.end),
    ))
}

fn key_words(raw: &str) -> String {
    raw.replace(['*', '_', '`', ':'], " ").trim().to_lowercase()
}
