//! A page of text for a terminal: headings, paragraphs and lists, wrapped to a width.
//!
//! Texts come from files that anybody may have written: all of them are escaped here, before they reach a terminal.

use anstyle::Style;
use comfy_table::{Cell, ContentArrangement, LineStyle, Table, TableStyle, presets};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::escape;

/// The narrowest page that is laid out; below this, lines run over.
const NARROWEST: usize = 40;

/// Lines behind a longer mark are indented no deeper.
const DEEPEST_INDENT: usize = 6;

/// A page under construction.
#[derive(Clone, Debug)]
pub struct Page {
    width: usize,
    text: String,
}

impl Page {
    /// An empty page of `width` columns.
    pub fn new(width: usize) -> Self {
        Self {
            width: width.max(NARROWEST),
            text: String::new(),
        }
    }

    /// The width in columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// The finished text.
    pub fn finish(self) -> String {
        self.text
    }

    /// A heading with an empty line before it.
    pub fn heading(&mut self, text: &str) {
        self.text.push('\n');
        self.styled(text, Style::new().bold());
    }

    /// A paragraph in one style.
    pub fn styled(&mut self, text: &str, style: Style) {
        for line in textwrap::wrap(&escape::visible(text), self.width) {
            self.text += &format!("{style}{line}{style:#}\n");
        }
    }

    /// A paragraph.
    pub fn paragraph(&mut self, text: &str) {
        self.item("", text);
    }

    /// A paragraph after a mark, such as `-` or `1.`, its lines aligned behind the mark.
    pub fn item(&mut self, mark: &str, text: &str) {
        let first = format!("  {mark}{}", if mark.is_empty() { "" } else { " " });
        let rest = textwrap::core::display_width(&first).min(DEEPEST_INDENT);
        self.hanging(&first, rest, text);
    }

    /// Text beside a label that fills a column of its own.
    pub fn labelled(&mut self, label: &str, text: &str) {
        let first = format!("{}  ", escape::visible(label));
        self.hanging(&first, textwrap::core::display_width(&first), text);
    }

    fn hanging(&mut self, first: &str, rest: usize, text: &str) {
        let rest = " ".repeat(rest);
        // Words stay whole: an address that is broken cannot be followed.
        let options = Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(&rest)
            .word_separator(WordSeparator::AsciiSpace)
            .wrap_algorithm(WrapAlgorithm::FirstFit)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        self.text += &textwrap::fill(&escape::visible(text), options);
        self.text.push('\n');
    }

    /// One line, cut with `…` where the page ends.
    pub fn line(&mut self, text: &str) {
        let text = escape::visible(text);
        if textwrap::core::display_width(&text) <= self.width {
            self.text += &text;
        } else {
            let mut width = 0;
            let fits = |character: &char| {
                width += textwrap::core::display_width(character.encode_utf8(&mut [0; 4]));
                width < self.width
            };
            self.text.extend(text.chars().take_while(fits));
            self.text.push('…');
        }
        self.text.push('\n');
    }

    /// A table with a line under each row; each cell may hold several lines.
    pub fn table(&mut self, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        self.laid_out(presets::UTF8_HORIZONTAL_ONLY, header, rows);
    }

    /// A table with a line under its header only: for many short rows.
    pub fn columns(&mut self, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
        let under_header = LineStyle::new('─', '─', '─', '─');
        self.laid_out(
            presets::NOTHING.header_separator(under_header),
            header,
            rows,
        );
    }

    fn laid_out(
        &mut self,
        style: TableStyle,
        header: &[&str],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) {
        let mut table = Table::new();
        table
            .load_style(style)
            .set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.width).unwrap_or(u16::MAX));
        table.set_header(header);
        for row in rows {
            let cells = row.iter().map(|cell| {
                let lines: Vec<String> = cell.lines().map(escape::visible).collect();
                Cell::new(lines.join("\n"))
            });
            table.add_row(cells);
        }
        for line in table.lines() {
            self.text += line.trim_end();
            self.text.push('\n');
        }
    }

    /// Text that is laid out already.
    pub fn push(&mut self, text: &str) {
        self.text += text;
    }
}
