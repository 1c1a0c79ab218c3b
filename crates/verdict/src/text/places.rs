//! The places of a document, which are read once somebody asks for them.

use std::sync::OnceLock;

use super::{Outline, PlacedProblem, Source};

/// The outline of a text. A document without mistakes is never asked for it.
#[derive(Clone, Debug)]
pub struct Places {
    /// What the outline is read from; empty when it is there already.
    text: String,
    read: OnceLock<Read>,
}

#[derive(Clone, Debug, Default)]
struct Read {
    outline: Outline,
    /// Why there is no outline: the parser of places refuses some texts that have values.
    refusal: Option<Box<PlacedProblem>>,
}

impl Places {
    /// Those of an outline that was needed for something else already.
    pub fn of(outline: Outline) -> Self {
        Self {
            text: String::new(),
            read: OnceLock::from(Read {
                outline,
                refusal: None,
            }),
        }
    }

    /// Those of a text, for later.
    pub(super) fn later(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            read: OnceLock::new(),
        }
    }

    /// Where everything stands; empty when that cannot be told.
    pub fn outline(&self) -> &Outline {
        &self.read().outline
    }

    /// Why it cannot be told where things stand, if it cannot.
    pub(super) fn refusal(&self) -> Option<&PlacedProblem> {
        self.read().refusal.as_deref()
    }

    /// Changes the outline.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Outline)) {
        self.read();
        if let Some(read) = self.read.get_mut() {
            change(&mut read.outline);
        }
    }

    fn read(&self) -> &Read {
        self.read.get_or_init(
            || match Outline::read(&Source::new("", self.text.as_str())) {
                Ok(outline) => Read {
                    outline,
                    refusal: None,
                },
                Err(refusal) => Read {
                    outline: Outline::default(),
                    refusal: Some(refusal),
                },
            },
        )
    }
}
