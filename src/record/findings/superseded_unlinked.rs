//! `superseded-unlinked`: nobody can find what replaced the decision.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use adr::metadata::StatusReading;
use adr::status::{Status, StatusKind};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "superseded-unlinked",
        severity: Severity::Warning,
        summary: "The record is superseded and does not say by what",
        what: "Looks for the successor's name or link in a superseded status, or for `superseded_by` in the front matter. \
               The record itself is not checked any more.",
        why: "Whoever finds the old decision needs the way to the one that holds.",
        example: "---\nstatus: superseded\n---",
        fix: "Write `superseded by [ADR-0012](0012-mesh.md)`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    subject.record()?;
    let StatusReading::Stated(Status { kind, span, .. }) = subject.status()? else {
        return None;
    };
    let StatusKind::Superseded { by } = kind else {
        return None;
    };
    let finding = || {
        let message = "The record is superseded and does not say by what";
        subject
            .finding(&CHECK.kind, span.clone(), message)
            .with_help("write `superseded by [ADR-…](….md)`")
    };
    Some(at_most_one(by.is_none().then(finding)))
}
