//! Markdown tables of fields: a key beside its value, or a head with the values under it.

use std::ops::Range;

use crate::front_matter::trimmed;
use crate::header::key_words;
use crate::lines::{Line, slice};

/// A value in a table, and the row that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) span: Range<usize>,
    pub(crate) row: Range<usize>,
}

/// The values of a key in a table whose lines are `rows`: beside the key, else in every row under it. `is_value` knows a
/// value from the name of another column.
pub(crate) fn values(
    text: &str,
    rows: &[Line],
    is_key: impl Fn(&str) -> bool,
    is_value: impl Fn(Range<usize>) -> bool,
) -> Vec<Value> {
    let has_head = rows
        .get(1)
        .is_some_and(|row| is_delimiter_row(row.text(text)));
    let rows: Vec<&Line> = rows
        .iter()
        .filter(|row| !is_delimiter_row(row.text(text)))
        .collect();
    let value = |row: &Line, column: usize| {
        let span = cells(text, row.span()).into_iter().nth(column)?;
        Some(Value {
            span,
            row: row.span(),
        })
    };
    let column_of_key = |row: &Line| {
        cells(text, row.span())
            .into_iter()
            .position(|cell| is_key(&key_words(slice(text, cell))))
    };
    let fields = rows.iter().enumerate().filter(|(at, row)| {
        let is_field = column_of_key(row) == Some(0);
        is_field
            && (!(has_head && *at == 0) || value(row, 1).is_some_and(|value| is_value(value.span)))
    });
    let beside: Vec<Value> = fields.filter_map(|(_, row)| value(row, 1)).collect();
    let column = rows
        .first()
        .filter(|_| has_head && beside.is_empty())
        .and_then(|head| column_of_key(head));
    match column {
        Some(column) => rows
            .iter()
            .skip(1)
            .filter_map(|row| value(row, column))
            .collect(),
        None => beside,
    }
}

/// Whether a line is a row of a table.
pub(crate) fn is_row(text: &str, line: &Line) -> bool {
    line.text(text).trim_start().starts_with('|')
}

/// The first cell of a row.
pub(crate) fn first_cell(text: &str, row: Range<usize>) -> Range<usize> {
    cells(text, row).into_iter().next().unwrap_or(0..0)
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
