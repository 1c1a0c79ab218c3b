//! Cells: the values of one fact that no test behind the recommendation can tell apart.
//!
//! Counts, yes/no and choices are ordered: their cells are ranges. Flags that occur in the same tests form a class, and
//! a cell of a flags fact says which classes have a flag set. Tests in remarks and in the plan split nothing: they
//! cannot move the recommendation.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::TooLarge;
use crate::rubric::{Accepts, Fact, Kind, Options, Value};

/// The most classes of one flags fact: 2^12 cells.
const MOST_CLASSES: usize = 12;

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
    /// Flags are tested in more than 12 independent ways.
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
        let is_higher = |low: usize, high: usize| match &self.split {
            Split::Ranges { .. } => low < high,
            Split::Classes(_) => low != high && low & high == low,
        };
        (0..count)
            .flat_map(|low| (0..count).map(move |high| (low, high)))
            .filter(|pair| is_higher(pair.0, pair.1))
            .collect()
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
