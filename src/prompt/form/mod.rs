//! What a terminal shows and how keys change it, without touching a terminal.
//!
//! Keys come out of bytes ([`Decoder`]); a form ([`AskForm`], [`ChoiceForm`], [`LineForm`]) turns them into a reply with
//! the help of a [`List`] or a [`Field`]; a [`View`] lays the form out in rows that fit the screen.

mod asking;
mod choosing;
mod field;
mod key;
mod line;
mod list;
mod view;

pub use asking::AskForm;
pub use choosing::{ChoiceForm, LineForm, reviewed};
pub use field::{Expects, Field, Filled};
pub use key::{Decoder, Key};
pub use line::{Line, Row, Tone, unbroken};
pub use list::List;
pub use view::{Caret, Laid, View};

/// What a form made of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Handled<T> {
    /// The key means nothing to it.
    Ignored,
    /// It may look different now.
    Stay,
    /// It is filled in.
    Done(T),
}

impl<T> Handled<T> {
    /// The same with what was filled in turned into something else.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Handled<U> {
        match self {
            Self::Ignored => Handled::Ignored,
            Self::Stay => Handled::Stay,
            Self::Done(done) => Handled::Done(change(done)),
        }
    }
}
