//! Findings as a page in Markdown: for a comment, or for the page of a run (`$GITHUB_STEP_SUMMARY`).

use crate::finding::{Family, Report};
use crate::show::escape::markdown;
use crate::words::counted;

/// Rows of a table: nobody reads more.
pub(in crate::show) const MOST_ROWS: usize = 200;

/// The page.
pub fn render(report: &Report, family: &Family) -> String {
    let mut out = format!(
        "## mesh-advisor\n\n{}\n",
        markdown(&report.summary(family.subject))
    );
    if !report.findings.is_empty() {
        out += &format!("\n{}", findings(report));
    }
    if !report.skipped.is_empty() {
        out += "\nSkipped:\n\n";
        for skipped in report.skipped.iter().take(MOST_ROWS) {
            out += &format!(
                "- {}: {}\n",
                markdown(&skipped.path),
                markdown(&skipped.why)
            );
        }
        let rest = report.skipped.len().saturating_sub(MOST_ROWS);
        if rest > 0 {
            out += &format!("- and {rest} more\n");
        }
    }
    out
}

/// The findings as a table, the gravest first.
pub(in crate::show) fn findings(report: &Report) -> String {
    let mut out = "| severity | place | finding |\n| --- | --- | --- |\n".to_owned();
    for finding in report.by_severity().take(MOST_ROWS) {
        let help = finding
            .help
            .as_deref()
            .map(|help| format!("<br>{}", markdown(help)))
            .unwrap_or_default();
        out += &format!(
            "| {} | {}:{} | **{}**: {}{help} |\n",
            finding.severity,
            markdown(&finding.path),
            finding.place.line,
            finding.kind.id,
            markdown(&finding.message)
        );
    }
    let rest = report.findings.len().saturating_sub(MOST_ROWS);
    if rest > 0 {
        out += &format!("\nand {}\n", counted(rest, "more finding"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::findings::FAMILY;
    use crate::show::findings::sample::report;

    #[test]
    fn the_page_is_a_table_that_nothing_breaks() {
        let text = render(&report(), &FAMILY);
        assert!(
            text.contains("checked 2 records, skipped 1: 1 error, 1 warning"),
            "{text}"
        );
        let rows: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("| error") || line.starts_with("| warning"))
            .collect();
        assert_eq!(rows.len(), 2);
        assert!(
            rows.iter()
                .all(|row| row.replace("\\|", "").matches('|').count() == 4),
            "{rows:?}"
        );
        assert!(!text.contains('\u{1b}') && !text.contains("<b>"));
        assert!(text.contains("- adr/old.md: its status is superseded"));
    }
}
