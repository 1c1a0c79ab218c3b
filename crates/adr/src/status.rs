//! What a status says, or that it does not say.
//!
//! A status is a few words. A sentence that merely begins with one of them ("Superseded approaches were considered",
//! adrs#376) is not a status, and two different ones in a row ("proposed | accepted") are a template, unless one of them
//! is marked or each has its day. Both are a finding and never a guess.

use std::ops::Range;

use crate::dates::{Day, days};
use crate::lines::slice;
use crate::markup::{Reference, beginning, link, plain};
use crate::words::{Meaning, Vocabulary, amendments, is_by, words_of};

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

/// The record that "… by X" names: a link anywhere after the word, else a name with a number in it.
pub(crate) fn reference(raw: &str) -> Option<Reference> {
    let rest = after_word(raw)?;
    let first_link = |text: &str| {
        text.find('[')
            .and_then(|at| link(text.get(at..)?))
            .map(|(reference, _)| reference)
    };
    if !rest.chars().any(char::is_alphanumeric) {
        // "被 [ADR-9](9.md) 取代"
        return first_link(raw);
    }
    let linked = first_link(rest);
    if linked.is_some() {
        return linked;
    }
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let name = if is_by(&first.trim_end_matches(':').to_lowercase()) {
        after
    } else {
        rest
    };
    let name = name.trim_start_matches([' ', '\t', ':', '*', '_']);
    let end = name.find([',', ';', '(', '\n', '|']).unwrap_or(name.len());
    let text = plain(name.get(..end).unwrap_or(""))
        .trim_end_matches('.')
        .trim()
        .to_owned();
    let is_day = days(&text).first().is_some_and(|(span, _)| span.start == 0);
    let has_number = text.chars().any(|c| c.is_ascii_digit());
    (has_number && !is_day).then_some(Reference { text, target: None })
}

/// What follows the word for a replaced or changed decision, and how much of it was.
fn after_word(raw: &str) -> Option<&str> {
    let lower = raw.to_ascii_lowercase();
    let words = words_of(Meaning::Superseded).chain(amendments());
    let (_, end) = words
        .filter_map(|word| lower.find(word).map(|at| (at, at + word.len())))
        .min()?;
    let mut rest = raw
        .get(end..)?
        .trim_start_matches(['*', '_', ' ', '\t', ':', '-']);
    for part in ["in part", "in-part", "partially", "partly"] {
        rest = rest.strip_prefix(part).unwrap_or(rest).trim_start();
    }
    Some(rest)
}

fn is_by_something(words: &str) -> bool {
    words.split_whitespace().rev().skip(1).any(is_by)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(raw: &str) -> StatusKind {
        Status::read(raw, 0..raw.len(), &Vocabulary::default()).kind
    }

    fn name(raw: &str) -> &'static str {
        read(raw).name()
    }

    fn by(raw: &str) -> Option<(String, String)> {
        match read(raw) {
            StatusKind::Superseded { by } | StatusKind::Amended { by } => {
                by.map(|by| (by.text, by.target.unwrap_or_default()))
            }
            other => panic!("{raw}: {other:?}"),
        }
    }

    #[test]
    fn a_status_word_with_what_people_put_around_it_is_that_status() {
        for raw in [
            "Accepted",
            "accepted.",
            "**Accepted**",
            "✅ Accepted",
            "Accepted ✅",
            ":white_check_mark: Accepted",
            "ACCEPTED!",
            "_approved_",
            "Accepted (2026-01-02)",
            "Accepted on 2026-01-02",
            "Accepted 2026-01-02",
            "2026-01-02: Accepted",
            "03.02.2026 Accepted",
            "Accepted by the board, 2020",
            "accepted <!-- optional -->",
            "~~Proposed~~ Accepted",
            "[Accepted](process.md)",
            "Accepted. It replaces ADR 3",
            "Accepted, implemented",
            "Accepted & implemented",
            "Accepted and implemented",
            "ACCEPTED Implemented",
            "Implementable",
            "implemented",
            "Final",
            "Done",
            "In effect",
            "`active`",
            "Accepted - 2020-01-01",
            "Accepted; supersedes 3",
            "Accepted | Date: 2020-02-02",
            "accepted for new services",
            "Akzeptiert am 3.2.2026",
            "Accepté",
            "aceptada",
            "aceito",
            "Approvato",
            "Geaccepteerd",
            "承認",
            "已接受",
            "已采纳（2026年2月3日）",
        ] {
            assert_eq!(name(raw), "accepted", "{raw}");
        }
        for raw in [
            "Proposed",
            "Proposal",
            "Draft (in review)",
            "WIP",
            "RFC",
            "under review",
            "Open",
            "In consideration",
            "On hold",
            "work-in-progress",
            "Vorgeschlagen",
            "brouillon",
            "提案中",
            "草稿",
        ] {
            assert_eq!(name(raw), "proposed", "{raw}");
        }
        for (raw, expected) in [
            ("Rejected", "rejected"),
            ("Declined by the board", "rejected"),
            ("Obsolete", "deprecated"),
            ("Withdrawn", "deprecated"),
            ("Deprecated since 2024", "deprecated"),
            ("not accepted", "rejected"),
            ("Abgelehnt", "rejected"),
            ("Ersetzt durch ADR-9", "superseded"),
            ("废弃", "deprecated"),
        ] {
            assert_eq!(name(raw), expected, "{raw}");
        }
    }

    #[test]
    fn a_sentence_that_begins_with_a_status_word_is_not_a_status() {
        for raw in [
            "Superseded approaches were considered",
            "Final answer is still pending",
            "Open questions remain",
            "Active development continues",
            "Acceptedness",
            "Accepting this would",
            "What is the status, such as accepted?",
            "{proposed | rejected | accepted}",
            "Proposed / Accepted / Deprecated",
            "[proposed | accepted]",
            "[accepted | superseded by [ADR-0005](0005-example.md)]",
            "",
            "???",
            "Approved budgets apply",
            "Accepted, deprecated 2023",
            "the meeting accepted",
            "Pending approval, draft",
            "accepted rejected",
            "**Proposed** | **Accepted**",
            "Vorgeschlagen | Akzeptiert | Abgelehnt",
            "提议 / 采纳 / 废弃 / 替代",
        ] {
            assert_eq!(name(raw), "unknown", "{raw}");
        }
    }

    #[test]
    fn of_several_words_the_marked_one_counts_and_of_dated_ones_the_last() {
        for (raw, expected) in [
            ("Proposed | **Accepted** | Deprecated", "accepted"),
            ("Proposed / Accepted / __Rejected__", "rejected"),
            ("~~Proposed~~ / Accepted", "accepted"),
            ("Proposed (2026-01-10), Accepted (2026-02-03)", "accepted"),
            ("Accepted 2026-02-03, Proposed 2026-01-10", "accepted"),
            ("2026-01-10: Accepted; 2026-02-03: Deprecated", "deprecated"),
            ("Proposed 2026-01-10, Accepted", "unknown"),
            ("Proposed -> Accepted", "unknown"),
        ] {
            assert_eq!(name(raw), expected, "{raw}");
        }
    }

    #[test]
    fn supersession_names_its_successor() {
        let link = Some(("ADR-5".to_owned(), "0005-x.md".to_owned()));
        for raw in [
            "superseded by [ADR-5](0005-x.md)",
            "Superceded by [ADR-5](0005-x.md)",
            "**Superseded** by: [ADR-5](0005-x.md)",
            "Accepted, superseded by [ADR-5](0005-x.md)",
            "Deprecated, superseded by [ADR-5](0005-x.md)",
            "Superseded - [ADR-5](0005-x.md)",
            "Superseded on 2026-02-03 by\n[ADR-5](0005-x.md)",
            "Superseded — see [ADR-5](0005-x.md)",
            "Ersetzt durch [ADR-5](0005-x.md)",
            "已被 [ADR-5](0005-x.md) 取代",
        ] {
            assert_eq!(by(raw), link, "{raw}");
            assert_eq!(name(raw), "superseded", "{raw}");
        }
        let named = |name: &str| Some((name.to_owned(), String::new()));
        assert_eq!(by("superseded by ADR-0123"), named("ADR-0123"));
        assert_eq!(by("Superseded by 1234."), named("1234"));
        assert_eq!(by("Superseded: ADR 7"), named("ADR 7"));
        for raw in [
            "Superseded",
            "Superseded by events",
            "Superseded 2026-02-03",
        ] {
            assert_eq!(by(raw), None, "{raw}");
        }
    }

    #[test]
    fn what_is_amended_stays_in_force_and_names_its_amendment() {
        let link = Some(("ADR 9".to_owned(), "9.md".to_owned()));
        for raw in [
            "Superseded in part by [ADR 9](9.md)",
            "Partially superseded by [ADR\n9](9.md). The rest holds.",
            "amended by [ADR 9](9.md)",
            "amended-in-part by [ADR 9](9.md), [0010](0010-y.md)",
            "Extended by [ADR 9](9.md)",
            "Accepted, amended by [ADR 9](9.md)",
            "Accepted (partially superseded by [ADR 9](9.md))",
        ] {
            assert_eq!(name(raw), "amended", "{raw}");
            assert_eq!(
                by(raw).map(|(text, target)| (text.replace('\n', " "), target)),
                link,
                "{raw}"
            );
        }
        assert_eq!(name("Rejected, amended by 9"), "unknown");
    }

    #[test]
    fn only_a_whole_line_with_a_link_is_about_another_record() {
        let is_about = |raw: &str| is_about_another(raw, &read(raw));
        assert!(is_about("Superceded by [9. Use B](0009-use-b.md)"));
        assert!(is_about("superseded by [9](9.md)."));
        assert!(is_about("**Amended by [9](9.md)**"));
        assert!(!is_about("superseded by [9](9.md) in spirit"));
        assert!(!is_about("superseded by nothing"));
        assert!(!is_about("It was superseded by [9](9.md)"));
        assert!(!is_about("Supersedes [3](3.md)"));
    }
}
