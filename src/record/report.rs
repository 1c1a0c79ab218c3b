//! What a check says: findings with their places, the rules behind them, and what was checked or skipped.
//!
//! These are values for every output alike. How a finding comes about is the business of its rule.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};

use adr::place::{Excerpt, LineIndex, Place};

/// How much a finding matters; the order is from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Should be looked at; fails a check only when asked to.
    Warning,
    /// The record is wrong.
    Error,
}

impl Severity {
    /// From most to least.
    pub const ALL: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

    /// `error`, `warning` or `note`: the words of SARIF, and of this program everywhere.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A kind of finding: the texts that `explain` prints and SARIF carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// The name, kebab-case, that never changes.
    pub id: &'static str,
    /// The severity a finding has unless its rule says otherwise for a case.
    pub severity: Severity,
    /// One line, a sentence without a full stop.
    pub summary: &'static str,
    /// What the rule looks at.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// A record that fires it, as Markdown.
    pub example: &'static str,
    /// How to put it right.
    pub fix: &'static str,
}

impl RuleInfo {
    /// All its texts as Markdown: what `explain` prints and SARIF viewers show.
    pub fn markdown(&self) -> String {
        let mut text = format!(
            "{}.\n\n**What.** {}\n\n**Why.** {}\n",
            self.summary, self.what, self.why
        );
        if !self.example.is_empty() {
            text += &format!("\n**Example.**\n\n{}\n", self.example.trim_end());
        }
        text + &format!("\n**Fix.** {}\n", self.fix)
    }

    /// The same without markup.
    pub fn plain(&self) -> String {
        self.markdown().replace("**", "")
    }
}

/// One thing that a check has to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The id of its rule.
    pub rule: &'static str,
    /// How much it matters here.
    pub severity: Severity,
    /// The file: relative, with forward slashes, without `./` (see [`normal_path`]).
    pub path: String,
    /// Where in the file.
    pub place: Place,
    /// What it is about within the record: a fact id, a rule id, or nothing. Part of the fingerprint, so it must not hold
    /// a line number.
    pub key: String,
    /// One or more sentences; the first says it all.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The first line of the place, as it stands in the file.
    pub source: Excerpt,
}

impl Finding {
    /// A finding at a byte span of the text behind `index`; add what else there is with the `with_` functions.
    pub fn new(
        rule: &RuleInfo,
        path: &str,
        index: &LineIndex<'_>,
        span: std::ops::Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        let place = index.place(span);
        Finding {
            rule: rule.id,
            severity: rule.severity,
            path: path.to_owned(),
            place,
            key: String::new(),
            message: message.into(),
            help: None,
            source: index.excerpt(place),
        }
    }

    /// The same about `key`.
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = key.into();
        self
    }

    /// The same with advice.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another severity.
    pub fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// 16 hexadecimal digits that stay the same while lines move: a hash of rule, path and key.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for part in [self.rule, &self.path, &self.key] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
        hash.finalize()
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}

/// A record that was checked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// The file.
    pub path: String,
    /// Its status in one word, when it has one.
    pub status: Option<&'static str>,
    /// What it decides.
    pub decision: Option<String>,
    /// What its answers give.
    pub recommendation: Option<String>,
    /// The rules that looked at it and found nothing.
    pub passed: Vec<&'static str>,
}

/// A record that was not checked, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The file.
    pub path: String,
    /// The reason, as the end of "skipped because …".
    pub why: String,
}

/// The outcome of a whole check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    /// Records that were checked, by path.
    pub checked: Vec<Checked>,
    /// Records that were not, by path.
    pub skipped: Vec<Skipped>,
    /// Everything found, in the order of [`CheckReport::sort`].
    pub findings: Vec<Finding>,
}

impl CheckReport {
    /// Puts everything into the order of paths and places, which does not depend on who finished first.
    pub fn sort(&mut self) {
        self.checked.sort_by(|a, b| a.path.cmp(&b.path));
        self.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        let order = |finding: &Finding| {
            (
                finding.path.clone(),
                finding.place,
                finding.rule,
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

    /// "checked 2 records, skipped 1: 1 error, 2 warnings".
    pub fn summary(&self) -> String {
        let mut text = format!("checked {}", counted(self.checked.len(), "record"));
        if !self.skipped.is_empty() {
            text += &format!(", skipped {}", self.skipped.len());
        }
        let found: Vec<String> = Severity::ALL
            .into_iter()
            .map(|severity| (self.count(severity), severity.name()))
            .filter(|(count, _)| *count > 0)
            .map(|(count, name)| counted(count, name))
            .collect();
        text + ": "
            + &if found.is_empty() {
                "nothing found".to_owned()
            } else {
                found.join(", ")
            }
    }
}

/// "1 error", "2 errors".
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// A path as every output writes it: without `./` in front and without empty steps. Whoever reads the file system turns
/// its separators into forward slashes first: on some systems a backslash is part of a name.
pub fn normal_path(path: &str) -> String {
    let root = if path.starts_with('/') { "/" } else { "" };
    let steps: Vec<&str> = path
        .split('/')
        .filter(|step| !matches!(*step, "" | "."))
        .collect();
    root.to_owned() + &steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: RuleInfo = RuleInfo {
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
        Finding::new(&RULE, path, &LineIndex::new(text), at..at + word.len(), "m")
    }

    #[test]
    fn severities_are_ordered() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
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
        let report = CheckReport {
            findings: vec![one.clone(), one],
            ..CheckReport::default()
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
        let report = CheckReport {
            findings: vec![warning],
            ..CheckReport::default()
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
        let mut report = CheckReport {
            findings,
            ..CheckReport::default()
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
            CheckReport::default().summary(),
            "checked 0 records: nothing found"
        );
        let report = CheckReport {
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
            report.summary(),
            "checked 1 record, skipped 1: 1 error, 1 note"
        );
    }

    #[test]
    fn paths_are_written_in_one_way() {
        assert_eq!(normal_path("./docs//adr/./1.md"), "docs/adr/1.md");
        assert_eq!(normal_path("/abs/1.md"), "/abs/1.md");
        assert_eq!(normal_path("../x.md"), "../x.md");
    }
}
