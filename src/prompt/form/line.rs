//! Lines of text in a few tones, wrapped into rows that fit the screen.

use textwrap::core::display_width;
use textwrap::{Options, WordSplitter, WrapAlgorithm};

use crate::show::escape;

/// How a piece of text stands out. No tone says anything that the words do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it is.
    Normal,
    /// Bold.
    Strong,
    /// Dim.
    Quiet,
}

/// A line before it is wrapped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    indent: usize,
    hang: usize,
    pieces: Vec<(Tone, String)>,
}

/// A row of the screen: pieces of text, without a line break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row(Vec<(Tone, String)>);

impl Line {
    /// An empty line.
    pub fn blank() -> Self {
        Self::indented(0, 0)
    }

    /// A line whose rows are indented, those after the first by `hang` more.
    pub fn indented(indent: usize, hang: usize) -> Self {
        Self {
            indent,
            hang,
            pieces: Vec::new(),
        }
    }

    /// The line with more text at its end; what a terminal would obey is spelled out.
    pub fn and(mut self, tone: Tone, text: &str) -> Self {
        self.pieces.push((tone, escape::visible(text)));
        self
    }

    /// The rows that it takes on a screen of `width` columns.
    pub fn rows(&self, width: usize) -> Vec<Row> {
        let text: String = self.pieces.iter().map(|(_, text)| text.as_str()).collect();
        let (first, rest) = (" ".repeat(self.indent), " ".repeat(self.indent + self.hang));
        let options = Options::new(width)
            .initial_indent(&first)
            .subsequent_indent(&rest);
        let options = options
            .wrap_algorithm(WrapAlgorithm::FirstFit)
            .word_splitter(WordSplitter::NoHyphenation);
        let mut rows = Vec::new();
        let mut place = 0;
        for (number, wrapped) in textwrap::wrap(&text, options).into_iter().enumerate() {
            let indent = if number == 0 { &first } else { &rest };
            let body = wrapped.strip_prefix(indent.as_str()).unwrap_or(&wrapped);
            let start = text
                .get(place..)
                .and_then(|left| left.find(body))
                .map_or(place, |found| place + found);
            place = start + body.len();
            let indent = (!body.is_empty()).then(|| (Tone::Normal, indent.clone()));
            rows.push(Row(indent
                .into_iter()
                .chain(self.pieces_between(start, place))
                .collect()));
        }
        rows
    }

    /// The pieces of the text between two bytes of it.
    fn pieces_between(&self, start: usize, end: usize) -> Vec<(Tone, String)> {
        let mut found = Vec::new();
        let mut begin = 0;
        for (tone, text) in &self.pieces {
            let (from, to) = (start.max(begin), end.min(begin + text.len()));
            if let Some(part) = (from < to)
                .then(|| text.get(from - begin..to - begin))
                .flatten()
            {
                found.push((*tone, part.to_owned()));
            }
            begin += text.len();
        }
        found
    }
}

/// The text with parts set off by ` · ` of which none but the first is broken across rows, nor begins one with the dot.
pub fn unbroken(text: &str) -> String {
    let parts = text.split(" · ").enumerate();
    let parts: Vec<String> = parts
        .map(|(place, part)| {
            if place == 0 {
                part.to_owned()
            } else {
                part.replace(' ', "\u{a0}")
            }
        })
        .collect();
    parts.join("\u{a0}· ")
}

impl Row {
    /// The text alone.
    pub fn text(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect()
    }

    /// How many columns it takes.
    pub fn width(&self) -> usize {
        display_width(&self.text())
    }

    /// Its pieces.
    pub fn pieces(&self) -> &[(Tone, String)] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tones_survive_wrapping() {
        let line = Line::indented(2, 2)
            .and(Tone::Normal, "one two three ")
            .and(Tone::Strong, "four five");
        let rows = line.rows(14);
        assert_eq!(
            rows.iter().map(Row::text).collect::<Vec<_>>(),
            ["  one two", "    three four", "    five"]
        );
        let strong: Vec<&str> = rows
            .iter()
            .flat_map(Row::pieces)
            .filter(|(tone, _)| *tone == Tone::Strong)
            .map(|(_, text)| text.as_str())
            .collect();
        assert_eq!(strong, ["four", "five"]);
    }

    #[test]
    fn no_row_is_wider_than_the_screen() {
        let text = "per-cohort routing, 日本語の長い文字列は幅が二倍です, averyveryverylongwordwithoutanybreak \u{1b}[2J";
        for width in 20..80 {
            for row in Line::indented(2, 3).and(Tone::Quiet, text).rows(width) {
                assert!(row.width() <= width, "{row:?}");
                assert!(!row.text().contains('\u{1b}'));
            }
        }
        assert_eq!(Line::blank().rows(40).len(), 1);
    }
}
