//! Sections of the page about an inspection: a title, and rows of texts and bars.

/// Cells of a bar.
pub(super) const BAR: usize = 20;

/// A part of the page.
pub(super) struct Section {
    pub(super) title: &'static str,
    /// What stands over the columns, where rows of three cells and more are set as a table.
    pub(super) heads: &'static [&'static str],
    /// Rows of cells; the cells of one column stand below each other.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// What stands in a row.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Text(String),
    /// A part of a whole, to be drawn.
    Bar {
        part: usize,
        whole: usize,
    },
}

impl Section {
    /// The title of the section that names the gravest findings.
    pub(super) const FINDINGS: &'static str = "Findings";

    /// The title of the section that says all of it in a sentence.
    pub(super) const IN_SHORT: &'static str = "In short";

    /// A section of nothing but texts.
    pub(super) fn of_texts(
        title: &'static str,
        heads: &'static [&'static str],
        rows: Vec<Vec<String>>,
    ) -> Self {
        let cells = |row: Vec<String>| row.into_iter().map(Cell::Text).collect();
        let rows = rows.into_iter().map(cells).collect();
        Self { title, heads, rows }
    }
}

impl Cell {
    /// The cell in letters.
    pub(super) fn letters(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Bar { part, whole } => bar(*part, *whole),
        }
    }
}

fn bar(part: usize, whole: usize) -> String {
    let full = if whole == 0 {
        0
    } else {
        (part * BAR).div_ceil(whole).min(BAR)
    };
    "█".repeat(full) + &"░".repeat(BAR - full)
}
