//! The outcome as a page in Markdown: what was found, then every record with what its answers give, and the advice on them
//! to be unfolded.

use super::Outcome;
use crate::advice::Advice;
use crate::finding::{Family, Severity};
use crate::record::check::CheckedRecord;
use crate::show::advice::{headline_in_a_line, page};
use crate::show::document::{Document, Line, Table};
use crate::show::escape::{visible, xml};
use crate::show::findings::markdown::{self, MOST_ROWS};
use crate::show::markdown::dress;
use crate::words::counted;

/// Pages of advice, each of some three kilobytes: a hundred of them are far from what GitHub takes.
const MOST_PAGES: usize = 100;

/// The page.
pub(super) fn render(outcome: &Outcome<'_>, family: &Family) -> String {
    let mut text = markdown::render(&outcome.checked.report, family);
    let records = &outcome.checked.records;
    if records.is_empty() {
        return text;
    }
    text += &format!("\n{}", dress(&overview(records), 2));
    for record in records.iter().take(MOST_PAGES) {
        if let Some(advice) = (outcome.advise)(record) {
            text += &unfolding(record, &advice, has_failed(record, outcome));
        }
    }
    let rest = records.len().saturating_sub(MOST_PAGES);
    if rest > 0 {
        text += &format!("\nand the advice on {}\n", counted(rest, "more record"));
    }
    text
}

/// Every record in a line.
fn overview(records: &[CheckedRecord]) -> Document {
    let mut table = Table::of(&["record", "status", "decided", "its answers give"]);
    for record in records.iter().take(MOST_ROWS) {
        let word = |word: Option<&str>| Line::from(word.unwrap_or("-"));
        table.row([
            Line::new().code(record.path.as_str()),
            word(record.status),
            word(record.decision.as_deref()),
            word(record.recommendation.as_deref()),
        ]);
    }
    let mut document = Document::default();
    document.heading("Records");
    document.table(table);
    let rest = records.len().saturating_sub(MOST_ROWS);
    if rest > 0 {
        document.paragraph(format!("and {}", counted(rest, "more record")));
    }
    document
}

/// Whether a reader has to look at it.
fn has_failed(record: &CheckedRecord, outcome: &Outcome<'_>) -> bool {
    let findings = &outcome.checked.report.findings;
    findings
        .iter()
        .any(|one| one.path == record.path && one.severity >= Severity::Warning)
}

/// The advice under a line that unfolds it. A blank line ends what GitHub takes for HTML, so the line has none.
fn unfolding(record: &CheckedRecord, advice: &Advice<'_>, is_open: bool) -> String {
    let open = if is_open { " open" } else { "" };
    let path = xml(&visible(&record.path));
    let headline = xml(&visible(&headline_in_a_line(advice)));
    let advice = dress(&page(advice), 3);
    format!(
        "\n<details{open}>\n<summary><code>{path}</code>: {headline}</summary>\n\n{advice}\n</details>\n"
    )
}
