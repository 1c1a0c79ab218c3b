//! How the recommendations of two rubrics differ: on the common refinement of their cells, exactly.
//!
//! A fact that both rubrics ask for, with the same kind and at least one common value, is one fact; its values are those
//! that both allow. Every other fact counts for its own rubric alone.

use std::sync::Arc;

use num_bigint::BigUint;

use crate::engine::diagrams::budget::Budget;
use crate::engine::diagrams::order::Readings;
use crate::engine::diagrams::paths::{self, Changed, Start};
use crate::engine::diagrams::together::{KnownTo, Together};
use crate::engine::sheet::reasoning::{Reasoning, try_orders};
use crate::engine::{Diagram, Label, TooLarge};
use crate::ids::{Id, LeafId, LevelId, RecommendationId, Table};
use crate::rubric::{Fact, Rubric, Value};

/// What a rubric gives: a recommendation, or `None` where no rule holds.
type Given = Option<RecommendationId>;

/// Where the recommendation goes from one rubric to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// How many sheets were compared.
    pub total: BigUint,
    /// From which recommendation to which, in either rubric; most sheets first. Those that stay are
    /// included.
    pub shifts: Vec<Shift>,
}

/// The sheets that go from one recommendation to another, or stay.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// In the first rubric; `None` where no rule holds.
    pub from: Option<RecommendationId>,
    /// In the second rubric; `None` where no rule holds.
    pub to: Option<RecommendationId>,
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

/// Compares two rubrics over all of their sheets.
///
/// # Errors
/// It would cost more than the budget.
///
/// ```
/// # use verdict::rubric::Rubric;
/// # use verdict::text::Source;
/// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
/// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
/// use verdict::engine::{Budget, difference};
///
/// let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
/// let farther = Source::new("bicycle.yaml", text.replace("> 20", "> 30"));
/// let next = Rubric::parse(&farther).unwrap();
/// let found = difference(&rubric, &next, &Budget::default()).unwrap();
/// let moved = found.shifts.iter().filter(|shift| shift.from != shift.to).count();
/// assert_eq!(moved, 1);
/// ```
pub fn difference(
    first: &Rubric,
    second: &Rubric,
    budget: &Budget,
) -> Result<Difference, TooLarge> {
    let readings = Readings::of(first, &[]).and(Readings::of(second, &[]));
    // A pair of labels as one number.
    let width = second.recommendations.len() + 1;
    try_orders(&readings, budget, |order, budget| {
        let (one, other) = (
            Reasoning::compile(first, order, budget)?,
            Reasoning::compile(second, order, budget)?,
        );
        let together = Together::new(one.recommendations(), other.recommendations(), order);
        let labels = |one: Option<Given>, other: Option<Given>| {
            let (one, other) = one.zip(other)?;
            Some(LeafId::new(one.number() * width + other.number()))
        };
        let diagram = together.combine(&labels, budget)?;
        let known_to = together.levels().map(|level| level.known_to);
        Ok(collect(&diagram, &known_to, width))
    })
}

fn collect(
    diagram: &Diagram<LeafId>,
    known_to: &Table<LevelId, KnownTo>,
    width: usize,
) -> Difference {
    let start = Start::assumed(diagram.levels());
    let sheets = diagram.sheets();
    let shift = |(label, sheets): (&LeafId, &BigUint)| {
        #[expect(
            clippy::expect_used,
            reason = "only labels that some sheet leads to are counted"
        )]
        let cells = paths::nearest_cells(diagram, &start, |other| other == *label)
            .expect("a sheet with this label");
        let example = |(level, value, _): Changed| Example {
            fact: diagram.levels()[level].fact.clone(),
            value,
            known_to: known_to[level],
        };
        let changed = start.changed(&cells).into_iter();
        let mut example: Vec<Example> = changed.map(example).collect();
        example.sort_by_key(|example| (example.known_to == KnownTo::Second, example.fact.position));
        Shift {
            from: Given::numbered(label.position() / width),
            to: Given::numbered(label.position() % width),
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
