//! The forms beside the facts: the summary, an offer to choose from, a line to type.

use super::asking::{keys_line, remark_line};
use super::line::unbroken;
use super::{Caret, Expects, Field, Filled, Handled, Key, Line, List, Tone, View};
use crate::prompt::{Review, Reviewed};

/// A list below a prompt.
#[derive(Debug)]
pub struct ChoiceForm {
    head: Vec<Line>,
    list: List,
    keys: &'static str,
}

impl ChoiceForm {
    /// A list of options.
    pub fn new(prompt: &str, options: &[&str]) -> Self {
        let head = vec![
            Line::blank(),
            Line::indented(0, 2).and(Tone::Strong, prompt),
        ];
        Self {
            head,
            list: List::one_of(options.iter().copied()),
            keys: "↑↓ move · Enter chooses · type to filter",
        }
    }

    /// The summary of all answers.
    pub fn review(review: &Review<'_>) -> Self {
        let entries = review
            .entries
            .iter()
            .map(|entry| format!("{} {}", entry.fact.ask, entry.said()));
        let rows = std::iter::once("Show the advice".to_owned()).chain(entries);
        let standing =
            Line::indented(2, 2).and(Tone::Quiet, &unbroken(&review.standing.to_string()));
        let title =
            Line::indented(0, 2).and(Tone::Strong, "Summary: Enter on an answer changes it");
        Self {
            head: vec![Line::blank(), title, standing],
            list: List::one_of(rows.chain(["Quit for now and keep the answers".to_owned()])),
            keys: "↑↓ move · Enter chooses · type to filter · Esc back · Ctrl-C keeps all, quits",
        }
    }

    /// Takes a key; when the form is done, the place that was chosen. Escape is left to others.
    pub fn handle(&mut self, key: Key) -> Handled<usize> {
        #[expect(clippy::expect_used, reason = "of such a list one place is chosen")]
        let only = |places: Vec<usize>| *places.first().expect("one place");
        self.list.handle(key).map(only)
    }

    /// What the screen shows.
    pub fn view(&self) -> View {
        let mut head = self.head.clone();
        let is_filtered = !self.list.filter().is_empty();
        if is_filtered {
            head.push(
                Line::indented(2, 2)
                    .and(Tone::Quiet, "filter: ")
                    .and(Tone::Strong, self.list.filter()),
            );
        }
        let alert = self.list.alert().map(|alert| remark_line(true, &alert));
        View {
            head,
            body: self.list.lines(),
            cursor: self.list.cursor(),
            foot: alert
                .into_iter()
                .chain([Line::blank(), keys_line(self.keys)])
                .collect(),
            caret: if is_filtered {
                Caret::HeadEnd
            } else {
                Caret::BodyStart
            },
        }
    }
}

/// What the person wants who chose this place in the summary.
pub fn reviewed(review: &Review<'_>, place: usize) -> Reviewed {
    let entry = place.checked_sub(1).map(|index| review.entries.get(index));
    match entry {
        None => Reviewed::Accept,
        Some(Some(entry)) => Reviewed::Change(entry.fact.position),
        Some(None) => Reviewed::Quit,
    }
}

/// A line to type.
#[derive(Debug)]
pub struct LineForm {
    prompt: String,
    field: Field,
}

impl LineForm {
    /// An empty line.
    pub fn new(prompt: &str) -> Self {
        Self {
            prompt: prompt.to_owned(),
            field: Field::new(Expects::Text, None),
        }
    }

    /// Takes a key; when the line is done, its text.
    pub fn handle(&mut self, key: Key) -> Handled<String> {
        self.field.handle(key).map(|filled| match filled {
            Filled::Text(text) => text,
            Filled::Count(_) | Filled::Other => String::new(),
        })
    }

    /// What the screen shows.
    pub fn view(&self) -> View {
        View {
            head: vec![Line::indented(0, 2).and(Tone::Strong, &self.prompt)],
            body: self.field.lines(),
            caret: Caret::BodyEnd,
            ..View::default()
        }
    }
}
