//! `status-conflict`: the file states two statuses.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use adr::metadata::StatusReading;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "status-conflict",
        severity: Severity::Error,
        summary: "The file states two statuses that mean different things",
        what: "Compares the status in the front matter, the header and the Status section, and the statuses below each other in \
               one place. Synonyms agree; of several with a date each the last one counts, and of several words the one in bold.",
        why: "One of them was forgotten, and readers and tools pick different ones. The record gets the full check.",
        example: "---\nstatus: accepted\n---\n\n## Status\n\nProposed",
        fix: "State the status once, or make both say the same.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    subject.record()?;
    let StatusReading::Conflict(first, other) = subject.status()? else {
        return Some(Vec::new());
    };
    let line = subject.index.place(first.span.clone()).line;
    let (first, here) = (first.kind.name(), other.kind.name());
    let message = format!("The status is {here} here and {first} in line {line}");
    let finding = subject.finding(&CHECK.kind, other.span.clone(), message);
    Some(at_most_one(Some(finding.with_help(
        "state it once; until then the record is checked as if accepted",
    ))))
}
