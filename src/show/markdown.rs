//! The dressing for Markdown: GitHub's, as decision records and pull requests show it.
//!
//! Every text is escaped here, so that nothing in it is taken for markup.

use super::document::{Block, Document, Item, Line, Mark, Picture, Span, Table};
use super::escape::{address, markdown, markdown_code as code, visible};

/// The document; its title has `level` number signs, its headings one more.
pub fn dress(document: &Document, level: usize) -> String {
    let blocks = document.blocks().iter().map(|block| dressed(block, level));
    blocks.collect::<Vec<_>>().join("\n")
}

fn dressed(block: &Block, level: usize) -> String {
    match block {
        Block::Title(text) => format!("{} {}\n", signs(level), line(text)),
        Block::Heading(text) => format!("{} {}\n", signs(level + 1), line(text)),
        Block::Subheading(text) => format!("{} {}\n", signs(level + 2), line(text)),
        Block::Paragraph(text) | Block::Brief(text) => line(text) + "\n",
        Block::List(items) => items.iter().map(|own| item(own, "")).collect(),
        Block::Pairs(pairs) => {
            let pair =
                |(name, text): &(Line, Line)| format!("* **{}**: {}\n", line(name), line(text));
            pairs.iter().map(pair).collect()
        }
        Block::Table(own) => table(own),
        Block::Picture(own) => picture(own),
        Block::Gap => String::new(),
        Block::Verbatim(text) => {
            let line = |line: &str| format!("    {}\n", visible(line));
            text.lines().map(line).collect()
        }
    }
}

fn signs(level: usize) -> String {
    "#".repeat(level.clamp(1, 6))
}

/// An item, and under it those that belong to it: as far in as its own text begins.
fn item(own: &Item, indent: &str) -> String {
    let (mark, box_or_word) = match &own.mark {
        Mark::Bullet => ("*".to_owned(), String::new()),
        Mark::Number(number) => (format!("{number}."), String::new()),
        Mark::Ticked(Some(true)) => ("*".to_owned(), "[x] ".to_owned()),
        Mark::Ticked(Some(false)) => ("*".to_owned(), "[ ] ".to_owned()),
        Mark::Ticked(None) => ("*".to_owned(), "[ ] (open) ".to_owned()),
        Mark::Word(word) => ("*".to_owned(), format!("{} ", markdown(word))),
    };
    let within = format!("{indent}{}", " ".repeat(mark.len() + 1));
    let below: String = own.items.iter().map(|own| item(own, &within)).collect();
    format!("{indent}{mark} {box_or_word}{}\n{below}", line(&own.text))
}

fn table(table: &Table) -> String {
    let cells = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let head = table.columns.iter().map(|column| markdown(&column.title));
    let rule = table.columns.iter().map(|column| {
        let rule = if column.is_number { "---:" } else { "---" };
        rule.to_owned()
    });
    let mut text = cells(head.collect()) + &cells(rule.collect());
    for row in &table.rows {
        let lines = |lines: &Vec<Line>| lines.iter().map(line).collect::<Vec<_>>().join("<br>");
        let mut shown: Vec<String> = row.cells.iter().map(lines).collect();
        if let Some(name) = shown.first_mut().filter(|_| row.is_marked) {
            *name += " (recommended)";
        }
        text += &cells(shown);
    }
    text
}

/// A line of letters for each fact: a table, which stays readable where Markdown is shown as it is written.
fn picture(picture: &Picture) -> String {
    let mut text = "| Fact | What each answer would give |\n| --- | --- |\n".to_owned();
    for line in &picture.lines {
        let cells = line.cells.iter().map(|cell| {
            let (letter, values) = (markdown(&cell.outcome.letter), markdown(&cell.values));
            if cell.is_current {
                format!("**\\[{letter}\\] {values}**")
            } else {
                format!("{letter} {values}")
            }
        });
        let cells = cells.collect::<Vec<_>>().join(" · ");
        text += &format!("| {} | {cells} |\n", code(&line.fact));
    }
    text
}

fn line(line: &Line) -> String {
    let span = |span: &Span| match span {
        Span::Text(text) => markdown(text),
        Span::Strong(text) => format!("**{}**", markdown(text)),
        Span::Code(text) => code(text),
        Span::Source(id) => format!("\\[{}\\]", markdown(id)),
        Span::Link { text, address: to } => format!("[{}]({})", markdown(text), address(to)),
    };
    line.spans.iter().map(span).collect()
}
