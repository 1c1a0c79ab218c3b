//! How likely the values of a fact are, one against the other. It moves no recommendation: it only tells which question
//! to ask first, and how the open answers divide among the recommendations.

use serde::{Deserialize, Serialize};

use crate::ids::{OptionId, Table};

/// The largest weight: sums and products of weights stay far from the limits of a number.
pub const MOST_WEIGHT: i64 = 1_000_000;

/// How likely the values of a fact are; of one kind for each kind of fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Likely {
    /// Of a count: where each range starts and what it weighs, the first at the smallest value, rising.
    Ranges(Vec<(i64, u32)>),
    /// Of a choice what each option weighs, of yes/no what no and yes weigh.
    Values(Vec<u32>),
    /// Of flags: how often each flag is set, in so many of so many cases; each by itself.
    Flags(Table<OptionId, (u32, u32)>),
}
