//! The words that people write for a status, and what may follow them.

use crate::status::StatusKind;

const ACCEPTED: &[&str] = &[
    "accepted",
    "accept",
    "approved",
    "active",
    "adopted",
    "agreed",
    "agreed upon",
    "complete",
    "completed",
    "decided",
    "done",
    "effective",
    "enacted",
    "final",
    "finalised",
    "finalized",
    "implemented",
    "in effect",
    "in force",
    "in use",
    "ratified",
];
const PROPOSED: &[&str] = &[
    "proposed",
    "proposal",
    "awaiting approval",
    "awaiting review",
    "deferred",
    "draft",
    "drafted",
    "for review",
    "in discussion",
    "in progress",
    "in review",
    "on hold",
    "open",
    "pending",
    "postponed",
    "proposing",
    "provisional",
    "ready for review",
    "request for comment",
    "request for comments",
    "review",
    "rfc",
    "tbd",
    "to be decided",
    "todo",
    "under consideration",
    "under discussion",
    "under review",
    "wip",
    "work in progress",
];
const REJECTED: &[&str] = &[
    "rejected",
    "abandoned",
    "canceled",
    "cancelled",
    "declined",
    "denied",
    "dismissed",
    "not accepted",
    "refused",
];
pub(crate) const SUPERSEDED: &[&str] = &[
    "superseded",
    "superceded",
    "superceeded",
    "superseeded",
    "supersceded",
    "replaced",
    "obsoleted",
];
const DEPRECATED: &[&str] = &[
    "deprecated",
    "archived",
    "decommissioned",
    "discontinued",
    "expired",
    "inactive",
    "no longer valid",
    "obsolete",
    "retired",
    "sunset",
    "withdrawn",
];

/// Words after a status that leave it a status: "accepted by the board", "accepted on 2026-01-02".
const CONTINUATIONS: &[&str] = &[
    "as", "at", "by", "during", "for", "from", "in", "on", "since", "subject", "until", "with",
];

/// The kind that one clause states, when it states any.
pub(crate) fn clause_kind(clause: &str) -> Option<StatusKind> {
    let kinds = [
        (ACCEPTED, StatusKind::Accepted),
        (PROPOSED, StatusKind::Proposed),
        (REJECTED, StatusKind::Rejected),
        (SUPERSEDED, StatusKind::Superseded { by: None }),
        (DEPRECATED, StatusKind::Deprecated),
    ];
    let (_, kind) = kinds
        .into_iter()
        .flat_map(|(words, kind)| words.iter().map(move |word| (*word, kind.clone())))
        .filter(|(word, _)| clause.strip_prefix(word).is_some_and(leaves_a_status))
        .max_by_key(|(word, _)| word.len())?;
    Some(kind)
}

fn leaves_a_status(rest: &str) -> bool {
    let Some(next) = rest.split_whitespace().next() else {
        return rest.is_empty();
    };
    rest.starts_with(char::is_whitespace)
        && (CONTINUATIONS.contains(&next) || next.starts_with(|c: char| c.is_ascii_digit()))
}
