//! The places of a document, which are read once somebody asks for them.

use std::sync::OnceLock;

use super::{Outline, Source};

/// The outline of a text. A document without mistakes is never asked for it.
#[derive(Clone, Debug)]
pub struct Places {
    /// What the outline is read from; empty when it is there already.
    text: String,
    outline: OnceLock<Outline>,
}

impl Places {
    /// Those of an outline that was needed for something else already.
    pub fn of(outline: Outline) -> Self {
        Self { text: String::new(), outline: OnceLock::from(outline) }
    }

    /// Those of a text, for later.
    pub(super) fn later(text: &str) -> Self {
        Self { text: text.to_owned(), outline: OnceLock::new() }
    }

    /// Where everything stands.
    pub fn outline(&self) -> &Outline {
        self.outline.get_or_init(|| self.read())
    }

    /// Changes the outline.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Outline)) {
        let mut outline = self.outline.take().unwrap_or_else(|| self.read());
        change(&mut outline);
        self.outline = OnceLock::from(outline);
    }

    fn read(&self) -> Outline {
        Outline::read(&Source::new("", self.text.as_str())).unwrap_or_default()
    }
}
