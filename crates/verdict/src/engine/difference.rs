//! How the recommendations of two rubrics differ: on the common refinement of their cells, exactly.
//!
//! A fact that both rubrics ask for, with the same kind and at least one common value, is one fact; its values are those
//! that both allow. Every other fact counts for its own rubric alone.

use std::sync::Arc;

use num_bigint::BigUint;

use super::budget::Budget;
use super::order::Readings;
use super::paths::{self, Start};
use super::reasoning::{Reasoning, try_orders};
use super::together::Together;
use super::{Diagram, TooLarge};
use crate::rubric::{Fact, Rubric, Value};

/// Where the recommendation goes from one rubric to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// How many sheets were compared.
    pub total: BigUint,
    /// From which recommendation to which, by position in either rubric; most sheets first. Those that stay are
    /// included.
    pub shifts: Vec<Shift>,
}

/// The sheets that go from one recommendation to another, or stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// In the first rubric; `None` where no rule holds.
    pub from: Option<usize>,
    /// In the second rubric; `None` where no rule holds.
    pub to: Option<usize>,
    /// How many sheets.
    pub sheets: BigUint,
    /// One of them: the one on which the fewest facts differ from what the first rubric assumes. Only those facts.
    pub example: Vec<Example>,
}

/// The value of one fact in an example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The fact, with the options that count.
    pub fact: Arc<Fact>,
    /// Its value.
    pub value: Value,
    /// Which of the rubrics reads it.
    pub known_to: KnownTo,
}

/// Which of two rubrics know a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownTo {
    /// Both.
    Both,
    /// Only the first.
    First,
    /// Only the second.
    Second,
}

/// Compares two rubrics over all of their sheets.
///
/// # Errors
/// It would cost more than the budget.
pub fn difference(
    first: &Rubric,
    second: &Rubric,
    budget: &Budget,
) -> Result<Difference, TooLarge> {
    let readings = Readings::of(first, &[]).and(Readings::of(second, &[]));
    let (one_count, other_count) = (
        first.recommendations.len() + 1,
        second.recommendations.len() + 1,
    );
    let pair = |one: usize, other: usize| one * other_count + other;
    try_orders(&readings, budget, |order, budget| {
        let (one, other) = (
            Reasoning::compile(first, order, budget)?,
            Reasoning::compile(second, order, budget)?,
        );
        let together = Together::new(one.recommendations(), other.recommendations(), order)?;
        let labels = |one: Option<usize>, other: Option<usize>| {
            one.zip(other).map(|(one, other)| pair(one, other))
        };
        let diagram = together.combine(&labels, budget)?;
        let known_to: Vec<KnownTo> = together
            .levels()
            .iter()
            .map(|level| level.known_to())
            .collect();
        Ok(collect(&diagram, &known_to, one_count, other_count))
    })
}

fn collect(
    diagram: &Diagram,
    known_to: &[KnownTo],
    one_count: usize,
    other_count: usize,
) -> Difference {
    let start = Start::assumed(diagram.levels());
    let sheets = diagram.sheets();
    let shift = |(label, sheets): (&usize, &BigUint)| {
        let (from, to) = (label / other_count, label % other_count);
        let cells =
            paths::nearest_cells(diagram, &start, |other| other == *label).unwrap_or_default();
        let example = |(level, cell): (usize, &usize)| {
            let domain = diagram
                .levels()
                .get(level)
                .filter(|_| *cell != start.cell(level))?;
            let value = start.value(diagram.levels(), level, *cell);
            Some(Example {
                fact: domain.fact.clone(),
                value,
                known_to: *known_to.get(level)?,
            })
        };
        let mut example: Vec<Example> = cells.iter().enumerate().filter_map(example).collect();
        example.sort_by_key(|example| (example.known_to == KnownTo::Second, example.fact.position));
        Shift {
            from: (from + 1 < one_count).then_some(from),
            to: (to + 1 < other_count).then_some(to),
            sheets: sheets.clone(),
            example,
        }
    };
    let mut shifts: Vec<Shift> = sheets.by_label.iter().map(shift).collect();
    shifts.sort_by(|a, b| {
        b.sheets
            .cmp(&a.sheets)
            .then((a.from, a.to).cmp(&(b.from, b.to)))
    });
    Difference {
        total: sheets.total,
        shifts,
    }
}
