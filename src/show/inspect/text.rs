//! The page for a terminal: what was read, which mesh, what is paid and used, and what follows.

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter};

use super::page::page;
use super::section::Cell;
use crate::inspect::Inspection;
use crate::show::columns::left;
use crate::show::escape::visible;

/// The widest a column grows before the next one gives way.
const WIDEST: usize = 28;

/// The page, laid out for so many columns.
pub(super) fn render(inspection: &Inspection, width: usize) -> String {
    let sections: Vec<(&str, Vec<Vec<String>>)> = page(inspection)
        .into_iter()
        .map(|section| {
            let letters = |row: &Vec<Cell>| row.iter().map(Cell::letters).collect();
            (section.title, section.rows.iter().map(letters).collect())
        })
        .collect();
    let title_width = sections
        .iter()
        .map(|(title, _)| title.len())
        .max()
        .unwrap_or(0)
        + 2;
    let mut text = String::new();
    for (index, (title, rows)) in sections.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let widths = widths(rows);
        for (row, cells) in rows.iter().enumerate() {
            let title = if row == 0 { *title } else { "" };
            push_row(&mut text, &left(title, title_width), cells, &widths, width);
        }
    }
    text
}

/// The widths of the columns that something stands to the right of.
fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width_of = |column: usize| {
        let followed = rows.iter().filter(|row| row.len() > column + 1);
        let cells = followed.filter_map(|row| row.get(column));
        cells
            .map(|cell| display_width(&visible(cell)))
            .max()
            .unwrap_or(0)
            .min(WIDEST)
    };
    (0..columns).map(width_of).collect()
}

fn push_row(text: &mut String, title: &str, cells: &[String], widths: &[usize], width: usize) {
    let mut line = title.to_owned();
    let Some((last, others)) = cells.split_last() else {
        return;
    };
    for (cell, column) in others.iter().zip(widths) {
        line.push_str(&left(&visible(cell), *column));
        line.push_str("  ");
    }
    if last.is_empty() {
        text.push_str(line.trim_end());
        text.push('\n');
        return;
    }
    // A narrow rest is worse to read than a line of its own.
    let indent = display_width(&line).min(width / 2);
    let indent = " ".repeat(indent);
    // Names and paths are taken over as they are, not parted at a hyphen.
    let options = Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
        .initial_indent(&line)
        .subsequent_indent(&indent);
    for wrapped in textwrap::wrap(&visible(last), options) {
        text.push_str(wrapped.trim_end());
        text.push('\n');
    }
}
