//! What values a fact takes: all that differs between one kind of fact and another, but how a file says it.
//!
//! Whoever has to do only with the shape of the values asks for the [`Domain`], and whoever shows a list for the
//! [`Choice`]s: these have no need to know of another kind.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::{Digits, Options, Value, Words};
use crate::ids::{Id, OptionId, Table};
use crate::text::Tree;

/// What values a fact takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub enum Kind {
    /// A number from `min` to `max`, both included, held as a whole one: with `digits` decimals, 1 is 10 to the power of
    /// these.
    Count {
        /// The smallest value.
        min: i64,
        /// The largest value.
        max: i64,
        /// How many decimals it may have.
        digits: Digits,
    },
    /// Yes or no.
    YesNo,
    /// One of the options, in order from pulling least to pulling most.
    Choice(Table<OptionId, FactOption>),
    /// Any number of the options.
    Flags(Table<OptionId, FactOption>),
}

/// One option of a choice or of flags.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct FactOption {
    /// Its name.
    pub id: Words,
    /// A few words.
    pub title: Words,
    /// When it is the answer.
    pub help: Option<Words>,
}

/// What values a fact takes.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// A number: whole, or with as many decimals as `digits` says.
    Count,
    /// Yes or no.
    YesNo,
    /// One of the options, in order from pulling least to pulling most.
    Choice,
    /// Any number of the options.
    Flags,
}

/// The shape of the values of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Numbers from the first to the second, both included.
    Numbers(i64, i64),
    /// One of so many, in order.
    OneOf(usize),
    /// Any of so many.
    AnyOf(usize),
}

/// A value that a list shows: an option, or yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice<'k> {
    /// The word for it in files.
    pub word: &'k str,
    /// A few words for a person.
    pub title: &'k str,
    /// The value; of flags, the one that is set alone.
    pub value: Value,
}

impl Kind {
    /// Its word in files.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Count { .. } => "count",
            Self::YesNo => "yes_no",
            Self::Choice(_) => "choice",
            Self::Flags(_) => "flags",
        }
    }

    /// The shape of its values.
    pub fn domain(&self) -> Domain {
        match self {
            Self::Count { min, max, .. } => Domain::Numbers(*min, *max),
            Self::YesNo => Domain::OneOf(2),
            Self::Choice(options) => Domain::OneOf(options.len()),
            Self::Flags(options) => Domain::AnyOf(options.len()),
        }
    }

    /// The options, for a choice or flags; empty for other kinds.
    pub fn options(&self) -> &Table<OptionId, FactOption> {
        static NONE: Table<OptionId, FactOption> = Table::EMPTY;
        match self {
            Self::Choice(options) | Self::Flags(options) => options,
            Self::Count { .. } | Self::YesNo => &NONE,
        }
    }

    /// What a list shows of it, in order; nothing of numbers.
    pub fn choices(&self) -> Vec<Choice<'_>> {
        let yes_no = |(word, answer)| Choice {
            word,
            title: word,
            value: Value::YesNo(answer),
        };
        if *self == Self::YesNo {
            return [("yes", true), ("no", false)].map(yes_no).into();
        }
        let is_flags = matches!(self, Self::Flags(_));
        let choices = self.options().entries().map(|(id, option)| Choice {
            word: &option.id,
            title: &option.title,
            value: match is_flags {
                true => Value::Flags(Options::only(id)),
                false => Value::Choice(id),
            },
        });
        choices.collect()
    }

    /// How many decimals its numbers may have; of what is no count, none.
    pub fn digits(&self) -> Digits {
        match self {
            Self::Count { digits, .. } => *digits,
            Self::YesNo | Self::Choice(_) | Self::Flags(_) => Digits::NONE,
        }
    }

    /// One of its numbers as it is said, without a unit.
    pub fn number(&self, number: i64) -> String {
        self.digits().say(number)
    }

    /// Whether this is one of its values.
    pub fn contains(&self, value: Value) -> bool {
        match (self.domain(), value) {
            (Domain::Numbers(min, max), Value::Count(number)) => (min..=max).contains(&number),
            (Domain::OneOf(count), Value::Choice(option)) => option.position() < count,
            (Domain::OneOf(_), Value::YesNo(_)) => *self == Self::YesNo,
            (Domain::AnyOf(count), Value::Flags(set)) => {
                set.iter().all(|flag| flag.position() < count)
            }
            _ => false,
        }
    }

    /// The value of what is no flags at this place among its values, which for numbers is the number itself.
    pub(crate) fn value_at(&self, place: i64) -> Value {
        match self {
            Self::Count { .. } | Self::Flags(_) => Value::Count(place),
            Self::YesNo => Value::YesNo(place != 0),
            Self::Choice(_) =>
            {
                #[expect(clippy::expect_used, reason = "places among options count from 0")]
                Value::Choice(OptionId::new(
                    usize::try_from(place).expect("counted from 0"),
                ))
            }
        }
    }

    /// What a value looks like, in words; `with_unit` says what is counted behind a number.
    pub(super) fn expects(&self, with_unit: impl Fn(String) -> String) -> String {
        match self {
            Self::Count { min, max, digits } => {
                let (kind, decimals) = match digits.limit() {
                    None => ("whole number", String::new()),
                    Some(limit) => ("number", format!(", with {limit}")),
                };
                let (min, max) = (digits.say(*min), with_unit(digits.say(*max)));
                format!("a {kind} from {min} to {max}{decimals}")
            }
            Self::YesNo => "true or false".into(),
            Self::Choice(_) => format!("one of {}", self.ids().join(", ")),
            Self::Flags(_) => format!("a list of any of {}, or [] for none", self.ids().join(", ")),
        }
    }

    /// The value as it is written in files.
    pub(super) fn write(&self, value: Value) -> Tree {
        let id = |option: OptionId| Tree::Text(self.options()[option].id.clone().into());
        match value {
            Value::Count(number) => self.digits().write(number),
            Value::YesNo(answer) => Tree::Bool(answer),
            Value::Choice(option) => id(option),
            Value::Flags(set) => Tree::list(set.iter().map(id)),
        }
    }

    /// The JSON Schema of a value.
    pub(super) fn schema(&self) -> Json {
        match self {
            Self::Count { min, max, digits } => {
                let number = match *digits {
                    Digits::NONE => "integer",
                    _ => "number",
                };
                json!({ "type": number, "minimum": digits.write(*min), "maximum": digits.write(*max) })
            }
            Self::YesNo => json!({ "enum": [true, false, "yes", "no"] }),
            Self::Choice(_) => json!({ "enum": self.ids() }),
            Self::Flags(_) => json!({ "type": "array", "items": { "enum": self.ids() } }),
        }
    }

    /// The kind whose values both have, in the order of this one; `None` where they have none, or differ in form.
    pub(crate) fn shared(&self, other: &Self) -> Option<Self> {
        type Listed = Table<OptionId, FactOption>;
        let both = |one: &Listed, other: &Listed| -> Listed {
            let is_in_other = |option: &&FactOption| other.iter().any(|own| own.id == option.id);
            one.iter().filter(is_in_other).cloned().collect()
        };
        match (self, other) {
            (
                Self::Count { min, max, digits },
                Self::Count {
                    min: least,
                    max: most,
                    digits: others,
                },
            ) if digits == others => {
                let (min, max) = (*min.max(least), *max.min(most));
                let digits = *digits;
                (min <= max).then_some(Self::Count { min, max, digits })
            }
            (Self::YesNo, Self::YesNo) => Some(Self::YesNo),
            (Self::Choice(one), Self::Choice(other)) => Some(both(one, other))
                .filter(|own| !own.is_empty())
                .map(Self::Choice),
            (Self::Flags(one), Self::Flags(other)) => Some(Self::Flags(both(one, other))),
            (Self::Count { .. } | Self::YesNo | Self::Choice(_) | Self::Flags(_), _) => None,
        }
    }

    fn ids(&self) -> Vec<&str> {
        self.options()
            .iter()
            .map(|option| option.id.as_str())
            .collect()
    }
}
