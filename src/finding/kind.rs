//! Kinds of findings: how much one matters, and the texts that explain it.

use std::fmt;

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
pub struct Kind {
    /// The name, kebab-case, that never changes.
    pub id: &'static str,
    /// The severity of a finding unless its check says otherwise for a case.
    pub severity: Severity,
    /// One line, a sentence without a full stop.
    pub summary: &'static str,
    /// What the check looks at.
    pub what: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What fires it: a record as Markdown, a piece of a rubric, a manifest.
    pub example: &'static str,
    /// How to put it right.
    pub fix: &'static str,
}

impl Kind {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_are_ordered() {
        assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
    }
}
