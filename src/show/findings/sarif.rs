//! SARIF 2.1.0 as GitHub code scanning takes it (github/docs, "SARIF support for code scanning").
//!
//! All kinds of findings are listed, also those that found nothing, and a clean run has an empty list of results: that is what closes
//! old alerts. Fingerprints do not know lines, so that an alert survives an edit above it.

use serde_json::{Value, json};

use crate::finding::{Finding, Kind, Report, Severity};
use crate::show::escape::{uri, visible_lines};

/// Results that GitHub accepts in a run; a file with more is refused as a whole.
const MOST_RESULTS: usize = 25_000;

/// Characters that GitHub shows of a rule's description.
const LONGEST_DESCRIPTION: usize = 1024;

/// The log file of one run of `version`, with all `kinds` of findings.
pub fn render(report: &Report, kinds: &[&Kind], version: &str) -> String {
    let prints = report.fingerprints();
    let mut numbered: Vec<(&Finding, &String)> = report.findings.iter().zip(&prints).collect();
    if numbered.len() > MOST_RESULTS {
        numbered.sort_by_key(|(finding, _)| std::cmp::Reverse(finding.severity));
    }
    let results: Vec<Value> = numbered
        .iter()
        .take(MOST_RESULTS)
        .map(|(finding, print)| result(finding, print, kinds))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "mesh-advisor",
                "semanticVersion": version,
                "rules": kinds.iter().map(|kind| reporting_descriptor(kind)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notifications(report),
            }],
            "results": results,
        }],
    });
    crate::show::json::document(&log)
}

fn reporting_descriptor(kind: &Kind) -> Value {
    json!({
        "id": kind.id,
        "shortDescription": {"text": described(kind.summary)},
        "fullDescription": {"text": described(kind.what)},
        "help": {"text": kind.plain(), "markdown": kind.markdown()},
        "defaultConfiguration": {"level": kind.severity.name()},
        "properties": {
            "precision": "very-high",
            "problem.severity": problem_severity(kind.severity),
            "tags": ["architecture-decision-record", "service-mesh"],
        },
    })
}

/// A required text must not be empty.
fn described(text: &str) -> String {
    if text.is_empty() {
        "(no description)".to_owned()
    } else {
        text.chars().take(LONGEST_DESCRIPTION).collect()
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "recommendation",
    }
}

fn result(finding: &Finding, fingerprint: &str, kinds: &[&Kind]) -> Value {
    let place = finding.place;
    let mut result = json!({
        "ruleId": finding.kind.id,
        "level": finding.severity.name(),
        "message": {"text": message(finding)},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri(&finding.path)},
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endLine": place.end_line,
                "endColumn": place.end_column,
            },
        }}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    });
    if let (Some(index), Some(object)) = (
        kinds.iter().position(|kind| kind.id == finding.kind.id),
        result.as_object_mut(),
    ) {
        object.insert("ruleIndex".to_owned(), json!(index));
    }
    result
}

/// The message, then the advice. Foreign text must not become a link (SARIF 2.1.0, 3.11.6).
fn message(finding: &Finding) -> String {
    let mut text = finding.message.clone();
    if let Some(help) = &finding.help {
        text += if text.ends_with(['.', '!', '?']) {
            "\n"
        } else {
            ".\n"
        };
        text += help;
    }
    described(&visible_lines(&text).replace("](", "\\]("))
}

/// What was skipped, and what did not fit.
fn notifications(report: &Report) -> Vec<Value> {
    let note = |level: &str, text: String| json!({"level": level, "message": {"text": visible_lines(&text)}});
    let dropped = report
        .findings
        .len()
        .checked_sub(MOST_RESULTS)
        .filter(|dropped| *dropped > 0);
    let dropped = dropped.map(|dropped| {
        note(
            "warning",
            format!("{dropped} more findings do not fit into one run"),
        )
    });
    let skipped = report
        .skipped
        .iter()
        .map(|one| note("note", format!("skipped {}: {}", one.path, one.why)));
    dropped.into_iter().chain(skipped).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::findings::sample::{KINDS, MISMATCH, mismatch, overdue, report};

    /// The schema of the OASIS committee.
    const SCHEMA: &str = include_str!("../../../tests/fixtures/sarif-schema-2.1.0.json");

    fn log(report: &Report) -> Value {
        serde_json::from_str(&render(report, KINDS, "0.1.0")).unwrap()
    }

    fn mistakes(log: &Value) -> Vec<String> {
        let mut schema: Value = serde_json::from_str(SCHEMA).unwrap();
        // The committee's pattern for a language tag has a bracket too many, which a strict reader of patterns refuses.
        for part in ["run", "toolComponent"] {
            schema["definitions"][part]["properties"]["language"]
                .as_object_mut()
                .unwrap()
                .remove("pattern");
        }
        let validator = jsonschema::options()
            .should_validate_formats(true)
            .build(&schema)
            .unwrap();
        validator
            .iter_errors(log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect()
    }

    #[test]
    fn the_official_schema_accepts_the_log() {
        assert_eq!(mistakes(&log(&report())), [""; 0]);
        assert_eq!(mistakes(&log(&Report::default())), [""; 0]);
    }

    #[test]
    fn the_schema_is_no_rubber_stamp() {
        let mut broken = log(&report());
        broken["runs"][0]["results"][0]["level"] = json!("fatal");
        broken["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] =
            json!("a b");
        assert_eq!(mistakes(&broken).len(), 2, "{:?}", mistakes(&broken));
    }

    #[test]
    fn a_result_stands_at_its_place_counted_by_hand() {
        let found = &log(&report())["runs"][0]["results"][0];
        assert_eq!(
            found["locations"][0]["physicalLocation"]["region"],
            json!({"startLine": 4, "startColumn": 11, "endLine": 4, "endColumn": 15})
        );
        assert_eq!(found["ruleId"], "decision-mismatch");
        assert_eq!(found["ruleIndex"], 0);
    }

    #[test]
    fn columns_are_characters_and_the_log_says_so() {
        assert_eq!(log(&report())["runs"][0]["columnKind"], "unicodeCodePoints");
    }

    #[test]
    fn a_clean_run_lists_all_rules_and_an_empty_list_of_results() {
        let run = &log(&Report::default())["runs"][0];
        assert_eq!(run["results"], json!([]));
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(
            rules
                .iter()
                .map(|rule| rule["id"].as_str().unwrap())
                .collect::<Vec<_>>(),
            ["decision-mismatch", "review-overdue"]
        );
        assert!(
            rules
                .iter()
                .all(|rule| !rule["help"]["text"].as_str().unwrap().is_empty())
        );
    }

    #[test]
    fn paths_are_relative_uris() {
        let found = log(&report());
        let uri = &found["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
            ["uri"];
        assert_eq!(uri, "adr/a%2Cb%3A%2050%25%20%1B%C3%A9.md");
    }

    #[test]
    fn a_fingerprint_survives_a_move_and_twins_stay_apart() {
        let mut moved = mismatch("a.md");
        moved.place.line += 10;
        let print = |findings| {
            log(&Report {
                findings,
                ..Report::default()
            })["runs"][0]["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|result| result["partialFingerprints"]["primaryLocationLineHash"].to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(print(vec![mismatch("a.md")]), print(vec![moved]));
        let twins = print(vec![mismatch("a.md"), mismatch("a.md"), overdue("a.md")]);
        assert!(twins[0] != twins[1] && twins[1] != twins[2]);
    }

    #[test]
    fn foreign_text_becomes_no_link_and_no_control_character() {
        let mut finding = mismatch("a.md");
        finding.message = "status is [x](https://example.org)\u{1b}".to_owned();
        let text = message(&finding);
        assert!(
            text.starts_with("status is [x\\](https://example.org)\\u{1b}.\nSet decision"),
            "{text}"
        );
    }

    #[test]
    fn errors_come_first_when_not_all_results_fit() {
        let mut findings = vec![overdue("a.md"); MOST_RESULTS];
        findings.push(mismatch("b.md"));
        let found = log(&Report {
            findings,
            ..Report::default()
        });
        let results = found["runs"][0]["results"].as_array().unwrap();
        assert_eq!(
            (results.len(), &results[0]["ruleId"]),
            (MOST_RESULTS, &json!(MISMATCH.id))
        );
        let said =
            &found["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(said, "1 more findings do not fit into one run");
    }
}
