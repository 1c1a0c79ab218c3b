//! A document: what there is to say, in order, without a word about how it looks.
//!
//! Advice, tax, record and the rest are built once, as headings, paragraphs, items, tables, bars and pictures; a
//! dressing ([`super::terminal`], [`super::markdown`]) makes a page of it. Texts are kept as they were
//! written: what is harmful for a place is made harmless by the dressing of that place.

use verdict::rubric::Citation;
use verdict::tax::Range;

/// What there is to say, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// What everything else is about, in one line.
    Title(Line),
    /// The name of what follows.
    Heading(Line),
    /// The name of a part of what a heading names.
    Subheading(Line),
    /// One line that may be cut where the page ends.
    Brief(Line),
    /// Sentences.
    Paragraph(Line),
    /// Items, each with a mark before it.
    List(Vec<Item>),
    /// Names, and what stands for each.
    Pairs(Vec<(Line, Line)>),
    /// Columns and rows.
    Table(Table),
    /// What each change of a fact would give.
    Picture(Picture),
    /// Lines that are shown as they are.
    Verbatim(String),
    /// Room between what stands before and what comes after.
    Gap,
}

/// A thing in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What stands before it.
    pub mark: Mark,
    /// What it says.
    pub text: Line,
    /// What belongs under it.
    pub items: Vec<Item>,
}

/// What stands before an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing but that it is one of several.
    Bullet,
    /// Its place in an order, from 1 on.
    Number(usize),
    /// A box: ticked, empty, or open.
    Ticked(Option<bool>),
    /// A word of its own, such as points.
    Word(String),
}

/// Columns and rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns, from the left.
    pub columns: Vec<Column>,
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// Whether rows of several lines need a line between them.
    pub is_ruled: bool,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands at its head.
    pub title: String,
    /// Whether it holds numbers, which are set against the right.
    pub is_number: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// One cell a column, each of some lines.
    pub cells: Vec<Vec<Line>>,
    /// A bar beside the row, as long as the number is large.
    pub bar: Range,
    /// Whether it is the row that the document recommends.
    pub is_marked: bool,
}

/// A line per fact: which answer to it would give what, everything else being as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The letters, and what they stand for.
    pub legend: Vec<Outcome>,
    /// The facts.
    pub lines: Vec<PictureLine>,
}

/// A fact of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureLine {
    /// Its id.
    pub fact: String,
    /// Its values from the first to the last, those together that give the same.
    pub cells: Vec<PictureCell>,
}

/// Values of a fact that give the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureCell {
    /// The values in a word or two: `30–99`, `none`.
    pub values: String,
    /// What they give.
    pub outcome: Outcome,
    /// Whether the present value is among them.
    pub is_current: bool,
}

/// A recommendation as a picture shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its letter, which no other recommendation has.
    pub letter: String,
    /// Its title.
    pub title: String,
    /// Its position, for its colour.
    pub position: usize,
}

/// Text with its accents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The parts, in order.
    pub spans: Vec<Span>,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Text(String),
    /// Words that a reader shall find first.
    Strong(String),
    /// A name or a command, letter by letter.
    Code(String),
    /// The id of a source that the document lists.
    Source(String),
    /// Words that lead to an address.
    Link {
        /// The words.
        text: String,
        /// Where they lead.
        address: String,
    },
}

impl Document {
    /// The parts, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// What everything else is about.
    pub fn title(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Title(text.into()));
    }

    /// The name of what follows.
    pub fn heading(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    /// The name of a part of it.
    pub fn subheading(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Subheading(text.into()));
    }

    /// One line, cut where the page ends.
    pub fn brief(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Brief(text.into()));
    }

    /// Sentences.
    pub fn paragraph(&mut self, text: impl Into<Line>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// An item; one after the other makes a list.
    pub fn item(&mut self, mark: Mark, text: impl Into<Line>) {
        self.push_item(Item::new(mark, text));
    }

    /// An item that has more under it.
    pub fn push_item(&mut self, item: Item) {
        match self.blocks.last_mut() {
            Some(Block::List(items)) => items.push(item),
            _ => self.blocks.push(Block::List(vec![item])),
        }
    }

    /// A name and what stands for it; one after the other are set under each other.
    pub fn pair(&mut self, name: impl Into<Line>, text: impl Into<Line>) {
        let pair = (name.into(), text.into());
        match self.blocks.last_mut() {
            Some(Block::Pairs(pairs)) => pairs.push(pair),
            _ => self.blocks.push(Block::Pairs(vec![pair])),
        }
    }

    /// Columns and rows; a table without rows is left out.
    pub fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }

    /// What each change would give; a picture of no fact is left out.
    pub fn picture(&mut self, picture: Picture) {
        if !picture.lines.is_empty() {
            self.blocks.push(Block::Picture(picture));
        }
    }

    /// Lines that are shown as they are.
    pub fn verbatim(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Verbatim(text.into()));
    }

    /// Room before what comes.
    pub fn gap(&mut self) {
        self.blocks.push(Block::Gap);
    }

    /// Everything of another document.
    pub fn extend(&mut self, other: Document) {
        self.blocks.extend(other.blocks);
    }
}

impl Item {
    /// An item with nothing under it.
    pub fn new(mark: Mark, text: impl Into<Line>) -> Self {
        Self {
            mark,
            text: text.into(),
            items: Vec::new(),
        }
    }
}

impl Table {
    /// A table of text with these heads.
    pub fn of(titles: &[&str]) -> Self {
        let columns = titles.iter().map(|title| Column {
            title: (*title).to_owned(),
            is_number: false,
        });
        Self {
            columns: columns.collect(),
            ..Self::default()
        }
    }

    /// The same, with numbers in every column but the first.
    pub fn of_numbers(titles: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let columns = titles.into_iter().enumerate().map(|(nth, title)| Column {
            title: title.into(),
            is_number: nth > 0,
        });
        Self {
            columns: columns.collect(),
            ..Self::default()
        }
    }

    /// A table of texts; a cell has as many lines as its text.
    pub fn of_texts(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> Self {
        let lines = |text: String| text.lines().map(Line::from).collect();
        let row = |cells: Vec<String>| Row {
            cells: cells.into_iter().map(lines).collect(),
            ..Row::default()
        };
        Self {
            rows: rows.into_iter().map(row).collect(),
            ..Self::of(titles)
        }
    }

    /// Another row, one line a cell.
    pub fn row(&mut self, cells: impl IntoIterator<Item = impl Into<Line>>) {
        self.rows.push(Row {
            cells: cells.into_iter().map(|cell| vec![cell.into()]).collect(),
            ..Row::default()
        });
    }
}

impl Line {
    /// An empty line, to be added to.
    pub fn new() -> Self {
        Self::default()
    }

    /// With plain words.
    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.with(Span::Text(text.into()))
    }

    /// With words that a reader shall find first.
    #[must_use]
    pub fn strong(self, text: impl Into<String>) -> Self {
        self.with(Span::Strong(text.into()))
    }

    /// With a name or a command.
    #[must_use]
    pub fn code(self, text: impl Into<String>) -> Self {
        self.with(Span::Code(text.into()))
    }

    /// With words that lead somewhere, or with the words alone.
    #[must_use]
    pub fn link(self, text: impl Into<String>, address: Option<String>) -> Self {
        let text = text.into();
        self.with(match address {
            Some(address) => Span::Link { text, address },
            None => Span::Text(text),
        })
    }

    /// With the source that argues it, if there is one.
    #[must_use]
    pub fn cited(self, source: Option<&Citation>) -> Self {
        match source {
            Some(source) => self.text(" ").with(Span::Source(source.id.to_string())),
            None => self,
        }
    }

    fn with(mut self, span: Span) -> Self {
        self.spans.push(span);
        self
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::new().text(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::new().text(text)
    }
}

impl From<&String> for Line {
    fn from(text: &String) -> Self {
        Self::new().text(text.as_str())
    }
}
