//! Adding parts up, without hiding what is not known.

use super::amount::{Range, Resource};
use super::model::{Figure, Part, Quantity};

/// A sum over parts, and what is missing from it.
#[derive(Debug, Clone, Default)]
pub struct Total<'tax> {
    /// What the parts come to whose number and figure are known: millicores or MiB.
    pub range: Range,
    /// Parts that take something of which nobody publishes how much.
    pub unpublished: Vec<&'tax Part>,
    /// Quantities that were not given.
    pub missing: Vec<&'tax Quantity>,
}

impl Total<'_> {
    /// Whether `range` is all of it.
    pub fn is_complete(&self) -> bool {
        self.unpublished.is_empty() && self.missing.is_empty()
    }

    /// The sum, if nothing is missing from it.
    pub fn complete(&self) -> Option<Range> {
        self.is_complete().then_some(self.range)
    }

    /// Both sums, and what is missing from either.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.range = self.range.plus(other.range);
        self.unpublished.extend(other.unpublished.iter().copied());
        for quantity in &other.missing {
            if !self.missing.iter().any(|known| known.fact == quantity.fact) {
                self.missing.push(quantity);
            }
        }
        self
    }
}

/// How many of a part there are.
#[derive(Debug, Clone, Copy)]
pub(super) enum Number<'tax> {
    /// This many.
    Known(u64),
    /// As many as a quantity that was not given.
    Missing(&'tax Quantity),
}

/// Adds `number` of `part`, each with the range that its `figures` make together.
///
/// A part that `takes` nothing adds nothing; one that takes something and has no figure is unpublished.
pub(super) fn add<'tax>(
    total: Total<'tax>,
    part: &'tax Part,
    number: Number<'tax>,
    figures: &[Figure],
    takes: bool,
    resource: Resource,
) -> Total<'tax> {
    let one = match (number, takes) {
        (Number::Known(0), _) | (_, false) => Total::default(),
        (Number::Missing(quantity), true) => Total {
            missing: vec![quantity],
            ..Total::default()
        },
        (Number::Known(count), true) => match Figure::union_of(figures, resource) {
            Some(range) => Total {
                range: range.times(count),
                ..Total::default()
            },
            None => Total {
                unpublished: vec![part],
                ..Total::default()
            },
        },
    };
    total.plus(&one)
}
