//! `review-missing`: the decision is for ever.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "review-missing",
        severity: Severity::Warning,
        summary: "The record names no day of review",
        what: "Looks for `review_by`.",
        why: "The answers change with the fleet; a decision that nobody looks at again is right for a while.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\ndecided: 2026-11-20\n```",
        fix: "Add `review_by: YYYY-MM-DD`; half a year after the decision is a good start.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let reading = subject
        .reading
        .filter(|reading| !reading.is_faulty("review_by"))?;
    let is_missing = reading.decision.review_by.is_none();
    let finding = || {
        subject.finding(
            &CHECK.kind,
            subject.head(),
            "The record names no day of review (review_by)",
        )
    };
    Some(at_most_one(is_missing.then(finding)))
}
