//! Text from outside and the mistakes in it.
//!
//! `serde_yaml` reads the values ([`Tree`]), an event parser reads the places ([`Outline`]): first where a text could be
//! expensive, else only when a place is asked for. Whoever finds a mistake says so with a [`Route`] of keys; it becomes a
//! line and a column only here.

mod decode;
mod document;
mod outline;
mod places;
mod problem;
mod route;
mod suggest;
mod tree;

pub use document::{Document, MOST_PROBLEMS};
pub use outline::Outline;
pub use places::Places;
pub use problem::{PlacedProblem, Problem};
pub use route::{Part, Route, Step};
pub use suggest::nearest;
pub use tree::Tree;

/// A named text: `name` is how people know it (a path, `standard input`, `embedded rubric`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name shown in messages.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
}

impl Source {
    /// A source of this name and text; a leading byte order mark is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let mut text: String = text.into();
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Self {
            name: name.into(),
            text,
        }
    }

    /// The 1-based line and column (in characters) of a byte offset.
    pub fn line_and_column(&self, offset: usize) -> (usize, usize) {
        let before = self.text.get(..offset).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.get(line_start..).unwrap_or("").chars().count() + 1;
        (line, column)
    }
}
