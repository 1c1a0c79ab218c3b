//! `checks-incomplete`: what would have cost too much to check.

use super::{Check, Found, Subject};
use crate::finding::{Finding, Kind, Severity};
use crate::lint::Unchecked;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "checks-incomplete",
        severity: Severity::Error,
        summary: "Something could not be checked within the limits",
        what: "Proofs that would have needed more nodes or more steps than allowed. What was not checked is named.",
        why: "What was not checked may be wrong.",
        example: "A rubric of hundreds of facts that all signals mix.",
        fix: "Allow more steps, or split the rubric.",
    },
    look,
};

/// What the other checks could not find out is told when all have looked.
fn look(_: &Subject<'_>) -> Option<Found> {
    None
}

/// The finding, when something was not checked.
pub(in crate::lint) fn finding(subject: &Subject<'_>, unchecked: &[Unchecked]) -> Option<Finding> {
    let one = |unchecked: &Unchecked| format!("{}: {}", unchecked.what, unchecked.why);
    let all: Vec<String> = unchecked.iter().map(one).collect();
    let message = format!("checks incomplete; not checked: {}", all.join("; "));
    let help =
        "Split the rubric, test flags and sums in fewer ways, or allow more steps with --steps.";
    let finding = subject.finding(&CHECK.kind, &Route::top().key("schema"), "", message);
    (!unchecked.is_empty()).then(|| finding.with_help(help))
}
