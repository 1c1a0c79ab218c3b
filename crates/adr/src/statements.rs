//! What a Status section says, statement by statement, and what all of them say together.
//!
//! A section may tell a history, list every word with one ticked, or name the successor a paragraph below. It never
//! counts that a statement comes first.

use std::ops::Range;

use crate::dates::days;
use crate::front_matter::trimmed;
use crate::header::{is_status_key, key_and_value, without_marker};
use crate::lines::{Line, slice};
use crate::markup::{link, plain};
use crate::status::{Statement, Status, StatusKind, is_about_another, latest};
use crate::table;
use crate::words::Vocabulary;

/// What several statements say together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Together {
    /// There are none.
    Nothing,
    /// One status.
    One(Status),
    /// Two that mean different things.
    Conflict(Status, Status),
}

/// From how many words on a list without a tick is a template: two can be a history.
const TEMPLATE: usize = 3;

/// The most statements of one place that are read. Where there are more, nobody can tell what holds.
pub(crate) const MOST: usize = 100;

/// The statements of a section, up to one more than [`MOST`], whose lines of prose these are.
pub(crate) fn statements(text: &str, lines: &[Line], vocabulary: &Vocabulary) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut at = 0;
    let mut is_ticked = false;
    while let Some(line) = lines.get(at).filter(|_| found.len() <= MOST) {
        if table::is_row(text, line) {
            let rows = lines.split_at(at).1;
            let count = rows
                .iter()
                .take_while(|line| table::is_row(text, line))
                .count();
            found.extend(in_table(text, rows.split_at(count).0, vocabulary));
            at += count;
            continue;
        }
        let inner = without_marker(text, line.span());
        let is_item = inner.start != trimmed(text, line.span()).start;
        let words = slice(text, inner.clone());
        if plain(words).is_empty() {
            at += 1;
            continue;
        }
        if words.starts_with("[ ]") {
            at += 1;
            continue;
        }
        let is_tick = words.starts_with("[x]") || words.starts_with("[X]");
        let start = if is_tick {
            inner.start + 3
        } else {
            inner.start
        };
        let last = end_of_statement(text, lines, at, vocabulary);
        let end = lines.get(last).map_or(inner.end, |line| line.end);
        let span = trimmed(text, without_key(text, trimmed(text, start..end)));
        let mut statement = Statement::read(text, span, vocabulary);
        statement.is_listed = is_item;
        if is_tick && !is_ticked {
            found.clear();
            is_ticked = true;
        }
        if is_tick || !is_ticked || statement.status.kind.replaces() {
            found.push(statement);
        }
        at = last + 1;
    }
    found
}

/// What the statements of one place say together. What is no status counts when it comes first: then nobody can tell.
pub(crate) fn together(text: &str, all: &[Statement]) -> Together {
    let Some((first, rest)) = all.split_first() else {
        return Together::Nothing;
    };
    if all.len() > MOST {
        return Together::One(Status {
            kind: StatusKind::Unknown,
            ..first.status.clone()
        });
    }
    if first.status.kind == StatusKind::Unknown {
        return Together::One(first.status.clone());
    }
    let later = || {
        rest.iter()
            .filter(|other| other.status.kind != StatusKind::Unknown)
    };
    let stating: Vec<&Statement> = std::iter::once(first).chain(later()).collect();
    if let Some(status) = agreed(&stating) {
        return Together::One(with_successor(text, status, rest));
    }
    let marked: Vec<&&Statement> = stating.iter().filter(|one| one.is_marked).collect();
    if let [marked] = marked.as_slice() {
        return Together::One(marked.status.clone());
    }
    let dated = stating.iter().map(|one| (one.day, one.status.clone()));
    if let Some(status) = latest(dated) {
        return Together::One(status);
    }
    // adr-tools adds "Superceded by [..]" below what was the status.
    if let Some((last, before)) = stating.split_last()
        && last.status.kind.replaces()
        && is_about_another(slice(text, last.status.span.clone()), &last.status.kind)
        && agreed(before).is_some()
    {
        return Together::One(last.status.clone());
    }
    if stating.len() >= TEMPLATE && stating.iter().all(|one| one.is_listed) {
        return Together::One(Status {
            kind: StatusKind::Unchosen,
            ..first.status.clone()
        });
    }
    let other = stating
        .iter()
        .find(|one| first.status.kind.and(&one.status.kind).is_none());
    match other {
        Some(other) => Together::Conflict(first.status.clone(), other.status.clone()),
        None => Together::One(first.status.clone()),
    }
}

/// The first status with what the others add to it; `None` when they mean different things.
pub(crate) fn agreed(all: &[&Statement]) -> Option<Status> {
    let (first, rest) = all.split_first()?;
    let kind = rest
        .iter()
        .try_fold(first.status.kind.clone(), |kind, other| {
            kind.and(&other.status.kind)
        })?;
    Some(Status {
        kind,
        ..first.status.clone()
    })
}

/// "Superseded", and a paragraph below the link alone.
fn with_successor(text: &str, status: Status, rest: &[Statement]) -> Status {
    if status.kind != (StatusKind::Superseded { by: None }) {
        return status;
    }
    let alone = rest.iter().find_map(|other| {
        let words = slice(text, other.status.span.clone()).trim_end_matches(['.', ' ', ')']);
        let (reference, length) = link(slice(text, other.status.span.clone()))?;
        (length >= words.len()).then_some(reference)
    });
    Status {
        kind: StatusKind::Superseded { by: alone },
        ..status
    }
}

fn in_table(text: &str, rows: &[Line], vocabulary: &Vocabulary) -> Vec<Statement> {
    let is_status = |span: Range<usize>| {
        vocabulary
            .meaning(&plain(slice(text, span)).to_lowercase())
            .is_some()
    };
    let values = table::values(text, rows, is_status_key, is_status);
    let statement = |value: table::Value| {
        let mut statement = Statement::read(text, value.span, vocabulary);
        let beside = days(slice(text, value.row)).first().map(|(_, day)| *day);
        statement.day = statement.day.or(beside);
        statement
    };
    values.into_iter().take(MOST + 1).map(statement).collect()
}

/// The most lines that one statement takes: each further line is read together with those before it.
const MOST_LINES: usize = 20;

/// The last line of the statement that begins in line `at`: a sentence goes on in the next line, a status by itself, an
/// item and a paragraph do not.
fn end_of_statement(text: &str, lines: &[Line], at: usize, vocabulary: &Vocabulary) -> usize {
    let mut last = at;
    while let (Some(line), Some(next)) = (lines.get(last), lines.get(last + 1)) {
        let is_next_line = next.start == line.next && !next.is_blank(text);
        let has_marker = without_marker(text, next.span()) != trimmed(text, next.span());
        let start = lines.get(at).map_or(line.start, |line| line.start);
        if last - at >= MOST_LINES
            || !is_next_line
            || has_marker
            || table::is_row(text, next)
            || is_complete(text, start..line.end, vocabulary)
        {
            break;
        }
        last += 1;
    }
    last
}

/// Whether words need no more: a status and nothing behind it but a day or a link, or the end of a sentence.
fn is_complete(text: &str, span: Range<usize>, vocabulary: &Vocabulary) -> bool {
    let span = without_key(text, without_marker(text, span));
    let raw = slice(text, span.clone()).trim_end();
    if raw.ends_with(['.', '!', '?', '。']) {
        return true;
    }
    if raw.matches('[').count() > raw.matches(']').count() {
        return false;
    }
    let words = plain(raw).to_lowercase();
    let days = days(&words);
    let before_day = days.first().map_or(words.len(), |(day, _)| day.start);
    let ends_with_day = days
        .last()
        .is_some_and(|(day, _)| day.end == words.trim_end_matches(')').len());
    let stated = words
        .get(..before_day)
        .unwrap_or("")
        .trim_matches(|c: char| !c.is_alphanumeric());
    let statement = Statement::read(text, span, vocabulary);
    let is_stated = statement.status.kind != StatusKind::Unknown;
    is_stated && (ends_with_day || !stated.contains(' ') && before_day == words.len())
        || is_about_another(raw, &statement.status.kind)
}

/// The value alone where a line repeats the key: `Status: Accepted` in a Status section.
fn without_key(text: &str, span: Range<usize>) -> Range<usize> {
    match key_and_value(text, span.clone()) {
        Some((key, value)) if is_status_key(&key) => value,
        _ => span,
    }
}
