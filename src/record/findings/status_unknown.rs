//! `status-unknown`: nobody can tell whether the decision is in force.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use adr::metadata::StatusReading;
use adr::status::{Status, StatusKind};
use adr::words::Vocabulary;

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
        StatusReading::Stated(status) if status.kind == StatusKind::Unknown => {
            // A word that would be a status by itself stands in a list of them, as in a template.
            let by_itself =
                Status::read(&status.text, 0..status.text.len(), &Vocabulary::default());
            let why = match by_itself.kind {
                StatusKind::Unknown => "is no status",
                _ => "is one of several statuses, of which none is chosen",
            };
            let message = format!(
                "\"{}\" {why}; the record is checked as if accepted",
                status.text
            );
            Some(subject.finding(&CHECK.kind, status.span.clone(), message))
        }
        StatusReading::Stated(_) | StatusReading::Conflict(..) => None,
    };
    Some(at_most_one(finding.map(|finding| finding.with_help(HELP))))
}
