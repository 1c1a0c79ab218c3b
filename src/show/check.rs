//! The outcome of `check`: for people, as a page, and as one JSON object, schema `mesh-advisor/check/1`.
//!
//! The structs here are the promise to users; the report's own types may change without them.

mod page;

use schemars::JsonSchema;
use serde::Serialize;

use crate::advice::Advice;
use crate::finding::{Family, Report, Severity};
use crate::record::check::{CheckReport, CheckedRecord};
use crate::record::findings::FAMILY;
use crate::show::findings::Results;
use crate::show::findings::json::{Finding, findings};
use crate::show::findings::text::{self, Look};
use crate::show::json;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/check/1";

/// What a check found, with what a page tells beside that.
pub struct Outcome<'a> {
    /// What was found, and in what.
    pub checked: &'a CheckReport,
    /// The advice on the answers of a record; `None` where there are none to go by.
    pub advise: &'a dyn Fn(&CheckedRecord) -> Option<Advice<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct Document<'r> {
    /// The name and version of this contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// How many of what.
    summary: Summary,
    /// What was checked.
    records: Vec<Record<'r>>,
    /// What was not, and why.
    skipped: Vec<Skipped<'r>>,
    /// What was found, by file and line.
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize, JsonSchema)]
struct Summary {
    /// Records that were checked.
    checked: usize,
    /// Records that were not.
    skipped: usize,
    /// Findings that fail a check.
    errors: usize,
    /// Findings that fail it with `--fail-on warning`.
    warnings: usize,
    /// Findings that never do.
    notes: usize,
}

#[derive(Serialize, JsonSchema)]
struct Record<'r> {
    /// The file.
    path: &'r str,
    /// What became of it, such as `accepted`.
    status: Option<&'r str>,
    /// What was decided.
    decision: Option<&'r str>,
    /// What its answers give.
    recommendation: Option<&'r str>,
}

#[derive(Serialize, JsonSchema)]
struct Skipped<'r> {
    /// The file.
    path: &'r str,
    /// Why.
    because: &'r str,
}

/// The JSON Schema of the object, with a line feed at the end.
pub fn schema() -> String {
    json::schema::<Document<'_>>()
}

impl Results for Outcome<'_> {
    fn report(&self) -> &Report {
        &self.checked.report
    }

    fn text(&self, look: Look) -> String {
        text::render(self.report(), FAMILY.subject, look)
    }

    fn markdown(&self, family: &Family) -> String {
        page::render(self, family)
    }

    fn json(&self) -> String {
        let report = self.report();
        let document = Document {
            schema: SCHEMA,
            summary: Summary {
                checked: report.checked.len(),
                skipped: report.skipped.len(),
                errors: report.count(Severity::Error),
                warnings: report.count(Severity::Warning),
                notes: report.count(Severity::Note),
            },
            records: self.checked.records.iter().map(record).collect(),
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
}

fn record(checked: &CheckedRecord) -> Record<'_> {
    Record {
        path: &checked.path,
        status: checked.status,
        decision: checked.decision.as_deref(),
        recommendation: checked.recommendation.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::show::findings::sample::report;

    fn checked() -> CheckReport {
        let record = |path: &str| CheckedRecord {
            path: path.to_owned(),
            status: Some("accepted"),
            decision: Some("mesh".to_owned()),
            recommendation: Some("no-mesh".to_owned()),
            ..CheckedRecord::default()
        };
        let report = report();
        CheckReport {
            records: report.checked.iter().map(|one| record(&one.path)).collect(),
            report,
        }
    }

    fn json_of(checked: &CheckReport) -> String {
        let advise = &|_: &CheckedRecord| None;
        Outcome { checked, advise }.json()
    }

    fn value(report: &CheckReport) -> Value {
        serde_json::from_str(&json_of(report)).unwrap()
    }

    #[test]
    fn a_finding_carries_its_place_counted_by_hand() {
        let found = &value(&checked())["findings"][0];
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
        let found = value(&checked());
        assert_eq!(found["schema"], "mesh-advisor/check/1");
        assert_eq!(
            found["summary"],
            json!({"checked": 2, "skipped": 1, "errors": 1, "warnings": 1, "notes": 0})
        );
        assert_eq!(found["skipped"][0]["because"], "its status is superseded");
        assert_eq!(found["records"].as_array().unwrap().len(), 2);
        assert_eq!(value(&CheckReport::default())["findings"], json!([]));
    }

    #[test]
    fn a_terminal_that_shows_the_object_obeys_nothing_in_it() {
        let mut report = checked();
        report.report.findings[0].message = "\u{9b}31m\u{202e}".to_owned();
        let text = json_of(&report);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}']));
        assert_eq!(
            value(&report)["findings"][0]["message"],
            "\u{9b}31m\u{202e}"
        );
    }
}
