//! Cells: the values of one fact that no test behind the recommendation can tell apart.
//!
//! Counts, yes/no and choices are ordered: their cells are ranges. Flags that occur in the same tests form a class, and
//! a cell of a flags fact says which classes have a flag set. Tests in remarks and in the plan split nothing: they
//! cannot move the recommendation.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::TooLarge;
use crate::rubric::{Accepts, Fact, Kind, Likely, Options, Value};

/// The most classes of one flags fact: 2^14 cells.
const MOST_CLASSES: usize = 14;

/// How likely the cells of a fact are of which the rubric does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Every cell as likely as every other.
    Cells,
    /// Every value: every option, every answer, every set of flags; of a count every cell. So the same function gives
    /// the same shares, however its rules are written.
    Values,
}

/// The cells of one fact.
#[derive(Clone, Debug)]
pub struct Cells {
    /// The fact.
    pub fact: Arc<Fact>,
    /// The tests that tell its cells apart, each once.
    pub(super) tests: Vec<Accepts>,
    split: Split,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Split {
    /// Where each range of an ordered domain starts, and where the last one ends.
    Ranges { starts: Vec<i64>, end: i64 },
    /// The options of each class; bit `n` of a cell says that class `n` has a flag set.
    Classes(Vec<Options>),
}

impl Cells {
    /// Splits a fact's domain at what these tests tell apart.
    ///
    /// # Errors
    /// Flags are tested in more than 14 independent ways.
    pub fn of<'a>(
        fact: &Arc<Fact>,
        tests: impl IntoIterator<Item = &'a Accepts>,
    ) -> Result<Self, TooLarge> {
        let mut tests: Vec<Accepts> = tests.into_iter().copied().collect();
        tests.sort_unstable();
        tests.dedup();
        let split = match &fact.kind {
            Kind::Count { min, max } => ranges(*min, *max, &tests),
            Kind::YesNo => ranges(0, 1, &tests),
            Kind::Choice(options) => ranges(0, as_ordinal(options.len()) - 1, &tests),
            Kind::Flags(options) => classes(options.len(), &tests),
        };
        if let Split::Classes(classes) = &split
            && classes.len() > MOST_CLASSES
        {
            return Err(TooLarge::Flags {
                fact: fact.id.to_string(),
                classes: classes.len(),
                most: MOST_CLASSES,
            });
        }
        Ok(Self {
            fact: fact.clone(),
            tests,
            split,
        })
    }

    /// How many cells there are; at least one.
    pub fn count(&self) -> usize {
        match &self.split {
            Split::Ranges { starts, .. } => starts.len(),
            Split::Classes(classes) => 1 << classes.len(),
        }
    }

    /// The cell of a value.
    pub fn cell(&self, value: Value) -> usize {
        match (&self.split, value) {
            (Split::Classes(classes), Value::Flags(set)) => classes
                .iter()
                .enumerate()
                .filter(|(_, class)| class.meets(set))
                .map(|(bit, _)| 1 << bit)
                .sum(),
            (Split::Ranges { starts, .. }, _) => starts
                .partition_point(|start| *start <= ordinal(value))
                .saturating_sub(1),
            (Split::Classes(_), _) => 0,
        }
    }

    /// The value of `cell` that is nearest to `from`: the edge of a range; for flags, the fewest flags set or cleared,
    /// and of several that serve the first.
    pub fn nearest(&self, cell: usize, from: Value) -> Value {
        match (&self.split, from) {
            (Split::Classes(classes), Value::Flags(set)) => {
                let wanted = |bit: usize| cell & (1 << bit) != 0;
                Value::Flags(classes.iter().enumerate().fold(set, |set, (bit, class)| {
                    match (class.meets(set), wanted(bit)) {
                        (false, true) => set.or(class.iter().take(1).collect()),
                        (true, false) => set.without(*class),
                        _ => set,
                    }
                }))
            }
            (Split::Ranges { starts, end }, _) => {
                let low = starts.get(cell).copied().unwrap_or(*end);
                let high = starts.get(cell + 1).map_or(*end, |next| next - 1);
                self.value_at(ordinal(from).clamp(low, high.max(low)))
            }
            (Split::Classes(_), other) => other,
        }
    }

    /// The least value of `cell`: the fewest flags, the start of a range.
    pub fn representative(&self, cell: usize) -> Value {
        match &self.split {
            Split::Classes(_) => self.nearest(cell, Value::Flags(Options::NONE)),
            Split::Ranges { starts, .. } => self.value_at(starts.get(cell).copied().unwrap_or(0)),
        }
    }

    /// How many cells lie between two cells; for flags, how many classes differ.
    pub fn distance(&self, from: usize, to: usize) -> usize {
        match &self.split {
            Split::Ranges { .. } => from.abs_diff(to),
            Split::Classes(_) => (from ^ to).count_ones() as usize,
        }
    }

    /// The pairs of cells, lower first, that differ by one step upward: the next range, or one class more.
    pub fn steps_up(&self) -> Vec<(usize, usize)> {
        match &self.split {
            Split::Ranges { starts, .. } => {
                (1..starts.len()).map(|upper| (upper - 1, upper)).collect()
            }
            Split::Classes(classes) => (0..self.count())
                .flat_map(|cell| (0..classes.len()).map(move |bit| (cell, cell | (1 << bit))))
                .filter(|(lower, upper)| lower != upper)
                .collect(),
        }
    }

    /// The first and the last value of a cell of an ordered fact; for flags, the fewest and the most flags.
    pub fn ends(&self, cell: usize) -> (Value, Value) {
        let last = match &self.split {
            Split::Ranges { starts, end } => self.value_at(
                starts
                    .get(cell + 1)
                    .map_or(*end, |next| next.saturating_sub(1)),
            ),
            Split::Classes(classes) => {
                let cleared = classes
                    .iter()
                    .enumerate()
                    .filter(|(bit, _)| cell & (1 << bit) == 0);
                let all = Options::first(self.fact.options().len());
                Value::Flags(cleared.fold(all, |set, (_, class)| set.without(*class)))
            }
        };
        (self.representative(cell), last)
    }

    /// What a cell says of each class of flags: its options, and whether at least one of them is set. Empty for other
    /// kinds.
    pub fn flags(&self, cell: usize) -> Vec<(Options, bool)> {
        match &self.split {
            Split::Classes(classes) => classes
                .iter()
                .enumerate()
                .map(|(bit, class)| (*class, cell & (1 << bit) != 0))
                .collect(),
            Split::Ranges { .. } => Vec::new(),
        }
    }

    /// The pairs of cells, lower first, of which the second is higher: a later range, or more classes and none fewer.
    pub fn raises(&self) -> Vec<(usize, usize)> {
        let count = self.count();
        // The next cell after `high` that is above `low`: for flags, the next number that holds all of its bits.
        let next = |low: usize, high: usize| match &self.split {
            Split::Ranges { .. } => high + 1,
            Split::Classes(_) => (high + 1) | low,
        };
        let above = |low: usize| {
            let highs =
                std::iter::successors(Some(next(low, low)), move |high| Some(next(low, *high)));
            highs
                .take_while(|high| *high < count)
                .map(move |high| (low, high))
        };
        (0..count).flat_map(above).collect()
    }

    /// How many values each cell has: options of a choice, answers of yes/no, sets of flags. Of a count each cell is one
    /// value: its numbers are not told apart, and there is no end to some of them. Values of which no test tells any apart
    /// count once, as if nothing read the fact.
    pub fn sizes(&self) -> Vec<u128> {
        match &self.split {
            _ if self.count() == 1 => vec![1],
            Split::Ranges { .. } if matches!(self.fact.kind, Kind::Count { .. }) => {
                vec![1; self.count()]
            }
            Split::Ranges { starts, end } => {
                let next = starts.iter().skip(1).copied().chain([end + 1]);
                let sizes = starts
                    .iter()
                    .zip(next)
                    .map(|(start, next)| start.abs_diff(next));
                sizes.map(u128::from).collect()
            }
            Split::Classes(classes) => {
                let tested: usize = classes.iter().map(|class| class.count()).sum();
                let untested = 1_u128 << (self.fact.options().len() - tested);
                let ways = |cell: usize, bit: usize, class: &Options| match cell & (1 << bit) {
                    0 => 1,
                    _ => (1_u128 << class.count()) - 1,
                };
                let size = |cell: usize| {
                    let classes = classes.iter().enumerate();
                    classes.fold(untested, |size, (bit, class)| size * ways(cell, bit, class))
                };
                (0..self.count()).map(size).collect()
            }
        }
    }

    /// How likely each cell is, all together 1: as the rubric says, or else as its `measure` has it.
    pub(super) fn chances(&self, measure: Measure) -> Vec<f64> {
        let weights: Vec<f64> = match (&self.fact.likely, &self.split) {
            (Some(Likely::Ranges(ranges)), Split::Ranges { starts, .. }) => {
                // Cells of one range share its weight.
                let range = |start: &i64| ranges.partition_point(|(from, _)| from <= start);
                let cells = |own: usize| starts.iter().filter(|start| range(start) == own).count();
                let weight = |start: &i64| {
                    let own = range(start);
                    let weight = own.checked_sub(1).and_then(|own| ranges.get(own));
                    weight.map_or(0.0, |(_, weight)| f64::from(*weight) / cells(own) as f64)
                };
                starts.iter().map(weight).collect()
            }
            (Some(Likely::Values(weights)), Split::Ranges { starts, .. }) => {
                let mut cells = vec![0.0; starts.len()];
                for (weight, value) in weights.iter().zip(0..) {
                    let cell = starts.partition_point(|start| *start <= value);
                    let slot = cell.checked_sub(1).and_then(|cell| cells.get_mut(cell));
                    slot.into_iter().for_each(|sum| *sum += f64::from(*weight));
                }
                cells
            }
            (Some(Likely::Flags(often)), Split::Classes(classes)) => {
                let unset = |class: &Options| -> f64 {
                    let flags = class.iter().filter_map(|flag| often.get(flag));
                    flags
                        .map(|(set, of)| 1.0 - f64::from(*set) / f64::from(*of))
                        .product()
                };
                let unset: Vec<f64> = classes.iter().map(unset).collect();
                let chance = |cell: usize| -> f64 {
                    let classes = unset.iter().enumerate();
                    classes
                        .map(|(bit, unset)| match cell & (1 << bit) {
                            0 => *unset,
                            _ => 1.0 - unset,
                        })
                        .product()
                };
                (0..self.count()).map(chance).collect()
            }
            _ if measure == Measure::Values => {
                self.sizes().into_iter().map(|size| size as f64).collect()
            }
            _ => vec![1.0; self.count()],
        };
        let total: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / total).collect()
    }

    fn value_at(&self, number: i64) -> Value {
        match self.fact.kind {
            Kind::YesNo => Value::YesNo(number != 0),
            Kind::Choice(_) => Value::Choice(usize::try_from(number).unwrap_or(0)),
            Kind::Count { .. } | Kind::Flags(_) => Value::Count(number),
        }
    }
}

/// The place of a value in its ordered domain.
fn ordinal(value: Value) -> i64 {
    match value {
        Value::Count(number) => number,
        Value::YesNo(answer) => i64::from(answer),
        Value::Choice(position) => as_ordinal(position),
        Value::Flags(_) => 0,
    }
}

fn as_ordinal(position: usize) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}

fn ranges(min: i64, max: i64, tests: &[Accepts]) -> Split {
    let mut starts = vec![min];
    for test in tests {
        match test {
            Accepts::Count(comparison) => starts.extend(comparison.edges()),
            Accepts::YesNo(_) => starts.push(1),
            Accepts::Choice(options) => starts.extend(
                (1..=usize::try_from(max).unwrap_or(0))
                    .filter(|position| {
                        options.contains(*position) != options.contains(position - 1)
                    })
                    .map(as_ordinal),
            ),
            Accepts::AnyFlag(_) | Accepts::NoFlag => {}
        }
    }
    starts.retain(|start| (min..=max).contains(start));
    starts.sort_unstable();
    starts.dedup();
    Split::Ranges { starts, end: max }
}

fn classes(options: usize, tests: &[Accepts]) -> Split {
    let mut masks: Vec<Options> = tests
        .iter()
        .filter_map(|test| match test {
            Accepts::AnyFlag(mask) => Some(*mask),
            Accepts::NoFlag => Some(Options::first(options)),
            _ => None,
        })
        .collect();
    masks.sort_unstable();
    masks.dedup();
    let signature = |option: usize| {
        masks
            .iter()
            .map(|mask| mask.contains(option))
            .collect::<Vec<_>>()
    };
    let tested = (0..options).map(|option| (signature(option), option));
    Split::Classes(group(
        tested.filter(|(signature, _)| signature.contains(&true)),
    ))
}

/// Options of equal signature together, ordered by their first option.
fn group<K: Ord>(options: impl Iterator<Item = (K, usize)>) -> Vec<Options> {
    let mut groups: BTreeMap<K, Options> = BTreeMap::new();
    for (signature, option) in options {
        let group = groups.entry(signature).or_default();
        *group = group.or(Options::only(option));
    }
    let mut groups: Vec<Options> = groups.into_values().collect();
    groups.sort_by_key(|group| group.iter().next());
    groups
}
