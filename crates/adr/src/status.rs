//! What a status says, or that it does not say.
//!
//! A status is a few words. A sentence that merely begins with one of them ("Superseded approaches were considered",
//! adrs#376) is not a status, and two different ones in a row ("proposed | accepted") are a template, unless one of them
//! is marked or each has its day. Both are a finding and never a guess.

use std::ops::Range;

use crate::dates::{Day, days};
use crate::lines::slice;
use crate::markup::{Reference, beginning, link, plain};
use crate::successor::reference;
use crate::words::{Meaning, Vocabulary, is_by};

/// What a decision's status means for checking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusKind {
    /// In force.
    Accepted,
    /// In force, with a change that another record holds.
    Amended {
        /// The record that holds the change, when the status names one.
        by: Option<Reference>,
    },
    /// Not decided yet.
    Proposed,
    /// Decided against, or given up.
    Rejected,
    /// Replaced by another decision.
    Superseded {
        /// The record that replaces it, when the file names one.
        by: Option<Reference>,
    },
    /// No longer in force.
    Deprecated,
    /// Several of the above are listed, and none is chosen, as in a template.
    Unchosen,
    /// There are words, and they are none of the above.
    Unknown,
}

/// A status and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// What it means.
    pub kind: StatusKind,
    /// What it says, without markup.
    pub text: String,
    /// Where it says so.
    pub span: Range<usize>,
}

/// A status with what tells it apart from others beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    pub(crate) status: Status,
    /// The day that stands beside it.
    pub(crate) day: Option<Day>,
    /// Whether all of it is set in bold.
    pub(crate) is_marked: bool,
    /// Whether it is one word of a list.
    pub(crate) is_listed: bool,
}

impl Statement {
    /// What the words at `span` of a file state.
    pub(crate) fn read(text: &str, span: Range<usize>, vocabulary: &Vocabulary) -> Self {
        let raw = beginning(slice(text, span.clone())).replace(['\n', '\r'], " ");
        let (kind, day) = classify(&raw, vocabulary);
        let text = plain(&raw);
        let trimmed = raw.trim();
        let is_marked = marked(&raw)
            .next()
            .is_some_and(|inner| inner.len() + 4 == trimmed.len());
        Statement {
            status: Status { kind, text, span },
            day,
            is_marked,
            is_listed: false,
        }
    }
}

impl Status {
    /// The status that the words at `span` of a file state.
    pub fn read(text: &str, span: Range<usize>, vocabulary: &Vocabulary) -> Self {
        Statement::read(text, span, vocabulary).status
    }
}

impl StatusKind {
    /// One word for people: `accepted`, `proposed`, …
    pub fn name(&self) -> &'static str {
        match self {
            StatusKind::Accepted => Meaning::Accepted.name(),
            StatusKind::Amended { .. } => Meaning::Amended.name(),
            StatusKind::Proposed => Meaning::Proposed.name(),
            StatusKind::Rejected => Meaning::Rejected.name(),
            StatusKind::Superseded { .. } => Meaning::Superseded.name(),
            StatusKind::Deprecated => Meaning::Deprecated.name(),
            StatusKind::Unchosen | StatusKind::Unknown => "unknown",
        }
    }

    pub(crate) fn of(meaning: Meaning, by: Option<Reference>) -> Self {
        match meaning {
            Meaning::Accepted => StatusKind::Accepted,
            Meaning::Amended => StatusKind::Amended { by },
            Meaning::Proposed => StatusKind::Proposed,
            Meaning::Rejected => StatusKind::Rejected,
            Meaning::Superseded => StatusKind::Superseded { by },
            Meaning::Deprecated => StatusKind::Deprecated,
        }
    }

    /// What both say together; `None` when they mean different things. An amended decision is an accepted one.
    pub(crate) fn and(&self, other: &StatusKind) -> Option<StatusKind> {
        use StatusKind::{Accepted, Amended, Superseded, Unchosen, Unknown};
        let either = |one: &Option<Reference>, other: &Option<Reference>| {
            one.clone().or_else(|| other.clone())
        };
        Some(match (self, other) {
            (Amended { by }, Accepted) | (Accepted, Amended { by }) => Amended { by: by.clone() },
            (Amended { by }, Amended { by: other }) => Amended {
                by: either(by, other),
            },
            (Superseded { by }, Superseded { by: other }) => Superseded {
                by: either(by, other),
            },
            (Unchosen, Unknown) | (Unknown, Unchosen) => Unknown,
            (one, other) if one == other => one.clone(),
            _ => return None,
        })
    }

    /// Whether it says what became of a decision whatever it was before: "superseded by" a record.
    pub(crate) fn replaces(&self) -> bool {
        matches!(self, StatusKind::Superseded { by: Some(_) })
    }
}

/// The last of the kinds when each has a day of its own.
pub(crate) fn latest<T>(dated: impl Iterator<Item = (Option<Day>, T)>) -> Option<T> {
    let all: Option<Vec<(Day, T)>> = dated.map(|(day, kind)| Some((day?, kind))).collect();
    all?.into_iter()
        .reduce(|one, other| if other.0 >= one.0 { other } else { one })
        .map(|(_, kind)| kind)
}

/// Reads a status. Each clause states a kind or nothing; the first must. Later ones agree, or one says what holds: the
/// one set in bold, the last of those with days, or "superseded by …".
fn classify(raw: &str, vocabulary: &Vocabulary) -> (StatusKind, Option<Day>) {
    let words = plain(raw).to_lowercase();
    if words.starts_with(['[', '{']) && words.contains(['|', ',']) {
        return (StatusKind::Unknown, None);
    }
    let days = days(&words);
    let mut rest = words.clone();
    for (span, _) in &days {
        rest.replace_range(span.clone(), &" ".repeat(span.len()));
    }
    let by = || reference(raw);
    let mut stated: Vec<(usize, StatusKind)> = Vec::new();
    for (at, clause) in clauses(&rest) {
        match vocabulary.meaning(&clause) {
            None if stated.is_empty() => return (StatusKind::Unknown, None),
            None => {}
            Some(meaning) => stated.push((at, StatusKind::of(meaning, by()))),
        }
    }
    let Some(((_, first), others)) = stated.split_first() else {
        return (StatusKind::Unknown, None);
    };
    let last_day = days.iter().map(|(_, day)| *day).next_back();
    let together = others
        .iter()
        .try_fold(first.clone(), |so_far, (_, kind)| so_far.and(kind));
    if let Some(kind) = together {
        return (kind, last_day);
    }
    let chosen: Vec<&str> = marked(raw).collect();
    if let [chosen] = chosen.as_slice()
        && let (kind, day) = classify(&chosen.replace('*', ""), vocabulary)
        && kind != StatusKind::Unknown
    {
        return (kind, day.or(last_day));
    }
    if let Some(kind) = latest(
        stated
            .iter()
            .zip(with_days(&stated, &days))
            .map(|((_, kind), day)| (day, kind.clone())),
    ) {
        return (kind, last_day);
    }
    let replaced = stated
        .last()
        .map(|(_, kind)| kind)
        .filter(|kind| match kind {
            StatusKind::Superseded { by } => by.is_some() || is_by_something(&words),
            _ => false,
        });
    let before = others
        .len()
        .checked_sub(1)
        .and_then(|before| others.get(..before))
        .unwrap_or(&[]);
    let agreed = before
        .iter()
        .try_fold(first.clone(), |so_far, (_, kind)| so_far.and(kind))
        .is_some();
    (
        replaced
            .filter(|_| agreed)
            .cloned()
            .unwrap_or(StatusKind::Unknown),
        last_day,
    )
}

/// The day that belongs to each of the kinds: all before theirs or all after, one each.
fn with_days(stated: &[(usize, StatusKind)], days: &[(Range<usize>, Day)]) -> Vec<Option<Day>> {
    let is_before =
        |(kind, day): (&(usize, StatusKind), &(Range<usize>, Day))| day.0.start < kind.0;
    let pairs = || stated.iter().zip(days);
    let is_in_turn = stated.iter().skip(1).zip(days).all(is_before);
    let is_one_order = pairs().all(is_before) || !pairs().any(is_before);
    if stated.len() == days.len() && is_in_turn && is_one_order {
        days.iter().map(|(_, day)| Some(*day)).collect()
    } else {
        vec![None; stated.len()]
    }
}

/// The parts of a status that can state something, and where each starts.
fn clauses(words: &str) -> Vec<(usize, String)> {
    let ends = |c: char| {
        matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '/'
                | '|'
                | '!'
                | '?'
                | '&'
                | '+'
                | '–'
                | '—'
                | '→'
                | '·'
                | '\n'
                | '：'
                | '，'
                | '。'
                | '；'
                | '、'
                | '（'
                | '）'
        )
    };
    let words = words
        .replace(" - ", " ; ")
        .replace(" -> ", " ;; ")
        .replace(" and ", " ;;; ");
    let mut start = 0;
    let mut found = Vec::new();
    for part in words.split_inclusive(ends) {
        let clause = part.trim_matches(|c: char| !c.is_alphanumeric());
        if !clause.is_empty() {
            found.push((start, clause.to_owned()));
        }
        start += part.len();
    }
    found
}

/// What is set in bold.
fn marked(raw: &str) -> impl Iterator<Item = &str> {
    let between = |mark: &'static str| raw.split(mark).skip(1).step_by(2);
    between("**")
        .chain(between("__"))
        .filter(|inner| inner.chars().any(char::is_alphanumeric))
}

/// Whether a whole line says that another record replaces this one or changes it, and nothing else: what adr-tools adds
/// below a status, and what people put under the title as a banner.
pub(crate) fn is_about_another(raw: &str, kind: &StatusKind) -> bool {
    let (StatusKind::Superseded { by: Some(_) } | StatusKind::Amended { by: Some(_) }) = kind
    else {
        return false;
    };
    let line = raw.trim().trim_matches(['*', '_', '.', ' ']);
    let Some(at) = line.find('[') else {
        return false;
    };
    line.get(at..).and_then(link).is_some_and(|(_, length)| {
        let after = line.get(at + length..).unwrap_or("");
        after.trim_matches(['*', '_', '.', ' ']).is_empty()
    })
}

fn is_by_something(words: &str) -> bool {
    words.split_whitespace().rev().skip(1).any(is_by)
}

#[cfg(test)]
mod tests;
