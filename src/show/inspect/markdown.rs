//! The page as Markdown, for a wiki or a pull request.

use super::page::page;
use super::section::{Cell, Section};
use crate::inspect::Inspection;
use crate::show::escape::markdown;
use crate::show::findings::markdown::findings;

/// The page.
pub(super) fn render(inspection: &Inspection) -> String {
    let mut text = "# What runs\n".to_owned();
    for section in page(inspection) {
        text.push_str(&format!("\n## {}\n\n", section.title));
        // All of them with what to do about each, in the place of the gravest.
        if section.title == Section::FINDINGS {
            text.push_str(&findings(&inspection.report));
            continue;
        }
        for cells in &section.rows {
            let cells: Vec<String> = cells
                .iter()
                .map(Cell::letters)
                .filter(|cell| !cell.is_empty())
                .map(|cell| markdown(&cell))
                .collect();
            text.push_str(&format!("- {}\n", cells.join(" · ")));
        }
    }
    text
}
