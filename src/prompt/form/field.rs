//! A field to type into, checked with every key, and one row below it for those who do not know.

use std::sync::Arc;

use super::{Handled, Key, Line, Tone};
use crate::prompt::{Entry, check_count};
use crate::show::words::capitalised;
use verdict::rubric::Fact;

/// The longest text that can be typed: longer than any path of a system in use.
const LONGEST: usize = 4096;

const TOO_LONG: &str =
    "There is no room for more; the last characters are missing. Backspace goes back.";

/// What may be typed.
#[derive(Clone, Debug, PartialEq)]
pub enum Expects {
    /// A value of this fact, which is a count.
    Count(Arc<Fact>),
    /// Any text.
    Text,
}

/// What a field was filled with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filled {
    /// A number, as the fact holds it.
    Count(i64),
    /// A text.
    Text(String),
    /// The row below was chosen instead.
    Other,
}

/// A field to type into.
#[derive(Clone, Debug)]
pub struct Field {
    expects: Expects,
    text: String,
    /// Whether the text was there before: then the first key replaces it.
    is_given: bool,
    other: Option<String>,
    is_on_other: bool,
    alert: Option<String>,
    /// Whether more was typed than there is room for.
    is_cut: bool,
}

impl Field {
    /// A field, with the row below it if there is one.
    pub fn new(expects: Expects, other: Option<&str>) -> Self {
        let (text, other) = (String::new(), other.map(str::to_owned));
        Self {
            expects,
            text,
            is_given: false,
            other,
            is_on_other: false,
            alert: None,
            is_cut: false,
        }
    }

    /// Puts a text into the field, which Enter keeps and typing replaces.
    pub fn given(mut self, text: Option<String>) -> Self {
        self.is_given = text.is_some();
        self.text = text.unwrap_or_default();
        self
    }

    /// Highlights the row below.
    pub fn on_other(mut self, is_on_other: bool) -> Self {
        self.is_on_other = is_on_other && self.other.is_some();
        self
    }

    /// Takes a key; when the field is done, what it was filled with.
    pub fn handle(&mut self, key: Key) -> Handled<Filled> {
        self.alert = None;
        match key {
            Key::Up | Key::Down | Key::Home | Key::End | Key::PageUp | Key::PageDown => {
                self.is_on_other = !self.is_on_other && self.other.is_some();
            }
            Key::Enter => return self.enter(),
            Key::Char('?') if self.expects != Expects::Text => return Handled::Ignored,
            Key::Char(character) => self.push(character),
            Key::Backspace => {
                self.is_on_other = false;
                self.is_given = false;
                self.is_cut = false;
                self.text.pop();
            }
            Key::Clear => {
                self.is_cut = false;
                self.text.clear();
            }
            _ => return Handled::Ignored,
        }
        Handled::Stay
    }

    /// What to tell the person about what is typed so far, and whether something is wrong with it.
    pub fn remark(&self) -> (bool, String) {
        if let Some(alert) = &self.alert {
            return (true, alert.clone());
        }
        if self.is_cut && !self.is_on_other {
            return (true, TOO_LONG.to_owned());
        }
        let Expects::Count(fact) = &self.expects else {
            return (false, String::new());
        };
        match check_count(&self.text, fact) {
            Entry::Wrong(mistake) if !self.is_on_other => (true, format!("{mistake}.")),
            Entry::Short(mistake) if !self.is_on_other => (false, format!("{mistake}.")),
            _ => (false, format!("{}.", capitalised(&fact.expects()))),
        }
    }

    /// The place of the highlighted line.
    pub fn cursor(&self) -> usize {
        usize::from(self.is_on_other)
    }

    /// The field and the row below it.
    pub fn lines(&self) -> Vec<Line> {
        let line = |is_here: bool, text: &str| {
            let (tone, pointer) = if is_here {
                (Tone::Strong, "> ")
            } else {
                (Tone::Normal, "  ")
            };
            Line::indented(2, 2).and(tone, pointer).and(tone, text)
        };
        let other = self.other.iter().map(|other| line(self.is_on_other, other));
        std::iter::once(line(!self.is_on_other, &self.text))
            .chain(other)
            .collect()
    }

    /// Whatever is typed is shown and kept: a part of it without the rest could be another answer.
    fn push(&mut self, character: char) {
        self.is_on_other = false;
        if std::mem::take(&mut self.is_given) {
            self.text.clear();
        }
        if self.text.chars().count() < LONGEST {
            self.text.push(character);
        } else {
            self.is_cut = true;
        }
    }

    fn enter(&mut self) -> Handled<Filled> {
        if self.is_on_other {
            return Handled::Done(Filled::Other);
        }
        if self.is_cut {
            self.alert = Some(TOO_LONG.to_owned());
            return Handled::Stay;
        }
        let Expects::Count(fact) = &self.expects else {
            return Handled::Done(Filled::Text(self.text.trim().to_owned()));
        };
        match check_count(&self.text, fact) {
            Entry::Fits(number) => return Handled::Done(Filled::Count(number)),
            Entry::Empty => {
                let other = self.other.as_ref().map_or(String::new(), |other| {
                    format!(", or arrow down for \"{other}\"")
                });
                self.alert = Some(format!("Type {}{other}.", fact.expects()));
            }
            Entry::Short(mistake) | Entry::Wrong(mistake) => {
                self.alert = Some(format!("{mistake}."))
            }
        }
        Handled::Stay
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use verdict::rubric::{Digits, Kind};

    fn field() -> Field {
        let rubric = crate::embedded::rubric().expect("no mistakes");
        let mut fact = Fact::clone(rubric.fact("services").expect("a fact"));
        fact.kind = Kind::Count {
            min: 1,
            max: 1000,
            digits: Digits::NONE,
        };
        Field::new(Expects::Count(Arc::new(fact)), Some("don't know"))
    }

    fn type_in(field: &mut Field, text: &str) {
        for character in text.chars() {
            field.handle(Key::Char(character));
        }
    }

    #[test]
    fn a_number_is_checked_with_every_key() {
        let mut field = field();
        assert_eq!(
            field.remark(),
            (false, "A whole number from 1 to 1000.".into())
        );
        type_in(&mut field, "1001");
        assert!(
            field.remark().0 && field.remark().1.contains("1001 is more than 1000"),
            "{:?}",
            field.remark()
        );
        assert_eq!(field.handle(Key::Enter), Handled::Stay);
        field.handle(Key::Backspace);
        assert!(!field.remark().0);
        assert_eq!(field.handle(Key::Enter), Handled::Done(Filled::Count(100)));
    }

    #[test]
    fn nothing_typed_is_silently_something_else() {
        for text in [
            "42.5",
            "30-40",
            "1e3",
            "-5",
            "x7",
            "7 services",
            "٣",
            "0x10",
            "1.000",
            "+5",
        ] {
            let mut field = field();
            type_in(&mut field, text);
            assert!(field.remark().0, "{text}: {:?}", field.remark());
            assert_eq!(field.handle(Key::Enter), Handled::Stay, "{text}");
            assert_eq!(
                field.lines()[0].rows(80)[0]
                    .text()
                    .trim_start_matches([' ', '>']),
                text
            );
        }
        let mut field = Field::new(Expects::Text, None);
        type_in(&mut field, &"a".repeat(LONGEST + 1));
        assert_eq!(field.handle(Key::Enter), Handled::Stay);
        field.handle(Key::Backspace);
        assert_eq!(
            field.handle(Key::Enter),
            Handled::Done(Filled::Text("a".repeat(LONGEST - 1)))
        );
    }

    #[test]
    fn the_row_below_is_for_those_who_do_not_know() {
        let mut field = field();
        assert_eq!(field.handle(Key::Enter), Handled::Stay);
        field.handle(Key::Down);
        assert_eq!(field.handle(Key::Enter), Handled::Done(Filled::Other));
        type_in(&mut field, "7");
        assert_eq!(field.handle(Key::Enter), Handled::Done(Filled::Count(7)));
    }

    #[test]
    fn a_given_text_is_kept_by_enter_and_replaced_by_typing() {
        let mut field = field().given(Some("42".into()));
        assert_eq!(
            field.clone().handle(Key::Enter),
            Handled::Done(Filled::Count(42))
        );
        type_in(&mut field, "7");
        assert_eq!(field.handle(Key::Enter), Handled::Done(Filled::Count(7)));
    }
}
