//! A small deterministic generator of random numbers, and random answers for a rubric made with it.

use std::collections::BTreeSet;

use super::{FactCells, Kind, Oracle, Partial, Sheet, Value};

/// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014). The same seed gives the same
/// throws on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    /// Dice that depend on nothing but the seed.
    pub(crate) fn new(seed: u64) -> Dice {
        Dice { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end - 1`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as usize) as i64
    }

    /// True that many times in a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of these.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// Each of these with a chance of one half, in their order.
    pub(super) fn some_of<T: Clone>(&mut self, from: &[T]) -> Vec<T> {
        let all = from.iter();
        all.filter(|_| self.chance(50)).cloned().collect()
    }

    /// Puts a list into random order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for place in (1..list.len()).rev() {
            list.swap(place, self.below(place + 1));
        }
    }
}

/// A random sheet: every option and every set of flags may come; counts lie on, beside and up to a thousand past the edges
/// of the cells, within the fact's domain.
pub(crate) fn random_sheet(oracle: &Oracle, seed: u64) -> Sheet {
    let mut dice = Dice::new(seed);
    let mut sheet = Sheet::new();
    for fact in &oracle.facts {
        let value = random_value(oracle.cells(&fact.id), &mut dice);
        sheet.insert(fact.id.clone(), value);
    }
    sheet
}

/// A random sheet of which a random part is unknown: sometimes nothing, sometimes everything.
pub(crate) fn random_partial(oracle: &Oracle, seed: u64) -> Partial {
    let mut dice = Dice::new(seed ^ 0x5EED);
    let share_known = *dice.pick(&[0, 20, 40, 60, 80, 100]);
    let mut partial = random_sheet(oracle, seed);
    partial.retain(|_, _| dice.chance(share_known));
    partial
}

fn random_value(cells: &FactCells, dice: &mut Dice) -> Value {
    match &cells.fact.kind {
        Kind::Count { min, max } => {
            let cell = dice.pick(&cells.cells).clone();
            let Value::Count(edge) = cell[0] else {
                panic!("a count has counts as values")
            };
            let step = match dice.below(4) {
                0 => -1,
                1 => 0,
                2 => 1,
                _ => dice.between(0, 1000),
            };
            Value::Count((edge + step).clamp(*min, *max))
        }
        Kind::YesNo => Value::YesNo(dice.chance(50)),
        Kind::Choice(options) => Value::Choice(dice.pick(options).clone()),
        Kind::Flags(_) if dice.chance(25) => Value::Flags(BTreeSet::new()),
        Kind::Flags(options) => Value::Flags(dice.some_of(options).into_iter().collect()),
    }
}
