//! A document as HTML: headings, lists, tables; and each heading with what follows as a section.

use super::draw::{bar, cells};
use super::text;
use crate::show::document::{
    Block, Document, Item, Line, Mark, Picture, PictureLine, Row, Span, Table,
};
use crate::show::escape::address;

/// The document as HTML. Its title becomes the heading of the page.
pub fn dress(document: &Document) -> String {
    let mut html = String::new();
    let mut is_open = false;
    for block in document.blocks() {
        if let Block::Heading(_) = block {
            html += if is_open {
                "</section>\n<section>\n"
            } else {
                "<section>\n"
            };
            is_open = true;
        }
        html += &dressed(block);
    }
    if is_open {
        html += "</section>\n";
    }
    html
}

fn dressed(block: &Block) -> String {
    match block {
        Block::Title(own) => format!("<h1>{}</h1>\n", line(own)),
        Block::Heading(own) => format!("<h2>{}</h2>\n", line(own)),
        Block::Subheading(own) => format!("<h3>{}</h3>\n", line(own)),
        Block::Brief(own) | Block::Paragraph(own) => format!("<p>{}</p>\n", line(own)),
        Block::List(items) => list(items),
        Block::Pairs(pairs) => {
            let pairs: String = pairs.iter().map(pair).collect();
            format!("<dl>\n{pairs}</dl>\n")
        }
        Block::Table(own) => table(own),
        Block::Picture(own) => picture(own),
        Block::Verbatim(own) => format!("<pre>{}</pre>\n", text(own)),
        Block::Gap => String::new(),
    }
}

fn list(items: &[Item]) -> String {
    let is_numbered = items
        .iter()
        .any(|item| matches!(item.mark, Mark::Number(_)));
    let is_boxes = items
        .iter()
        .any(|item| matches!(item.mark, Mark::Ticked(_)));
    let (tag, class) = match (is_numbered, is_boxes) {
        (true, _) => ("ol", ""),
        (_, true) => ("ul", " class=\"boxes\""),
        _ => ("ul", ""),
    };
    let items: String = items.iter().map(item).collect();
    format!("<{tag}{class}>\n{items}</{tag}>\n")
}

fn item(item: &Item) -> String {
    let mark = match &item.mark {
        Mark::Bullet | Mark::Number(_) => String::new(),
        Mark::Ticked(is_ticked) => format!("{} ", ticked(*is_ticked)),
        Mark::Word(word) => format!("<strong>{}</strong> ", text(word)),
    };
    let below = if item.items.is_empty() {
        String::new()
    } else {
        list(&item.items)
    };
    format!("<li>{mark}{}{below}</li>\n", line(&item.text))
}

/// A box in words that a screen reader says.
pub(super) fn ticked(is_ticked: Option<bool>) -> &'static str {
    match is_ticked {
        Some(true) => "<span role=\"img\" aria-label=\"ticked:\">[x]</span>",
        Some(false) => "<span role=\"img\" aria-label=\"not ticked:\">[ ]</span>",
        None => "<span role=\"img\" aria-label=\"open:\">[?]</span>",
    }
}

/// A source is named under the id by which the text leads to it.
fn pair((name, own): &(Line, Line)) -> String {
    let (id, name) = match name.spans.as_slice() {
        [Span::Source(id)] => {
            let id = text(id);
            (format!(" id=\"source-{id}\""), format!("[{id}]"))
        }
        _ => (String::new(), line(name)),
    };
    format!("<dt{id}>{name}</dt><dd>{}</dd>\n", line(own))
}

fn table(table: &Table) -> String {
    let most = table.rows.iter().map(|row| row.bar.high).max().unwrap_or(0);
    let class = |nth: usize| match table.columns.get(nth) {
        Some(column) if column.is_number => " class=\"number\"",
        _ => "",
    };
    let heads: String = table
        .columns
        .iter()
        .enumerate()
        .map(|(nth, column)| {
            format!(
                "<th scope=\"col\"{}>{}</th>",
                class(nth),
                text(&column.title)
            )
        })
        .collect();
    let bars = if most > 0 { "<td></td>" } else { "" };
    let row = |row: &Row| {
        let cells = row.cells.iter().enumerate().map(|(nth, lines)| {
            let lines: Vec<String> = lines.iter().map(line).collect();
            let lines = lines.join("<br>");
            match nth {
                0 if row.is_marked => format!("<th scope=\"row\">{lines} (recommended)</th>"),
                0 => format!("<th scope=\"row\">{lines}</th>"),
                _ => format!("<td{}>{lines}</td>", class(nth)),
            }
        });
        let cells: String = cells.collect();
        let marked = if row.is_marked {
            " class=\"recommended\""
        } else {
            ""
        };
        let bar = if most > 0 {
            format!("<td>{}</td>", bar(row.bar, most))
        } else {
            String::new()
        };
        format!("<tr{marked}>{cells}{bar}</tr>\n")
    };
    let rows: String = table.rows.iter().map(row).collect();
    let stacks = if table.is_ruled {
        " class=\"stacks\""
    } else {
        ""
    };
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table{stacks}>\n<thead><tr>{heads}{bars}</tr></thead>\n<tbody>\n{rows}</tbody>\n\
         </table></div>\n"
    )
}

/// A row for each fact: its letters in a row, and the same in words.
pub(in crate::show) fn picture(picture: &Picture) -> String {
    let rows: String = picture.lines.iter().map(picture_row).collect();
    format!(
        "<table class=\"stacks\">\n<thead><tr><th scope=\"col\">Fact</th><th scope=\"col\">Picture</th>\
         <th scope=\"col\">What each answer would give</th></tr></thead>\n\
         <tbody id=\"picture\">\n{rows}</tbody>\n</table>\n"
    )
}

fn picture_row(line: &PictureLine) -> String {
    let words = line.cells.iter().map(|cell| {
        let (letter, values) = (text(&cell.outcome.letter), text(&cell.values));
        if cell.is_current {
            format!("<span class=\"current\">[{letter}] {values}</span>")
        } else {
            format!("{letter} {values}")
        }
    });
    format!(
        "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td></tr>\n",
        text(&line.fact),
        cells(line),
        words.collect::<Vec<_>>().join(", ")
    )
}

/// A line of text with its accents.
fn line(line: &Line) -> String {
    let span = |span: &Span| match span {
        Span::Text(own) => text(own),
        Span::Strong(own) => format!("<strong>{}</strong>", text(own)),
        Span::Code(own) => format!("<code>{}</code>", text(own)),
        Span::Source(id) => format!("<a href=\"#source-{0}\">[{0}]</a>", text(id)),
        Span::Link {
            text: own,
            address: to,
        } => {
            format!("<a href=\"{}\">{}</a>", text(&address(to)), text(own))
        }
    };
    line.spans.iter().map(span).collect()
}
