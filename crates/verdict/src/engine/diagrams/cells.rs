//! Cells: the values of one fact that no test behind the recommendation can tell apart.
//!
//! Counts, yes/no and choices are ordered: their cells are ranges. Flags that occur in the same tests form a class, and
//! a cell of a flags fact says which classes have a flag set. Tests in remarks and in the plan split nothing: they
//! cannot move the recommendation.
//!
//! Flags with many classes have as many levels, each with the cells of one class (see [`super::boxes`]): a cell of the
//! fact is then a cell of each of its levels, and what is said here of a cell adds up over them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::boxes;
use crate::ids::{CellId, Id, Table};
use crate::rubric::{Accepts, Domain, Fact, Likely, MOST_OPTIONS, Options, Value};

/// How likely the cells of a fact are of which the rubric does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) enum Measure {
    /// Every cell as likely as every other.
    Cells,
    /// Every value: every option, every answer, every set of flags; of a count every cell. So the same function gives
    /// the same shares, however its rules are written.
    Values,
}

/// The cells of one level: of a fact, or of one class of its flags.
#[derive(Clone, Debug)]
pub struct Cells {
    /// The fact.
    pub fact: Arc<Fact>,
    /// The tests that tell its cells apart, each once.
    pub(in crate::engine) tests: Vec<Accepts>,
    /// How many levels of the same fact come before this one.
    pub(in crate::engine) part: usize,
    pub(in crate::engine) split: Split,
}

/// How the values are told apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::engine) enum Split {
    /// The ranges of an ordered domain, without gaps.
    Ranges(Table<CellId, Range>),
    /// The options of each class; bit `n` of a cell says that class `n` has a flag set. `own` are the options of which
    /// this level speaks, with those that no test reads: all of the fact, where it has no other level.
    Classes { classes: Vec<Options>, own: Options },
}

/// A range of an ordered domain, by its first and its last place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::engine) struct Range {
    first: i64,
    last: i64,
}

impl Cells {
    /// Splits a fact's domain at what these tests tell apart.
    pub(in crate::engine) fn of<'a>(
        fact: &Arc<Fact>,
        tests: impl IntoIterator<Item = &'a Accepts>,
    ) -> Self {
        let mut tests: Vec<Accepts> = tests.into_iter().copied().collect();
        tests.sort_unstable();
        tests.dedup();
        let split = match fact.kind.domain() {
            Domain::Numbers(min, max) => ranges(min, max, &tests),
            Domain::OneOf(count) => ranges(0, as_ordinal(count) - 1, &tests),
            Domain::AnyOf(count) => Split::Classes {
                classes: boxes::classes(count, &tests),
                own: Options::first(count),
            },
        };
        Self {
            fact: fact.clone(),
            tests,
            part: 0,
            split,
        }
    }

    /// A level for each of these classes of a fact's flags. Options of no class go with the first.
    pub(in crate::engine) fn of_each_class(fact: &Arc<Fact>, classes: &[Options]) -> Vec<Self> {
        let all = Options::first(fact.options().len());
        let untested = classes.iter().fold(all, |rest, class| rest.without(*class));
        let level = |(part, class): (usize, &Options)| Self {
            fact: fact.clone(),
            tests: vec![Accepts::AnyFlag(*class)],
            part,
            split: Split::Classes {
                classes: vec![*class],
                own: match part {
                    0 => class.or(untested),
                    _ => *class,
                },
            },
        };
        classes.iter().enumerate().map(level).collect()
    }

    /// Whether the fact has other levels, each for some of its flags.
    pub fn is_part(&self) -> bool {
        match &self.split {
            Split::Classes { own, .. } => *own != Options::first(self.fact.options().len()),
            Split::Ranges(_) => false,
        }
    }

    /// How many cells there are; at least one.
    pub fn count(&self) -> usize {
        match &self.split {
            Split::Ranges(ranges) => ranges.len(),
            Split::Classes { classes, .. } => 1 << classes.len(),
        }
    }

    /// The cells in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = CellId> + ExactSizeIterator + use<> {
        (0..self.count()).map(CellId::new)
    }

    /// The cell of a value.
    pub fn cell(&self, value: Value) -> CellId {
        match &self.split {
            Split::Ranges(ranges) => cell_at(ranges, ordinal(value)),
            Split::Classes { classes, .. } => {
                let classes = classes.iter().enumerate();
                let set = classes.filter(|(_, class)| class.meets(flags_set(value)));
                CellId::new(set.map(|(bit, _)| 1 << bit).sum())
            }
        }
    }

    /// The cell of a value; where there is none, the first.
    pub(in crate::engine) fn cell_or_first(&self, value: Option<Value>) -> CellId {
        value.map_or(FIRST, |value| self.cell(value))
    }

    /// The value of `cell` that is nearest to `from`: the edge of a range; for flags, the fewest flags set or cleared,
    /// and of several that serve the first.
    pub fn nearest(&self, cell: CellId, from: Value) -> Value {
        match &self.split {
            Split::Ranges(ranges) => {
                let Range { first, last } = ranges[cell];
                self.fact.kind.value_at(ordinal(from).clamp(first, last))
            }
            Split::Classes { classes, .. } => {
                let classes = classes.iter().enumerate();
                Value::Flags(classes.fold(flags_set(from), |set, (bit, class)| {
                    match (class.meets(set), has_class(cell, bit)) {
                        (false, true) => set.or(class.iter().take(1).collect()),
                        (true, false) => set.without(*class),
                        _ => set,
                    }
                }))
            }
        }
    }

    /// The least value of `cell`: the fewest flags, the start of a range.
    pub(crate) fn representative(&self, cell: CellId) -> Value {
        match &self.split {
            Split::Classes { .. } => self.nearest(cell, Value::Flags(Options::NONE)),
            Split::Ranges(ranges) => self.fact.kind.value_at(ranges[cell].first),
        }
    }

    /// How many cells lie between two cells; for flags, how many classes differ.
    pub fn distance(&self, from: CellId, to: CellId) -> usize {
        let (from, to) = (from.position(), to.position());
        match &self.split {
            Split::Ranges(_) => from.abs_diff(to),
            Split::Classes { .. } => (from ^ to).count_ones() as usize,
        }
    }

    /// Whether a cell holds several sets of flags, as one of the flags that it sets may be another of the same class.
    pub fn holds_several(&self, cell: CellId) -> bool {
        let classes = self.classes().iter().enumerate();
        let mut set = classes.filter(|(bit, _)| has_class(cell, *bit));
        set.any(|(_, class)| class.iter().nth(1).is_some())
    }

    /// The pairs of cells, lower first, that differ by one step upward: the next range, or one class more.
    pub(crate) fn steps_up(&self) -> Vec<(CellId, CellId)> {
        match &self.split {
            Split::Ranges(_) => self.ids().zip(self.ids().skip(1)).collect(),
            Split::Classes { classes, .. } => {
                let with = |cell: CellId, bit: usize| CellId::new(cell.position() | (1 << bit));
                self.ids()
                    .flat_map(|cell| (0..classes.len()).map(move |bit| (cell, with(cell, bit))))
                    .filter(|(lower, upper)| lower != upper)
                    .collect()
            }
        }
    }

    /// The first and the last value of a cell of an ordered fact; for flags, the fewest and the most
    /// flags of those of which the level speaks.
    pub fn ends(&self, cell: CellId) -> (Value, Value) {
        let last = match &self.split {
            Split::Ranges(ranges) => self.fact.kind.value_at(ranges[cell].last),
            Split::Classes { classes, own } => {
                let cleared = classes
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| !has_class(cell, *bit));
                Value::Flags(cleared.fold(*own, |set, (_, class)| set.without(*class)))
            }
        };
        (self.representative(cell), last)
    }

    /// What a cell says of each class of flags: its options, and whether at least one of them is set. Empty for other
    /// kinds.
    pub fn flags(&self, cell: CellId) -> Vec<(Options, bool)> {
        let classes = self.classes().iter().enumerate();
        classes
            .map(|(bit, class)| (*class, has_class(cell, bit)))
            .collect()
    }

    /// The classes of flags: their options. Empty for other kinds.
    pub fn classes(&self) -> &[Options] {
        match &self.split {
            Split::Classes { classes, .. } => classes,
            Split::Ranges(_) => &[],
        }
    }

    /// The pairs of cells, lower first, of which the second is higher: a later range, or more classes and none fewer.
    pub fn raises(&self) -> Vec<(CellId, CellId)> {
        // The next cell after `high` that is above `low`: for flags, the next number that holds all of its bits.
        let next = |low: CellId, high: CellId| match &self.split {
            Split::Ranges(_) => high.next(),
            Split::Classes { .. } => CellId::new(high.next().position() | low.position()),
        };
        let above = |low: CellId| {
            let highs =
                std::iter::successors(Some(next(low, low)), move |high| Some(next(low, *high)));
            highs
                .take_while(|high| high.position() < self.count())
                .map(move |high| (low, high))
        };
        self.ids().flat_map(above).collect()
    }

    /// How many values each cell has: options of a choice, answers of yes/no, sets of flags. Of a count each cell is one
    /// value: its numbers are not told apart, and there is no end to some of them. Values of which no test tells any apart
    /// count once, as if nothing read the fact.
    pub fn sizes(&self) -> Table<CellId, u128> {
        match &self.split {
            _ if self.count() == 1 => [1].into_iter().collect(),
            Split::Ranges(ranges) if matches!(self.fact.kind.domain(), Domain::Numbers(..)) => {
                ranges.map(|_| 1)
            }
            Split::Ranges(ranges) => {
                ranges.map(|range| u128::from(range.first.abs_diff(range.last)) + 1)
            }
            Split::Classes { classes, own } => {
                let tested: usize = classes.iter().map(|class| class.count()).sum();
                let untested = 1_u128 << (own.count() - tested);
                let ways = |cell: CellId, bit: usize, class: &Options| match has_class(cell, bit) {
                    false => 1,
                    true => (1_u128 << class.count()) - 1,
                };
                let size = |cell: CellId| {
                    let classes = classes.iter().enumerate();
                    classes.fold(untested, |size, (bit, class)| size * ways(cell, bit, class))
                };
                self.ids().map(size).collect()
            }
        }
    }

    /// How likely each cell is, all together 1: as the rubric says, or else as its `measure` has it.
    pub(in crate::engine) fn chances(&self, measure: Measure) -> Table<CellId, f64> {
        let weights: Table<CellId, f64> = match (&self.fact.likely, &self.split) {
            (Some(Likely::Ranges(weighted)), Split::Ranges(ranges)) => {
                let given = |cell: &Range| {
                    let mut weighted = weighted.iter().enumerate();
                    weighted.rfind(|(_, (from, _))| *from <= cell.first)
                };
                // Cells of one range of the rubric share its weight.
                let weight = |cell: &Range| {
                    given(cell).map_or(0.0, |own| {
                        let sharing = ranges.iter().filter(|other| given(other) == Some(own));
                        let (_, (_, weight)) = own;
                        f64::from(*weight) / sharing.count() as f64
                    })
                };
                ranges.map(weight)
            }
            (Some(Likely::Values(weights)), Split::Ranges(ranges)) => {
                let mut cells = ranges.map(|_| 0.0);
                for (weight, value) in weights.iter().zip(0..) {
                    cells[cell_at(ranges, value)] += f64::from(*weight);
                }
                cells
            }
            (Some(Likely::Flags(often)), Split::Classes { classes, .. }) => {
                let unset = |class: &Options| -> f64 {
                    often
                        .entries()
                        .filter(|(flag, _)| class.contains(*flag))
                        .map(|(_, (set, of))| 1.0 - f64::from(*set) / f64::from(*of))
                        .product()
                };
                let unset: Vec<f64> = classes.iter().map(unset).collect();
                let chance = |cell: CellId| -> f64 {
                    let classes = unset.iter().enumerate();
                    classes
                        .map(|(bit, unset)| match has_class(cell, bit) {
                            false => *unset,
                            true => 1.0 - unset,
                        })
                        .product()
                };
                self.ids().map(chance).collect()
            }
            _ if measure == Measure::Values => self.sizes().map(|size| *size as f64),
            _ => self.ids().map(|_| 1.0).collect(),
        };
        let total: f64 = weights.iter().sum();
        weights.map(|weight| weight / total)
    }
}

/// The place of a value in its ordered domain.
fn ordinal(value: Value) -> i64 {
    let place = match value {
        Value::Count(number) => Some(number),
        Value::YesNo(answer) => Some(i64::from(answer)),
        Value::Choice(option) => Some(option.into()),
        Value::Flags(_) => None,
    };
    #[expect(clippy::expect_used, reason = "a fact's values are of its kind")]
    place.expect("a value of an ordered fact")
}

/// The flags of a value of a flags fact.
fn flags_set(value: Value) -> Options {
    let set = match value {
        Value::Flags(set) => Some(set),
        Value::Count(_) | Value::YesNo(_) | Value::Choice(_) => None,
    };
    #[expect(clippy::expect_used, reason = "a fact's values are of its kind")]
    set.expect("a value of a flags fact")
}

fn as_ordinal(position: usize) -> i64 {
    #[expect(clippy::expect_used, reason = "a fact has few options")]
    i64::try_from(position).expect("few options")
}

/// The first cell of every fact.
const FIRST: CellId = CellId::new(0);

/// Whether a cell of a flags fact says that the class of a bit has a flag set.
fn has_class(cell: CellId, bit: usize) -> bool {
    cell.position() & (1 << bit) != 0
}

/// The range of a number; one before all ranges counts as in the first.
fn cell_at(ranges: &Table<CellId, Range>, number: i64) -> CellId {
    let ranges = ranges.as_slice();
    let later = ranges.partition_point(|range| range.first <= number);
    CellId::new(later.saturating_sub(1))
}

fn ranges(min: i64, max: i64, tests: &[Accepts]) -> Split {
    let mut starts = vec![min];
    for test in tests {
        match test {
            Accepts::Count(comparison) => starts.extend(comparison.edges()),
            Accepts::YesNo(_) => starts.push(1),
            Accepts::Choice(options) => {
                let all = Options::first(MOST_OPTIONS);
                let pairs = all.iter().zip(all.iter().skip(1));
                let edges =
                    pairs.filter(|(one, next)| options.contains(*one) != options.contains(*next));
                starts.extend(edges.map(|(_, next)| i64::from(next)));
            }
            Accepts::AnyFlag(_) | Accepts::NoFlag | Accepts::AtLeast(..) => {}
        }
    }
    starts.retain(|start| (min..=max).contains(start));
    starts.sort_unstable();
    starts.dedup();
    let lasts = starts.iter().skip(1).map(|next| next - 1).chain([max]);
    let ranges = starts.iter().zip(lasts);
    Split::Ranges(
        ranges
            .map(|(first, last)| Range {
                first: *first,
                last,
            })
            .collect(),
    )
}
