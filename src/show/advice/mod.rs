//! Advice as documents, and as JSON: on one page, in four lines, or everything.

mod full;
pub mod json;
mod page;
mod parts;
mod picture;
mod report;

use jiff::civil::Date;

use super::document::Document;
use super::harmless::Form;
use super::words::{strength_in_words, sums};
use super::{markdown, terminal};
use crate::advice::Advice;
use verdict::answers::Answers;
use verdict::engine::Reasoning;

pub use full::full;
pub use page::page;
pub(super) use parts::headline_in_a_line;
pub use report::report;

/// What `advise` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For programs: one object, schema `mesh-advisor/advice/1`.
    Json,
    /// To be pasted into a decision record or a pull request.
    Markdown,
    /// One file for a browser: a report that is complete as it stands, and live where scripts may run.
    Html,
}

/// An advice, and what it was made from.
#[derive(Clone, Copy, Debug)]
pub struct Advised<'a> {
    /// The advice.
    pub advice: &'a Advice<'a>,
    /// The answers that it is about.
    pub answers: &'a Answers,
    /// The compiled rubric.
    pub reasoning: &'a Reasoning,
    /// The day of the advice.
    pub today: Date,
}

/// How much of the advice is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// The headline and three lines.
    Brief,
    /// What fits on one page.
    #[default]
    Page,
    /// Everything.
    Full,
}

/// The most lines of a brief advice in a terminal.
const BRIEF_LINES: usize = 4;

/// Markdown starts here, so that it fits under a section of a record.
const MARKDOWN_LEVEL: usize = 3;

impl Format {
    /// Every format.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Markdown, Self::Html];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// The form of what it writes.
    pub fn form(self) -> Form {
        match self {
            Self::Text => Form::Styled,
            Self::Json => Form::Json,
            Self::Markdown => Form::Text,
            Self::Html => Form::Xml,
        }
    }

    /// Whether it is always whole, whatever extent was asked for.
    pub fn is_always_whole(self) -> bool {
        matches!(self, Self::Json | Self::Html)
    }
}

/// The advice in a format, laid out for `width` columns where that matters.
pub fn render(advised: Advised<'_>, format: Format, extent: Extent, width: usize) -> String {
    let advice = advised.advice;
    let document = || match (extent, format) {
        (Extent::Brief, Format::Text) => brief_within(advice, width),
        (Extent::Brief, _) => brief(advice),
        (Extent::Page, _) => page(advice),
        (Extent::Full, _) => full(advice),
    };
    match format {
        Format::Text => terminal::dress(&document(), width),
        Format::Json => json::render(advice),
        Format::Markdown => markdown::dress(&document(), MARKDOWN_LEVEL),
        Format::Html => report(advised),
    }
}

/// The headline and three lines: how sure (or what the rubric wants said first), what it adds up to, and what is next.
/// Where the rubric has no plan, why takes the place of what is next.
pub fn brief(advice: &Advice<'_>) -> Document {
    in_brief(advice, true, false)
}

/// The same in no more than [`BRIEF_LINES`] of this width: a headline of two lines leaves no room for the sums, and a longer
/// one is cut.
fn brief_within(advice: &Advice<'_>, width: usize) -> Document {
    let fits =
        |document: &Document| terminal::dress(document, width).lines().count() <= BRIEF_LINES;
    let ways = [(true, false), (false, false)];
    let mut ways = ways
        .map(|(sums, cut)| in_brief(advice, sums, cut))
        .into_iter();
    ways.find(fits)
        .unwrap_or_else(|| in_brief(advice, true, true))
}

fn in_brief(advice: &Advice<'_>, tells_sums: bool, is_headline_cut: bool) -> Document {
    let mut document = Document::default();
    if is_headline_cut {
        document.brief(parts::headline_in_a_line(advice));
    } else {
        parts::title(advice, &mut document);
    }
    let notes = advice.headline().notes;
    document.brief(match notes.first() {
        Some(note) => note.text.clone(),
        None => strength_in_words(advice),
    });
    if !advice.is_based_on_answers {
        document.brief("Next: answer what is open (mesh-advisor ask).");
        return document;
    }
    if tells_sums {
        document.brief(sums(advice));
    }
    document.brief(match advice.plan.first() {
        Some(step) => format!("Next: {}.", step.title),
        None if advice.rubric.plan.is_empty() => advice.because.clone(),
        None => "Next: nothing to do.".to_owned(),
    });
    document
}
