//! `duplicate-record`: more than one record in a file.

use super::{Check, Subject};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "duplicate-record",
        severity: Severity::Error,
        summary: "The file carries more than one record",
        what: "Counts the records of a file: fenced blocks, and the front matter key `x-mesh-advisor`. The first is checked.",
        why: "Nobody can tell which of two records is meant, and the one that is not checked can say anything.",
        example: "```yaml mesh-advisor\nschema: 1\n```\n\n```yaml mesh-advisor\nschema: 1\n```",
        fix: "Keep one of them. A decision that replaces another goes into a record file of its own.",
    },
    look,
};

/// Later records beyond this are not worth a finding each.
const LISTED: usize = 10;

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let first = subject.record()?;
    let line = subject.index.place(first.head.clone()).line;
    let message = format!(
        "This is one of {} records in the file; the first stands in line {line}",
        subject.records.len()
    );
    let later = subject.records.iter().enumerate().skip(1).take(LISTED);
    Some(
        later
            .map(|(nth, record)| {
                subject
                    .finding(&CHECK.kind, record.head.clone(), message.clone())
                    .with_key(nth.to_string())
            })
            .collect(),
    )
}
