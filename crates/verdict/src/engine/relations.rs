//! How tests relate: which are equal, and on which sheets one holds that only an advice makes.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::compile::Compiler;
use super::order::Order;
use super::{Holds, Proofs, TooLarge};
use crate::ids::FactId;
use crate::rubric::{FactTest, Rubric, VerdictTest};

impl Proofs<'_> {
    /// Tests that hold on the same sheets as an earlier one: the positions of both, each with the first that it equals.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn equal_tests(&self, tests: &[&FactTest]) -> Result<Vec<(usize, usize)>, TooLarge> {
        let mut compiler = Compiler::new(self.rubric, self.reasoning.order(), [], &self.budget)?;
        let mut first = BTreeMap::new();
        let mut equal = Vec::new();
        for (position, test) in tests.iter().enumerate() {
            match first.entry(compiler.root(test)?) {
                Entry::Occupied(earlier) => equal.push((*earlier.get(), position)),
                Entry::Vacant(place) => {
                    place.insert(position);
                }
            }
        }
        Ok(equal)
    }

    /// On which sheets a test holds that may read facts which only definitions, remarks and steps read.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn advice_holds(&self, when: &VerdictTest) -> Result<Holds, TooLarge> {
        let mut compiler = Compiler::new(self.rubric, &self.whole_order, [when], &self.budget)?;
        compiler
            .decide([(when, true)].into_iter(), false)
            .map(|diagram| Holds::of(&diagram))
    }
}

/// The order of the facts that the verdict reads, and after them those that only definitions and an advice read.
pub(super) fn whole_order(rubric: &Rubric, verdict: &Order) -> Order {
    let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
    let steps = rubric.plan.iter().map(|own| &own.when);
    let named = rubric
        .named
        .iter()
        .flat_map(|named| named.reads.iter().copied());
    let advice = remarks.map(|own| &own.when).chain(steps);
    let advice = advice.flat_map(|when| rubric.facts_read(when));
    let read: BTreeSet<FactId> = named.chain(advice).collect();
    let known: BTreeSet<&str> = verdict.iter().map(|id| id.as_str()).collect();
    let more = read.into_iter().map(|fact| &rubric.facts[fact].id);
    let more = more.filter(|id| !known.contains(id.as_str())).cloned();
    verdict.iter().cloned().chain(more).collect()
}
