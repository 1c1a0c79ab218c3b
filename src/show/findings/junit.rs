//! JUnit XML: one test case per file and kind of finding, also for those that passed, because that is what people read it for.
//!
//! A finding fails its case when it is at or above the threshold of the run, so that the file and the exit code agree;
//! below it, the case passes and its output tells. Valid against the schema that Jenkins uses (`junit-10.xsd`).

use std::collections::BTreeSet;

use crate::finding::{Finding, Report, Severity};
use crate::show::escape::xml;

/// The document.
pub fn render(report: &Report, threshold: Option<Severity>) -> String {
    let fails = |finding: &Finding| threshold.is_some_and(|least| finding.severity >= least);
    let failures = report
        .findings
        .iter()
        .filter(|finding| fails(finding))
        .count();
    let passed: usize = report
        .checked
        .iter()
        .map(|checked| checked.passed.len())
        .sum();
    let tests = report.findings.len() + passed + report.skipped.len();
    let skipped = report.skipped.len();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out += &format!(
        "<testsuites name=\"mesh-advisor\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"
    );
    out += &format!(
        "  <testsuite name=\"mesh-advisor\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">\n"
    );
    for finding in &report.findings {
        out += &finding_case(finding, fails(finding));
    }
    for checked in &report.checked {
        let passed: BTreeSet<&str> = checked.passed.iter().copied().collect();
        for kind in passed {
            out += &format!(
                "    <testcase classname=\"{}\" name=\"{}\"/>\n",
                xml(&checked.path),
                xml(kind)
            );
        }
    }
    for skipped in &report.skipped {
        out += &format!(
            "    <testcase classname=\"{}\" name=\"check\">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
            xml(&skipped.path),
            xml(&skipped.why)
        );
    }
    out + "  </testsuite>\n</testsuites>\n"
}

fn finding_case(finding: &Finding, fails: bool) -> String {
    let about = if finding.key.is_empty() {
        String::new()
    } else {
        format!(": {}", finding.key)
    };
    let place = format!(
        "{}:{}:{}",
        finding.path, finding.place.line, finding.place.column
    );
    let help = finding
        .help
        .as_deref()
        .map(|help| format!("\nhelp: {help}"))
        .unwrap_or_default();
    let full = format!("{place}: {}: {}{help}", finding.severity, finding.message);
    let outcome = if fails {
        let (message, kind) = (xml(&finding.message), finding.severity);
        format!(
            "<failure message=\"{message}\" type=\"{kind}\">{}</failure>",
            xml(&full)
        )
    } else {
        format!("<system-out>{}</system-out>", xml(&full))
    };
    format!(
        "    <testcase classname=\"{}\" name=\"{}\">\n      {outcome}\n    </testcase>\n",
        xml(&finding.path),
        xml(&format!("{}{about}", finding.kind.id))
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::findings::sample::report;

    /// The schema of the Jenkins xUnit plugin, under the MIT licence that stands in it.
    const SCHEMA: &str = include_str!("../../../tests/fixtures/junit-10.xsd");

    fn mistakes(document: &str) -> Vec<String> {
        let schema = uppsala::XsdValidator::from_schema(&uppsala::parse(SCHEMA).unwrap()).unwrap();
        let document = uppsala::parse(document).unwrap();
        schema
            .validate(&document)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn the_schema_accepts_the_document() {
        for threshold in Severity::ALL {
            assert_eq!(mistakes(&render(&report(), Some(threshold))), [""; 0]);
            assert_eq!(
                mistakes(&render(&Report::default(), Some(threshold))),
                [""; 0]
            );
        }
    }

    #[test]
    fn the_schema_is_no_rubber_stamp() {
        assert!(!mistakes("<testsuites><testsuite name=\"x\"/></testsuites>").is_empty());
        let broken = render(&report(), Some(Severity::Error))
            .replace("<failure ", "<fault ")
            .replace("</failure>", "</fault>");
        assert!(!mistakes(&broken).is_empty());
    }

    #[test]
    fn a_failure_names_its_place_counted_by_hand() {
        let text = render(&report(), Some(Severity::Error));
        assert!(
            text.contains(
                ".md:4:11: error: The decision is mesh, the answers give no-mesh&#10;help: Set"
            ),
            "{text}"
        );
    }

    #[test]
    fn findings_below_the_threshold_do_not_fail() {
        let text = render(&report(), Some(Severity::Error));
        assert!(
            text.contains("tests=\"5\" failures=\"1\" errors=\"0\" skipped=\"1\""),
            "{text}"
        );
        assert!(text.contains("<system-out>") && text.matches("<failure ").count() == 1);
        assert_eq!(
            render(&report(), Some(Severity::Warning))
                .matches("<failure ")
                .count(),
            2
        );
    }

    #[test]
    fn passing_rules_and_skipped_records_are_listed() {
        let text = render(&report(), Some(Severity::Error));
        assert!(text.contains("<testcase classname=\"adr/clean.md\" name=\"review-overdue\"/>"));
        assert!(text.contains("<skipped message=\"its status is superseded\"/>"));
    }

    #[test]
    fn control_characters_never_reach_the_document() {
        let text = render(&report(), Some(Severity::Warning));
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()));
        assert!(
            text.contains(
                "Overdue by 50%&#10;::error::x,y: &lt;b&gt;\\u{1b}[31m&amp;&quot;&apos;\\u{0}"
            ),
            "{text}"
        );
    }
}
