//! What a run says: findings, and what was checked or skipped. These are values for every output alike.

use std::collections::BTreeMap;

use super::{Finding, Severity};
use crate::words::counted;

/// Something that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// The file.
    pub path: String,
    /// The kinds of findings that were looked for and not found.
    pub passed: Vec<&'static str>,
}

/// Something that was not checked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: String,
    /// The reason, as the end of "skipped because …".
    pub why: String,
}

/// The outcome of a whole run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// What was checked, by path.
    pub checked: Vec<Checked>,
    /// What was not, by path.
    pub skipped: Vec<Skipped>,
    /// Everything found, in the order of [`Report::sort`].
    pub findings: Vec<Finding>,
}

impl Report {
    /// Puts everything into the order of paths and places, which does not depend on who finished first.
    pub fn sort(&mut self) {
        self.checked.sort_by(|a, b| a.path.cmp(&b.path));
        self.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        let order = |finding: &Finding| {
            (
                finding.path.clone(),
                finding.place,
                finding.kind.id,
                finding.key.clone(),
            )
        };
        self.findings.sort_by_cached_key(order);
    }

    /// How many findings have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    }

    /// Whether a finding is at or above `threshold`.
    pub fn fails(&self, threshold: Severity) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity >= threshold)
    }

    /// The findings from most to least severe, in order within a severity.
    pub fn by_severity(&self) -> impl Iterator<Item = &Finding> {
        Severity::ALL.into_iter().flat_map(|severity| {
            self.findings
                .iter()
                .filter(move |one| one.severity == severity)
        })
    }

    /// A fingerprint for each finding, in order; findings that are alike are numbered, so that none hides another.
    pub fn fingerprints(&self) -> Vec<String> {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let numbered = |finding: &Finding| {
            let fingerprint = finding.fingerprint();
            let count = seen
                .entry(fingerprint.clone())
                .and_modify(|count| *count += 1)
                .or_insert(1);
            format!("{fingerprint}:{count}")
        };
        self.findings.iter().map(numbered).collect()
    }

    /// "checked 2 records, skipped 1: 1 error, 2 warnings"; `subject` is the noun.
    pub fn summary(&self, subject: &str) -> String {
        let mut text = format!("checked {}", counted(self.checked.len(), subject));
        if !self.skipped.is_empty() {
            text += &format!(", skipped {}", self.skipped.len());
        }
        text + ": " + &self.counts()
    }

    /// "1 error, 2 warnings", or "nothing found".
    pub fn counts(&self) -> String {
        let found: Vec<String> = Severity::ALL
            .into_iter()
            .map(|severity| (self.count(severity), severity.name()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| counted(count, name))
            .collect();
        if found.is_empty() {
            "nothing found".to_owned()
        } else {
            found.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Kind, LineIndex};

    const KIND: Kind = Kind {
        id: "decision-mismatch",
        severity: Severity::Error,
        summary: "",
        what: "",
        why: "",
        example: "",
        fix: "",
    };

    fn finding(path: &str, text: &str, word: &str) -> Finding {
        let at = text.find(word).unwrap();
        Finding::new(&KIND, path, &LineIndex::new(text), at..at + word.len(), "m")
    }

    #[test]
    fn a_fingerprint_does_not_know_the_line() {
        let (here, there) = (finding("a.md", "x", "x"), finding("a.md", "\n\n  x", "x"));
        assert_ne!(here.place, there.place);
        assert_eq!(here.fingerprint(), there.fingerprint());
        assert_eq!(here.fingerprint().len(), 16);
        assert_ne!(here.fingerprint(), finding("b.md", "x", "x").fingerprint());
        assert_ne!(
            here.fingerprint(),
            here.clone().with_key("services").fingerprint()
        );
    }

    #[test]
    fn findings_that_are_alike_keep_apart() {
        let one = finding("a.md", "x", "x");
        let report = Report {
            findings: vec![one.clone(), one],
            ..Report::default()
        };
        let prints = report.fingerprints();
        assert!(
            prints[0].ends_with(":1") && prints[1].ends_with(":2"),
            "{prints:?}"
        );
    }

    #[test]
    fn the_threshold_decides_about_failure() {
        let warning = finding("a.md", "x", "x").with_severity(Severity::Warning);
        let report = Report {
            findings: vec![warning],
            ..Report::default()
        };
        assert!(
            report.fails(Severity::Warning)
                && report.fails(Severity::Note)
                && !report.fails(Severity::Error)
        );
    }

    #[test]
    fn the_order_is_by_path_and_place() {
        let text = "x\ny";
        let findings = vec![
            finding("b", text, "x"),
            finding("a", text, "y"),
            finding("a", text, "x"),
        ];
        let mut report = Report {
            findings,
            ..Report::default()
        };
        report.sort();
        let found: Vec<_> = report
            .findings
            .iter()
            .map(|one| (one.path.as_str(), one.place.line))
            .collect();
        assert_eq!(found, [("a", 1), ("a", 2), ("b", 1)]);
    }

    #[test]
    fn the_summary_counts_in_words() {
        assert_eq!(
            Report::default().summary("record"),
            "checked 0 records: nothing found"
        );
        let report = Report {
            checked: vec![Checked::default()],
            skipped: vec![Skipped {
                path: "b".into(),
                why: "it is superseded".into(),
            }],
            findings: vec![
                finding("a", "x", "x"),
                finding("a", "x", "x").with_severity(Severity::Note),
            ],
        };
        assert_eq!(
            report.summary("record"),
            "checked 1 record, skipped 1: 1 error, 1 note"
        );
    }
}
