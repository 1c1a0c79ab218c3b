//! `status-unknown`: nobody can tell whether the decision is in force.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use adr::metadata::StatusReading;
use adr::status::StatusKind;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "status-unknown",
        severity: Severity::Error,
        summary: "The status says nothing that is known",
        what: "Reads the status from front matter, header lines, a table or a Status section. A word that is no known \
               status, and a template that was not filled in, are errors; no status at all is a warning. Either way the \
               record gets the full check.",
        why: "The status decides whether a record is checked, so it is never guessed.",
        example: "---\nstatus: {proposed | rejected | accepted}\n---",
        fix: "State one of proposed, accepted, rejected, deprecated, or superseded by the record that replaces it.",
    },
    look,
};

const HELP: &str = "state one of proposed, accepted, rejected, deprecated, superseded by …";

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    subject.record()?;
    let finding = match subject.status()? {
        StatusReading::Missing => {
            let finding = subject.finding(
                &CHECK.kind,
                0..0,
                "The record states no status; it is checked as if accepted",
            );
            Some(finding.with_severity(Severity::Warning))
        }
        StatusReading::Stated(status) => slip(&status.kind).map(|why| {
            let message = format!(
                "\"{}\" {why}; the record is checked as if accepted",
                status.text
            );
            subject.finding(&CHECK.kind, status.span.clone(), message)
        }),
        StatusReading::Conflict(..) => None,
    };
    Some(at_most_one(finding.map(|finding| finding.with_help(HELP))))
}

/// Why what stands there is no status.
fn slip(kind: &StatusKind) -> Option<&'static str> {
    match kind {
        StatusKind::Unchosen => Some("is one of several statuses, of which none is chosen"),
        StatusKind::Unknown => Some("is no status"),
        _ => None,
    }
}
