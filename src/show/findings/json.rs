//! Findings as the JSON of every command has them.
//!
//! The struct here is the promise to users; the program's own type may change without it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::finding::Report;

/// One finding, in every report that has findings.
#[derive(Serialize, JsonSchema)]
pub(in crate::show) struct Finding<'r> {
    /// The id of its kind: `explain` tells about it.
    rule: &'r str,
    /// How much it matters here.
    #[schemars(extend("enum" = ["error", "warning", "note"]))]
    severity: &'r str,
    /// The file, relative, with forward slashes.
    path: &'r str,
    /// The line at which it begins, from 1.
    line: usize,
    /// The column at which it begins, in characters from 1.
    column: usize,
    /// The line at which it ends.
    end_line: usize,
    /// The column behind its last character.
    end_column: usize,
    /// What it is about within the file: a fact, a rule, an object.
    about: Option<&'r str>,
    /// What is the matter.
    message: &'r str,
    /// What to do about it.
    help: Option<&'r str>,
    /// 16 hexadecimal digits that stay the same while lines move.
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
