//! The reading as a report: one HTML file that is whole without style and without script.

use super::page::{in_short, page};
use super::section::{Cell, Section};
use crate::inspect::Inspection;
use crate::show::document::{Document, Line, Table};
use crate::show::escape::xml;
use crate::show::findings::html::findings;
use crate::show::html::{self, Page, share};

/// Columns of a table: rows of fewer cells are lines of their own.
const TABLED: usize = 3;

/// The report.
pub(super) fn render(inspection: &Inspection) -> String {
    // The sentence stands in the header, and all findings with what to do about each in the place of the gravest.
    let sections = page(inspection).into_iter();
    let sections = sections.filter(|section| section.title != Section::IN_SHORT);
    let main = sections.map(|own| match own.title {
        Section::FINDINGS => {
            let mut found = Document::default();
            findings(&inspection.report, &mut found);
            html::dress(&found)
        }
        _ => section(&own),
    });
    html::page(&Page {
        title: "What runs",
        header: format!(
            "<h1>What runs</h1>\n<p>{}</p>\n",
            xml(&in_short(&inspection.conclusion))
        ),
        main: main.collect(),
        footer: html::footer(),
        model: None,
    })
}

fn section(section: &Section) -> String {
    let mut text = format!("<section>\n<h2>{}</h2>\n", xml(section.title));
    let mut rows = section.rows.as_slice();
    while let Some(row) = rows.first() {
        let tabled = rows.iter().take_while(|row| row.len() >= TABLED).count();
        let (now, later) = rows.split_at(tabled.max(1));
        text += &match tabled {
            0 => line(row),
            _ => table(section.heads, now),
        };
        rows = later;
    }
    text + "</section>\n"
}

/// Cells in a line of their own, the bars drawn.
fn line(cells: &[Cell]) -> String {
    let cells = cells.iter().map(|cell| match cell {
        Cell::Text(text) => xml(text),
        Cell::Bar { part, whole } => share(*part, *whole),
    });
    format!("<p>{}</p>\n", cells.collect::<Vec<_>>().join(" "))
}

fn table(heads: &[&str], rows: &[Vec<Cell>]) -> String {
    let mut table = Table::of(heads);
    for cells in rows {
        // A bar stands at the end of its row.
        let texts = cells.iter().filter_map(|cell| match cell {
            Cell::Text(text) => Some(Line::from(text)),
            Cell::Bar { .. } => None,
        });
        table.row(texts.collect::<Vec<_>>());
        let bar = cells.iter().find_map(|cell| match cell {
            Cell::Bar { part, .. } => Some(*part as u128),
            Cell::Text(_) => None,
        });
        if let (Some(row), Some(bar)) = (table.rows.last_mut(), bar) {
            (row.bar.low, row.bar.high) = (bar, bar);
        }
    }
    let mut document = Document::default();
    document.table(table);
    html::dress(&document)
}
