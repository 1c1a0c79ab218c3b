//! The dressing for a terminal: text wrapped to a width, with colour only beside words that say the same.
//!
//! Texts come from files that anybody may have written: all of them are escaped here, before they reach a terminal.

use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, CellAlignment, ContentArrangement, LineStyle, Table as Grid, presets};
use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::columns::{bar, left, right, widest};
use super::document::{Block, Document, Item, Line, Mark, Picture, PictureCell, Span, Table};
use super::escape::{visible, visible_lines};

/// The narrowest page that is laid out; below this, lines run over.
const NARROWEST: usize = 40;

/// Lines behind a longer mark are indented no deeper.
const DEEPEST_INDENT: usize = 6;

/// Names before a text take no more columns than this.
const WIDEST_NAME: usize = 26;

/// No bar is longer.
const LONGEST_BAR: usize = 40;

/// Stands before the row that the document recommends.
const RECOMMENDED: &str = "> ";

/// The colours of recommendations, from the least machinery on, told apart also by those who do not see red and green.
const COLOURS: [AnsiColor; 6] = [
    AnsiColor::Cyan,
    AnsiColor::Yellow,
    AnsiColor::Magenta,
    AnsiColor::Blue,
    AnsiColor::Green,
    AnsiColor::Red,
];

/// The document as text of `width` columns.
pub fn dress(document: &Document, width: usize) -> String {
    let mut page = Page {
        width: width.max(NARROWEST),
        text: String::new(),
    };
    document.blocks().iter().for_each(|block| page.block(block));
    page.text
}

struct Page {
    width: usize,
    text: String,
}

impl Page {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(line) => {
                let style = Style::new().bold().fg_color(Some(AnsiColor::Green.into()));
                self.styled(&plain(line), style);
            }
            Block::Heading(line) | Block::Subheading(line) => {
                self.text.push('\n');
                self.styled(&plain(line), Style::new().bold());
            }
            Block::Brief(line) => self.cut(&plain(line)),
            Block::Paragraph(line) => self.hanging("  ", 2, &styled(line)),
            Block::List(items) => self.list(items, 1),
            Block::Pairs(pairs) => self.pairs(pairs),
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Gap => self.text.push('\n'),
            Block::Verbatim(text) => {
                for line in text.lines() {
                    self.text += format!("    {}", visible(line)).trim_end();
                    self.text.push('\n');
                }
            }
        }
    }

    fn styled(&mut self, text: &str, style: Style) {
        for line in textwrap::wrap(text, self.width) {
            self.text += &format!("{style}{line}{style:#}\n");
        }
    }

    /// Items with their marks under each other.
    fn list(&mut self, items: &[Item], depth: usize) {
        let marks: Vec<String> = items.iter().map(|item| mark(&item.mark)).collect();
        let column = widest(marks.iter().map(String::as_str));
        for (item, mark) in items.iter().zip(&marks) {
            let first = format!("{}{} ", "  ".repeat(depth), right(mark, column));
            let indent = display_width(&first).min(2 * depth + DEEPEST_INDENT - 2);
            self.hanging(&first, indent, &styled(&item.text));
            self.list(&item.items, depth + 1);
        }
    }

    fn pairs(&mut self, pairs: &[(Line, Line)]) {
        let names: Vec<String> = pairs.iter().map(|(name, _)| plain(name)).collect();
        let column = widest(names.iter().map(String::as_str)).min(WIDEST_NAME);
        for (name, (_, text)) in names.iter().zip(pairs) {
            let first = format!("  {}  ", left(name, column));
            // Where the names take too much of the line, the text goes on under them.
            let is_narrow = 5 * (column + 4) > 2 * self.width;
            let indent = if is_narrow {
                DEEPEST_INDENT
            } else {
                column + 4
            };
            self.hanging(&first, indent, &styled(text));
        }
    }

    fn hanging(&mut self, first: &str, indent: usize, text: &str) {
        let rest = " ".repeat(indent);
        // Words stay whole: an address that is broken cannot be followed.
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(&rest)
            .word_separator(WordSeparator::AsciiSpace)
            .wrap_algorithm(WrapAlgorithm::FirstFit)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        self.text += &textwrap::fill(text, options);
        self.text.push('\n');
    }

    /// One line, cut with `…` where the page ends.
    fn cut(&mut self, text: &str) {
        if display_width(text) <= self.width {
            self.text += text;
        } else {
            let mut width = 0;
            let fits = |character: &char| {
                width += display_width(character.encode_utf8(&mut [0; 4]));
                width < self.width
            };
            self.text.extend(text.chars().take_while(fits));
            self.text.push('…');
        }
        self.text.push('\n');
    }

    fn table(&mut self, table: &Table) {
        let mut cells: Vec<Vec<String>> = table.rows.iter().map(|row| texts(&row.cells)).collect();
        let is_marked = table.rows.iter().any(|row| row.is_marked);
        for (row, cells) in table.rows.iter().zip(&mut cells) {
            if let Some(name) = cells.first_mut().filter(|_| is_marked) {
                let mark = if row.is_marked { RECOMMENDED } else { "  " };
                name.insert_str(0, mark);
            }
        }
        let numbers = table.columns.iter().enumerate();
        for (nth, _) in numbers.filter(|(_, column)| column.is_number) {
            align_marks(&mut cells, nth);
        }
        let mut titles: Vec<String> = table
            .columns
            .iter()
            .map(|one| visible_lines(&one.title))
            .collect();
        let most = table.rows.iter().map(|row| row.bar.high).max().unwrap_or(0);
        let room = self.room_for_bars(&titles, &cells);
        if most > 0 && room > 0 {
            titles.push(String::new());
            for (row, cells) in table.rows.iter().zip(&mut cells) {
                cells.push(bar(row.bar, most, room));
            }
        }
        let style = if table.is_ruled {
            presets::UTF8_HORIZONTAL_ONLY
        } else {
            presets::NOTHING.header_separator(LineStyle::new('─', '─', '─', '─'))
        };
        let mut grid = Grid::new();
        grid.load_style(style)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(self.width).unwrap_or(u16::MAX))
            .set_header(titles);
        for row in &cells {
            grid.add_row(row.iter().map(Cell::new));
        }
        for (column, own) in grid.column_iter_mut().zip(&table.columns) {
            if own.is_number {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        for line in grid.lines() {
            self.text += line.trim_end();
            self.text.push('\n');
        }
    }

    /// How many columns the other cells leave on the line.
    fn room_for_bars(&self, titles: &[String], cells: &[Vec<String>]) -> usize {
        /// A blank on each side, and one between columns.
        const PADDING: usize = 3;
        let column = |nth: usize| {
            let below = cells.iter().filter_map(|row| row.get(nth));
            widest(below.chain(titles.get(nth)).map(String::as_str)) + PADDING
        };
        let taken: usize = (0..titles.len()).map(column).sum();
        self.width
            .saturating_sub(taken + PADDING + 1)
            .min(LONGEST_BAR)
    }

    fn picture(&mut self, picture: &Picture) {
        let names: Vec<String> = picture
            .lines
            .iter()
            .map(|line| visible(&line.fact))
            .collect();
        let column = widest(names.iter().map(String::as_str)).min(WIDEST_NAME);
        for (name, line) in names.iter().zip(&picture.lines) {
            let mut text = format!("  {}", left(name, column));
            let mut used = display_width(&text);
            for cell in &line.cells {
                let (shown, width) = picture_cell(cell);
                if used + 2 + width > self.width && used > column + 2 {
                    self.text += &text;
                    self.text.push('\n');
                    (text, used) = (" ".repeat(column + 2), column + 2);
                }
                text += &format!("  {shown}");
                used += 2 + width;
            }
            self.text += &text;
            self.text.push('\n');
        }
    }
}

fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Bullet => "-".to_owned(),
        Mark::Number(number) => format!("{number}."),
        Mark::Ticked(Some(true)) => "[x]".to_owned(),
        Mark::Ticked(Some(false)) => "[ ]".to_owned(),
        Mark::Ticked(None) => "[?]".to_owned(),
        Mark::Word(word) => visible(word),
    }
}

/// Values with their letter, in brackets where they are the present ones, and how wide that is.
fn picture_cell(cell: &PictureCell) -> (String, usize) {
    let values = visible(&cell.values);
    let letter = visible(&cell.outcome.letter);
    let letter = if cell.is_current {
        format!("[{letter}]")
    } else {
        letter
    };
    let width = display_width(&letter) + 1 + display_width(&values);
    let colour = COLOURS.get(cell.outcome.position % COLOURS.len());
    let style = Style::new()
        .bold()
        .fg_color(colour.map(|colour| (*colour).into()));
    (format!("{style}{letter}{style:#} {values}"), width)
}

/// The lines of each cell.
fn texts(cells: &[Vec<Line>]) -> Vec<String> {
    let text = |lines: &Vec<Line>| lines.iter().map(plain).collect::<Vec<_>>().join("\n");
    cells.iter().map(text).collect()
}

/// Keeps numbers under each other where some of them carry a mark behind them, such as that of old figures.
fn align_marks(rows: &mut [Vec<String>], column: usize) {
    let is_number_last = |cell: &str| cell.ends_with(|last: char| last.is_alphanumeric());
    let cells = || rows.iter().filter_map(|row| row.get(column));
    let is_marked = cells().any(|cell| cell.ends_with(super::tax::OLD));
    let to_align = rows.iter_mut().filter_map(|row| row.get_mut(column));
    for cell in to_align.filter(|cell| is_marked && is_number_last(cell)) {
        // A no-break space: an ordinary one at the end of a cell is taken for nothing.
        cell.push('\u{a0}');
    }
}

fn plain(line: &Line) -> String {
    line.spans.iter().map(words).collect()
}

fn styled(line: &Line) -> String {
    let style = Style::new().bold();
    let styled = line.spans.iter().map(|span| match span {
        Span::Strong(_) => format!("{style}{}{style:#}", words(span)),
        _ => words(span),
    });
    styled.collect()
}

fn words(span: &Span) -> String {
    match span {
        Span::Text(text) | Span::Strong(text) | Span::Code(text) => visible(text),
        Span::Source(id) => format!("[{}]", visible(id)),
        Span::Link { text, address } if text == address => visible(address),
        Span::Link { text, address } => format!("{}, {}", visible(text), visible(address)),
    }
}
