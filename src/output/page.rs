//! A page of a given width: headings, wrapped paragraphs, rows in columns, bars.

use textwrap::core::display_width;

use super::escape;
use crate::tax::Range;

/// Narrower pages are not laid out: lines then run over.
const NARROWEST: usize = 40;

/// Lines of text for a terminal. What is put in is escaped, so that nothing steers the terminal.
#[derive(Debug)]
pub struct Page {
    width: usize,
    lines: Vec<String>,
}

impl Page {
    /// An empty page of so many columns.
    pub fn new(width: usize) -> Self {
        Self { width: width.max(NARROWEST), lines: Vec::new() }
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.width
    }

    /// A heading, with an empty line before it unless it is the first.
    pub fn heading(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.wrapped("", "", text);
    }

    /// A paragraph, indented by two.
    pub fn paragraph(&mut self, text: &str) {
        self.wrapped("  ", "  ", text);
    }

    /// An item with a mark or number before it; further lines hang under its text.
    pub fn item(&mut self, mark: &str, text: &str) {
        let hanging = " ".repeat(display_width(mark) + 3);
        self.wrapped(&format!("  {mark} "), &hanging, text);
    }

    /// A label in a column of its own, and text beside it.
    pub fn labelled(&mut self, label: &str, text: &str) {
        let first = format!("{label}  ");
        self.wrapped(&first, &" ".repeat(display_width(&first)), text);
    }

    /// One line, cut off nowhere.
    pub fn line(&mut self, text: &str) {
        self.lines.push(escape::for_terminal(text).trim_end().to_owned());
    }

    /// The page, each line ended.
    pub fn into_text(self) -> String {
        self.lines.into_iter().map(|line| line + "\n").collect()
    }

    fn wrapped(&mut self, first: &str, others: &str, text: &str) {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(others)
            .break_words(false)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let safe = escape::for_terminal(text);
        self.lines.extend(textwrap::wrap(&safe, options).into_iter().map(|line| line.trim_end().to_owned()));
    }
}

/// `text` filled up with blanks on the right.
pub fn left(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(display_width(text))))
}

/// `text` filled up with blanks on the left.
pub fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(display_width(text))))
}

/// The width of the widest of some texts.
pub fn widest<'a>(texts: impl IntoIterator<Item = &'a str>) -> usize {
    texts.into_iter().map(display_width).max().unwrap_or(0)
}

/// A bar of `cells` for the value `full`: solid up to the low end of a range, light up to the high end.
///
/// What is more than nothing has at least one cell.
pub fn bar(range: Range, full: u128, cells: usize) -> String {
    let (low, high) = (cells_for(range.low, full, cells), cells_for(range.high, full, cells));
    "█".repeat(low) + &"░".repeat(high.saturating_sub(low))
}

fn cells_for(value: u128, full: u128, cells: usize) -> usize {
    if value == 0 || full == 0 {
        return 0;
    }
    let exact = crate::tax::Ratio::new(value, full).map_or(0, |share| share.in_units_of(cells as u128));
    usize::try_from(exact).unwrap_or(cells).clamp(1, cells.max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_solid_up_to_low_and_light_up_to_high() {
        assert_eq!(bar(Range { low: 20, high: 60 }, 60, 6), "██░░░░");
        assert_eq!(bar(Range::exactly(1), 1_000, 10), "█");
        assert_eq!(bar(Range::ZERO, 1_000, 10), "");
        assert_eq!(bar(Range::ZERO, 0, 10), "");
        assert_eq!(bar(Range::exactly(u128::MAX), u128::MAX, 3), "███");
    }

    #[test]
    fn columns_are_counted_as_they_are_seen() {
        assert_eq!(right("20–60", 7), "  20–60");
        assert_eq!(left("日本", 6), "日本  ");
        assert_eq!(widest(["a", "日本"]), 4);
    }

    #[test]
    fn an_item_hangs_under_its_text() {
        let mut page = Page::new(40);
        page.item("[12]", "one two three four five six seven eight nine ten");
        assert_eq!(page.into_text(), "  [12] one two three four five six seven\n       eight nine ten\n");
    }
}
