//! Whether a single test is settled by what is known, whatever the unknown answers turn out to be.
//!
//! For tests that lie outside the compiled verdict. They read few facts, so the cells of the unknown ones are simply
//! gone through; only those that this test and the named tests it refers to can tell apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Cells;
use super::evaluate::{evaluate, signal_holds};
use crate::answers::Sheet;
use crate::ids::{CellId, FactId, NamedId};
use crate::rubric::{Accepts, Fact, FactAtom, FactTest, Rubric};

/// More combinations than this are not gone through.
const MOST_COMBINATIONS: usize = 100_000;

/// Whether the test holds on every sheet that agrees with what is known; `None` when unknown answers decide it (or
/// could: a test of more than 100,000 combinations is not settled).
pub fn settled(rubric: &Rubric, when: &FactTest, known: &Sheet) -> Option<bool> {
    let mut readings = Readings::default();
    readings.collect(rubric, when);
    let unknown = readings
        .of_facts
        .into_values()
        .filter(|(fact, _)| known.value(fact).is_none());
    let open: Vec<Cells> = unknown
        .map(|(fact, accepts)| Cells::of(fact, &accepts))
        .collect::<Result<_, _>>()
        .ok()?;
    let combinations = open
        .iter()
        .try_fold(1_usize, |product, cells| product.checked_mul(cells.count()))?;
    if combinations > MOST_COMBINATIONS {
        return None;
    }
    let mut sheet = known.assuming(rubric);
    let mut outcome = None;
    for combination in 0..combinations {
        let mut rest = combination;
        for cells in &open {
            let cell = CellId::new(rest % cells.count());
            sheet.set(&cells.fact, Some(cells.representative(cell)));
            rest /= cells.count();
        }
        let evaluation = evaluate(rubric, &sheet);
        let holds = signal_holds(when, &sheet, &evaluation);
        if outcome.is_some_and(|before| before != holds) {
            return None;
        }
        outcome = Some(holds);
    }
    outcome
}

/// The facts that a test reads, directly or through named tests, each with what is accepted of it.
#[derive(Default)]
struct Readings<'r> {
    of_facts: BTreeMap<FactId, (&'r Arc<Fact>, Vec<Accepts>)>,
    /// The named tests that were gone through.
    named: BTreeSet<NamedId>,
}

impl<'r> Readings<'r> {
    fn collect(&mut self, rubric: &'r Rubric, when: &FactTest) {
        for atom in when.atoms() {
            match atom {
                FactAtom::Fact { fact, accepts } => {
                    let reading = self
                        .of_facts
                        .entry(*fact)
                        .or_insert_with(|| (&rubric.facts[*fact], Vec::new()));
                    if !reading.1.contains(accepts) {
                        reading.1.push(*accepts);
                    }
                }
                FactAtom::Named { named, .. } if self.named.insert(*named) => {
                    self.collect(rubric, &rubric.named[*named].when);
                }
                FactAtom::Named { .. } => {}
            }
        }
    }
}
