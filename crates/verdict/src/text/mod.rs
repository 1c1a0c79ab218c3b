//! Text from outside and the mistakes in it.
//!
//! A text becomes values that know their place ([`Node`]), once. Whoever finds a mistake says so with a [`Route`] of
//! keys; it becomes a line and a column only here.

mod decode;
mod document;
mod node;
mod parse;
mod problem;
mod route;
mod serial;
mod suggest;
mod writing;

pub use document::{Cut, Document, MOST_PROBLEMS};
pub use node::{Entry, Node, Tree, shortened};
pub(crate) use parse::plain;
pub use problem::{PlacedProblem, Problem, ProblemKind};
pub use route::{Part, Route, Step};
pub use suggest::nearest;
pub use writing::{block, flow};

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
