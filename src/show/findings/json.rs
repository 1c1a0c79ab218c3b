//! Findings as the JSON of every command has them.
//!
//! The struct here is the promise to users; the program's own type may change without it.

use serde::Serialize;

use crate::finding::Report;

/// One finding, in every report that has findings.
#[derive(Serialize)]
pub(in crate::show) struct Finding<'r> {
    rule: &'r str,
    severity: &'r str,
    path: &'r str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    about: Option<&'r str>,
    message: &'r str,
    help: Option<&'r str>,
    fingerprint: String,
}

/// The findings of a report, in order.
pub(in crate::show) fn findings(report: &Report) -> Vec<Finding<'_>> {
    report
        .findings
        .iter()
        .zip(report.fingerprints())
        .map(finding)
        .collect()
}

fn finding((finding, fingerprint): (&crate::finding::Finding, String)) -> Finding<'_> {
    Finding {
        rule: finding.kind.id,
        severity: finding.severity.name(),
        path: &finding.path,
        line: finding.place.line,
        column: finding.place.column,
        end_line: finding.place.end_line,
        end_column: finding.place.end_column,
        about: Some(finding.key.as_str()).filter(|key| !key.is_empty()),
        message: &finding.message,
        help: finding.help.as_deref(),
        fingerprint,
    }
}
