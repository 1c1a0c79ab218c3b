//! A report for the tests of all formats: hostile path, message and source line, and one place known by hand.

use crate::finding::LineIndex;
use crate::finding::{Checked, Finding, Kind, Report, Severity, Skipped};

pub(crate) const MISMATCH: Kind = Kind {
    id: "decision-mismatch",
    severity: Severity::Error,
    summary: "The decision is not what its own answers give",
    what: "Compares the decision with the recommendation.",
    why: "A decision that its answers do not support misleads its readers.",
    example: "```yaml\ndecision: mesh\n```",
    fix: "Decide again, or record an exception.",
};

pub(crate) const OVERDUE: Kind = Kind {
    id: "review-overdue",
    severity: Severity::Warning,
    summary: "The review date has passed",
    what: "Compares `review_by` with the date of the check.",
    why: "Fleets grow.",
    example: "",
    fix: "Review the decision.",
};

pub(crate) const KINDS: &[&Kind] = &[&MISMATCH, &OVERDUE];

/// Line 4, columns 11 to 15 (the word `mesh` in `decision: mesh`), counted by hand.
pub(crate) const TEXT: &str = "# Té\n\n```yaml mesh-advisor\ndecision: mesh\nreview_by: 2020-01-01 # \u{1b}[31m\u{202e}\n```\n";

pub(crate) fn mismatch(path: &str) -> Finding {
    let at = TEXT.find("mesh\n").unwrap_or(0);
    Finding::new(
        &MISMATCH,
        path,
        &LineIndex::new(TEXT),
        at..at + 4,
        "The decision is mesh, the answers give no-mesh",
    )
    .with_help("Set decision to no-mesh, or add an exception")
}

pub(crate) fn overdue(path: &str) -> Finding {
    let at = TEXT.find("2020").unwrap_or(0);
    Finding::new(
        &OVERDUE,
        path,
        &LineIndex::new(TEXT),
        at..at + 10,
        "Overdue by 50%\n::error::x,y: <b>\u{1b}[31m&\"'\u{0}",
    )
    .with_key("review_by")
}

/// One clean record, one with two findings and a hostile name, one skipped.
pub(crate) fn report() -> Report {
    let checked = |path: &str, passed: &[&'static str]| Checked {
        path: path.to_owned(),
        passed: passed.to_vec(),
    };
    Report {
        checked: vec![
            checked("adr/a,b: 50% \u{1b}é.md", &[]),
            checked("adr/clean.md", &["decision-mismatch", "review-overdue"]),
        ],
        skipped: vec![Skipped {
            path: "adr/old.md".to_owned(),
            why: "its status is superseded".to_owned(),
        }],
        findings: vec![
            mismatch("adr/a,b: 50% \u{1b}é.md"),
            overdue("adr/a,b: 50% \u{1b}é.md"),
        ],
    }
}
