//! Findings as a report: one HTML file that is whole without style and without script.

use crate::finding::{Family, Report};
use crate::show::document::{Document, Line, Mark, Table};
use crate::show::escape::xml;
use crate::show::html::{self, Page};

/// The report on what a command found.
pub(super) fn render(report: &Report, family: &Family) -> String {
    let title = format!("{}: {}", family.command, report.summary(family.subject));
    let mut document = Document::default();
    findings(report, &mut document);
    if !report.skipped.is_empty() {
        document.heading("Skipped");
    }
    for skipped in &report.skipped {
        let line = Line::new().code(skipped.path.as_str());
        document.item(Mark::Bullet, line.text(format!(": {}", skipped.why)));
    }
    html::page(&Page {
        title: &title,
        header: format!("<h1>{}</h1>\n", xml(&title)),
        main: html::dress(&document),
        footer: html::footer(),
        model: None,
    })
}

/// Every finding with its place and what to do about it, the gravest first.
pub(in crate::show) fn findings(report: &Report, document: &mut Document) {
    document.heading("Findings");
    if report.findings.is_empty() {
        return document.paragraph("Nothing was found.");
    }
    document.paragraph(format!("{}.", report.counts()));
    let mut table = Table::of(&["Severity", "Finding", "Where", "What, and what to do"]);
    table.is_ruled = true;
    for finding in report.by_severity() {
        let place = format!("{}:{}", finding.path, finding.place.line);
        table.row([
            Line::from(finding.severity.name()),
            Line::new().code(finding.kind.id),
            Line::new().code(place),
            Line::from(&finding.message),
        ]);
        if let (Some(help), Some(row)) = (&finding.help, table.rows.last_mut())
            && let Some(what) = row.cells.last_mut()
        {
            what.push(Line::from(help));
        }
    }
    document.table(table);
}
