//! Status words: what a status says, or that it does not say.
//!
//! A status is a few words. A sentence that merely begins with one of them ("Superseded approaches were considered",
//! adrs#376) is not a status, and two different ones in a row ("proposed | accepted") are a template. Both are
//! [`StatusKind::Unknown`], which is a finding and never a guess.

use std::ops::Range;

use crate::markup::{LONGEST_STATUS, Reference, beginning, link, plain};
use crate::status_words::{SUPERSEDED, clause_kind};

/// What a decision's status means for checking it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusKind {
    /// In force.
    Accepted,
    /// Not decided yet.
    Proposed,
    /// Decided against, or given up.
    Rejected,
    /// Replaced by another decision.
    Superseded {
        /// The record that replaces it, when the status or the front matter names one.
        by: Option<Reference>,
    },
    /// No longer in force.
    Deprecated,
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

impl Status {
    /// The status that the words at `span` of a file state.
    pub fn new(raw: &str, span: Range<usize>) -> Self {
        let raw = beginning(raw);
        let text = plain(raw);
        Status {
            kind: classify(raw),
            text,
            span,
        }
    }
}

impl StatusKind {
    /// One word for people: `accepted`, `proposed`, …
    pub fn name(&self) -> &'static str {
        match self {
            StatusKind::Accepted => "accepted",
            StatusKind::Proposed => "proposed",
            StatusKind::Rejected => "rejected",
            StatusKind::Superseded { .. } => "superseded",
            StatusKind::Deprecated => "deprecated",
            StatusKind::Unknown => "unknown",
        }
    }

    /// Whether both mean the same, whatever they refer to.
    pub fn agrees_with(&self, other: &StatusKind) -> bool {
        self.name() == other.name()
    }
}

/// Reads a status. Each clause states a kind or nothing; the first must, and later ones may not state another, except
/// that "superseded by …" after anything is what holds now.
fn classify(raw: &str) -> StatusKind {
    let words = plain(raw).to_lowercase();
    if words.starts_with(['[', '{']) && words.contains(['|', ',']) {
        return StatusKind::Unknown;
    }
    let mut stated: Option<StatusKind> = None;
    for clause in clauses(&words) {
        let kind = clause_kind(clause);
        let replaces = matches!(kind, Some(StatusKind::Superseded { .. }));
        stated = match (stated, kind) {
            (None, None) => return StatusKind::Unknown,
            (None, Some(kind)) => Some(kind),
            (Some(first), None) => Some(first),
            (Some(first), Some(kind)) if first.agrees_with(&kind) => Some(first),
            (Some(_), Some(kind)) if replaces && clause_is_reference(clause) => Some(kind),
            (Some(_), Some(_)) => return StatusKind::Unknown,
        };
    }
    match stated {
        Some(StatusKind::Superseded { .. }) => StatusKind::Superseded { by: reference(raw) },
        Some(kind) => kind,
        None => StatusKind::Unknown,
    }
}

fn clauses(words: &str) -> impl Iterator<Item = &str> {
    words
        .split([
            '.', ',', ';', ':', '(', ')', '[', ']', '{', '}', '/', '|', '!', '?', '–', '—', '→',
            '·', '\n',
        ])
        .flat_map(|part| part.split(" - "))
        .map(|part| part.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|part| !part.is_empty())
}

/// "superseded by x", as opposed to the bare word.
fn clause_is_reference(clause: &str) -> bool {
    clause.split_whitespace().nth(1) == Some("by")
}

/// Whether a whole line says "superseded by" a link and nothing else: the line that adr-tools adds below a status.
pub fn is_supersession_line(raw: &str) -> bool {
    let line = raw.trim().trim_end_matches('.');
    if line.len() > LONGEST_STATUS {
        return false;
    }
    let Some(by) = after_by(line) else {
        return false;
    };
    let first = plain(line).to_lowercase();
    SUPERSEDED.iter().any(|word| first.starts_with(word))
        && by.starts_with('[')
        && line.ends_with(')')
        && link(by).is_some_and(|(_, length)| length == by.len())
}

/// The record that "… by X" names.
fn reference(raw: &str) -> Option<Reference> {
    let by = after_by(raw)?;
    if let Some((reference, _)) = link(by) {
        return Some(reference);
    }
    let end = by.find([',', ';', '(', '\n', '|']).unwrap_or(by.len());
    let text = plain(by.get(..end).unwrap_or(""))
        .trim_end_matches('.')
        .trim()
        .to_owned();
    text.chars()
        .any(|c| c.is_ascii_digit())
        .then_some(Reference { text, target: None })
}

fn after_by(raw: &str) -> Option<&str> {
    let lower = raw.to_ascii_lowercase();
    let word = SUPERSEDED
        .iter()
        .filter_map(|word| lower.find(word).map(|at| at + word.len()))
        .min()?;
    let rest = raw
        .get(word..)?
        .trim_start_matches(['*', '_', ' ', '\t', ':']);
    let rest = if rest
        .get(..2)
        .is_some_and(|by| by.eq_ignore_ascii_case("by"))
    {
        rest.get(2..)?
    } else {
        return None;
    };
    Some(rest.trim_start_matches([' ', '\t', ':', '*', '_']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(raw: &str) -> &'static str {
        Status::new(raw, 0..0).kind.name()
    }

    #[test]
    fn a_status_word_with_what_people_put_around_it_is_that_status() {
        for raw in [
            "Accepted",
            "accepted.",
            "**Accepted**",
            "✅ Accepted",
            ":white_check_mark: Accepted",
            "ACCEPTED!",
            "_approved_",
            "Accepted (2026-01-02)",
            "Accepted on 2026-01-02",
            "Accepted 2026-01-02",
            "Accepted by the board, 2020",
            "accepted <!-- optional -->",
            "~~Proposed~~ Accepted",
            "[Accepted](process.md)",
            "Accepted. It replaces ADR 3",
            "Accepted, implemented",
            "Final",
            "Done",
            "In effect",
            "`active`",
            "Accepted - 2020-01-01",
            "Accepted; supersedes 3",
            "Accepted | Date: 2020-02-02",
            "accepted for new services",
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
            "Pending approval, draft",
            "Open",
        ] {
            let expected = if raw.starts_with("Pending a") {
                "unknown"
            } else {
                "proposed"
            };
            assert_eq!(name(raw), expected, "{raw}");
        }
        for (raw, expected) in [
            ("Rejected", "rejected"),
            ("Declined by the board", "rejected"),
            ("Obsolete", "deprecated"),
            ("Withdrawn", "deprecated"),
            ("Deprecated since 2024", "deprecated"),
            ("not accepted", "rejected"),
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
        ] {
            assert_eq!(name(raw), "unknown", "{raw}");
        }
    }

    #[test]
    fn supersession_names_its_successor() {
        let by = |raw: &str| match Status::new(raw, 0..0).kind {
            StatusKind::Superseded { by } => by.map(|by| (by.text, by.target.unwrap_or_default())),
            other => panic!("{raw}: {other:?}"),
        };
        let link = Some(("ADR-5".to_owned(), "0005-x.md".to_owned()));
        assert_eq!(by("superseded by [ADR-5](0005-x.md)"), link);
        assert_eq!(by("Superceded by [ADR-5](0005-x.md)"), link);
        assert_eq!(by("**Superseded** by: [ADR-5](0005-x.md)"), link);
        assert_eq!(by("Accepted, superseded by [ADR-5](0005-x.md)"), link);
        assert_eq!(by("Deprecated, superseded by [ADR-5](0005-x.md)"), link);
        assert_eq!(
            by("superseded by ADR-0123"),
            Some(("ADR-0123".to_owned(), String::new()))
        );
        assert_eq!(
            by("Superseded by 1234."),
            Some(("1234".to_owned(), String::new()))
        );
        assert_eq!(by("Superseded"), None);
        assert_eq!(by("Superseded by events"), None);
    }

    #[test]
    fn only_a_whole_line_with_a_link_is_a_supersession_line() {
        assert!(is_supersession_line(
            "Superceded by [9. Use B](0009-use-b.md)"
        ));
        assert!(is_supersession_line("superseded by [9](9.md)."));
        assert!(!is_supersession_line("superseded by [9](9.md) in spirit"));
        assert!(!is_supersession_line("superseded by nothing"));
        assert!(!is_supersession_line("It was superseded by [9](9.md)"));
        assert!(!is_supersession_line("Supersedes [3](3.md)"));
    }
}
