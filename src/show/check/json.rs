//! The report as one JSON object, schema `mesh-advisor/check/1`.
//!
//! The structs here are the promise to users; the report's own types may change without them.

use serde::Serialize;

use crate::finding::{Report, Severity};
use crate::show::json;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/check/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    summary: Summary,
    records: Vec<Record<'r>>,
    skipped: Vec<Skipped<'r>>,
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Summary {
    checked: usize,
    skipped: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Serialize)]
struct Record<'r> {
    path: &'r str,
    status: Option<&'r str>,
    decision: Option<&'r str>,
    recommendation: Option<&'r str>,
}

#[derive(Serialize)]
struct Skipped<'r> {
    path: &'r str,
    because: &'r str,
}

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

/// The object, with a line feed at the end.
pub fn render(report: &Report) -> String {
    let document = Document {
        schema: SCHEMA,
        summary: Summary {
            checked: report.checked.len(),
            skipped: report.skipped.len(),
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
        },
        records: report.checked.iter().map(record).collect(),
        skipped: report
            .skipped
            .iter()
            .map(|one| Skipped {
                path: &one.path,
                because: &one.why,
            })
            .collect(),
        findings: findings(report),
    };
    json::document(&document)
}

fn record(checked: &crate::finding::Checked) -> Record<'_> {
    Record {
        path: &checked.path,
        status: checked.status,
        decision: checked.decision.as_deref(),
        recommendation: checked.recommendation.as_deref(),
    }
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::show::check::sample::report;

    fn value(report: &Report) -> Value {
        serde_json::from_str(&render(report)).unwrap()
    }

    #[test]
    fn a_finding_carries_its_place_counted_by_hand() {
        let found = &value(&report())["findings"][0];
        assert_eq!(
            [
                &found["line"],
                &found["column"],
                &found["end_line"],
                &found["end_column"]
            ],
            [&json!(4), &json!(11), &json!(4), &json!(15)]
        );
        assert_eq!(found["rule"], "decision-mismatch");
        assert_eq!(found["about"], Value::Null);
    }

    #[test]
    fn the_object_counts_and_lists_everything() {
        let found = value(&report());
        assert_eq!(found["schema"], "mesh-advisor/check/1");
        assert_eq!(
            found["summary"],
            json!({"checked": 2, "skipped": 1, "errors": 1, "warnings": 1, "notes": 0})
        );
        assert_eq!(found["skipped"][0]["because"], "its status is superseded");
        assert_eq!(found["records"].as_array().unwrap().len(), 2);
        assert_eq!(value(&Report::default())["findings"], json!([]));
    }

    #[test]
    fn a_terminal_that_shows_the_object_obeys_nothing_in_it() {
        let mut report = report();
        report.findings[0].message = "\u{9b}31m\u{202e}".to_owned();
        let text = render(&report);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
        assert_eq!(
            value(&report)["findings"][0]["message"],
            "\u{9b}31m\u{202e}"
        );
    }
}
