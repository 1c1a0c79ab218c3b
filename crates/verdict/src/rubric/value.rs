//! Values of facts, and the elementary tests on one value.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Digits;
use crate::ids::{MOST_MEMBERS, OptionId, Set};

/// The most options that a choice or flags can have.
pub const MOST_OPTIONS: usize = MOST_MEMBERS;

/// The value of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Value {
    /// A count.
    Count(i64),
    /// Yes or no.
    YesNo(bool),
    /// The chosen option.
    Choice(OptionId),
    /// The options that are set.
    Flags(Options),
}

/// A set of options.
pub type Options = Set<OptionId>;

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
    /// `==`
    Equal,
    /// `!=`
    Unequal,
}

/// A comparison with a fixed number, such as `>= 30`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Comparison {
    /// How to compare.
    pub relation: Relation,
    /// What to compare with.
    pub bound: i64,
}

impl Comparison {
    /// Whether `number` stands in this relation to the bound.
    pub fn holds(self, number: i64) -> bool {
        self.relation.holds(number, self.bound)
    }

    /// The numbers at which the outcome can differ from that of the number before: at most two.
    pub fn edges(self) -> impl Iterator<Item = i64> {
        let next = self.bound.saturating_add(1);
        let (first, second) = match self.relation {
            Relation::Less | Relation::AtLeast => (Some(self.bound), None),
            Relation::AtMost | Relation::More => (Some(next), None),
            Relation::Equal | Relation::Unequal => (Some(self.bound), Some(next)),
        };
        first.into_iter().chain(second)
    }

    /// Reads `>= 30`, `<5`, `== 3`, and `< 99.95` where there are decimals.
    pub fn parse(text: &str, digits: Digits) -> Option<Self> {
        let (relation, bound) = Relation::parse(text)?;
        let bound = digits.parse(bound)?;
        Some(Self { relation, bound })
    }
}

impl Relation {
    /// Whether the one stands in this relation to the other.
    pub fn holds<T: Ord>(self, one: T, other: T) -> bool {
        match self {
            Self::Less => one < other,
            Self::AtMost => one <= other,
            Self::More => one > other,
            Self::AtLeast => one >= other,
            Self::Equal => one == other,
            Self::Unequal => one != other,
        }
    }

    /// Reads the sign before a bound: `>= 30`, `<high`. What follows the sign is given back without blanks.
    pub fn parse(text: &str) -> Option<(Self, &str)> {
        const SIGNS: [(&str, Relation); 6] = [
            ("<=", Relation::AtMost),
            (">=", Relation::AtLeast),
            ("==", Relation::Equal),
            ("!=", Relation::Unequal),
            ("<", Relation::Less),
            (">", Relation::More),
        ];
        let text = text.trim();
        SIGNS
            .iter()
            .find_map(|(sign, relation)| Some((*relation, text.strip_prefix(sign)?.trim())))
    }
}

/// Numbers from one to another, both included: `18..21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    least: i64,
    most: i64,
}

impl Range {
    /// Reads `18..21`; the larger end first is no range.
    pub fn parse(text: &str, digits: Digits) -> Option<Self> {
        let (least, most) = text.split_once("..")?;
        let (least, most) = (digits.parse(least.trim())?, digits.parse(most.trim())?);
        (least <= most).then_some(Self { least, most })
    }

    /// The comparisons that a number from `min` to `max` must pass to lie in the range. An end beyond which there is
    /// nothing needs none, as long as the other end does.
    pub fn bounds(self, min: i64, max: i64) -> Vec<Comparison> {
        let least = Comparison {
            relation: Relation::AtLeast,
            bound: self.least,
        };
        let most = Comparison {
            relation: Relation::AtMost,
            bound: self.most,
        };
        match (self.least <= min, self.most >= max) {
            (true, false) => vec![most],
            (false, true) => vec![least],
            _ => vec![least, most],
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
            Self::Equal => "==",
            Self::Unequal => "!=",
        })
    }
}

/// A comparison of whole numbers.
impl fmt::Display for Comparison {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.relation, self.bound)
    }
}

/// Which values of a fact an elementary test accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Accepts {
    /// A count that compares so.
    Count(Comparison),
    /// This answer.
    YesNo(bool),
    /// A choice among these.
    Choice(Options),
    /// Flags that hold at least one of these.
    AnyFlag(Options),
    /// Flags that hold none.
    NoFlag,
    /// Flags that hold at least so many of these.
    AtLeast(Options, u8),
}

impl Accepts {
    /// Whether the test accepts the value. A value of another kind is never accepted.
    pub fn contains(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Count(comparison), Value::Count(number)) => comparison.holds(number),
            (Self::YesNo(expected), Value::YesNo(answer)) => *expected == answer,
            (Self::Choice(options), Value::Choice(option)) => options.contains(option),
            (Self::AnyFlag(options), Value::Flags(set)) => options.meets(set),
            (Self::NoFlag, Value::Flags(set)) => set.is_empty(),
            (Self::AtLeast(options, count), Value::Flags(set)) => {
                options.and(set).count() >= usize::from(*count)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_read_with_and_without_blanks() {
        for (text, shown) in [
            (">= 30", ">= 30"),
            ("<5", "< 5"),
            (" == -3 ", "== -3"),
            ("!=4", "!= 4"),
        ] {
            assert_eq!(
                Comparison::parse(text, Digits::NONE)
                    .map(|comparison| comparison.to_string())
                    .as_deref(),
                Some(shown)
            );
        }
        for text in [
            "30",
            "=> 30",
            ">= thirty",
            ">",
            "",
            ">= 99999999999999999999",
        ] {
            assert_eq!(Comparison::parse(text, Digits::NONE), None, "{text}");
        }
    }

    #[test]
    fn a_range_holds_between_its_ends_and_asks_no_more_than_it_must() {
        let range = Range::parse(" 18 .. 21 ", Digits::NONE).expect("a range");
        for (min, max, count) in [(0, 100, 2), (18, 100, 1), (0, 21, 1), (18, 21, 2)] {
            let bounds = range.bounds(min, max);
            assert_eq!(bounds.len(), count, "{min} to {max}");
            for number in min..=max {
                let holds = bounds.iter().all(|bound| bound.holds(number));
                assert_eq!(holds, (18..=21).contains(&number), "{number}");
            }
        }
        for text in ["21..18", "..", "1..", "a..b", "1-2", "1...2"] {
            assert_eq!(Range::parse(text, Digits::NONE), None, "{text}");
        }
    }

    #[test]
    fn a_comparison_changes_its_outcome_only_at_its_edges() {
        for relation in ["<", "<=", ">", ">=", "==", "!="] {
            let comparison = Comparison::parse(&format!("{relation} 3"), Digits::NONE);
            let comparison = comparison.expect("valid");
            let changes: Vec<i64> = (-5..10)
                .filter(|number| comparison.holds(*number) != comparison.holds(number - 1))
                .collect();
            assert_eq!(
                comparison.edges().collect::<Vec<_>>(),
                changes,
                "{comparison}"
            );
        }
    }
}
