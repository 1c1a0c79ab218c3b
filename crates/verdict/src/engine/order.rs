//! The order in which a diagram asks for facts. It decides the diagram's size, and nothing else.
//!
//! Facts that are read together are asked close together: the next fact is the one that leaves the fewest tests half
//! read (a greedy minimum cut, the usual heuristic for such diagrams; see Aloul, Markov and Sakallah 2003, FORCE).
//! The verdict is a test too. Asked first, its facts cut most paths short; asked last, they are not carried along while
//! the score adds up. Which is better depends on the rubric, so both orders are offered and the smaller result is used.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::TooLarge;
use crate::ids::{FactId, Id};
use crate::rubric::{Rubric, VerdictTest, Words};

/// The most facts that a diagram may ask for: the depth of every walk.
const MOST_LEVELS: usize = 1024;

/// Facts by id, in the order in which they are asked.
pub(super) type Order = Vec<Words>;

/// The sets of facts that are read together. Facts are known by their position in `facts`.
#[derive(Debug, Default)]
pub(super) struct Readings<'r> {
    facts: Vec<&'r str>,
    /// One set for each signal and condition.
    tests: Vec<Vec<usize>>,
    /// What the verdict reads.
    verdict: Vec<usize>,
}

impl<'r> Readings<'r> {
    /// What the rubric's tests read; `more` are further tests, each to be decided by itself over the same order.
    pub(super) fn of(rubric: &'r Rubric, more: &[&VerdictTest]) -> Self {
        let signals = rubric
            .signals()
            .map(|signal| positions(rubric.facts_read(&signal.when)));
        let conditions = rubric.conditions.iter();
        let conditions = conditions.map(|condition| &rubric.named[condition.named].reads);
        let conditions = conditions.map(|reads| positions(reads.iter().copied()));
        let more = more.iter().map(|when| positions(rubric.facts_read(when)));
        let rules = rubric.verdict.iter();
        let verdict: BTreeSet<FactId> = rules
            .flat_map(|rule| rubric.facts_read(&rule.when))
            .collect();
        Self {
            facts: rubric.facts.iter().map(|fact| fact.id.as_str()).collect(),
            tests: signals.chain(conditions).chain(more).collect(),
            verdict: positions(verdict),
        }
    }

    /// What either of two rubrics reads.
    pub(super) fn and(mut self, other: Self) -> Self {
        let positions: Vec<usize> = other
            .facts
            .iter()
            .map(|id| {
                self.facts
                    .iter()
                    .position(|own| own == id)
                    .unwrap_or_else(|| {
                        self.facts.push(id);
                        self.facts.len() - 1
                    })
            })
            .collect();
        let renamed = |facts: Vec<usize>| -> Vec<usize> {
            facts
                .into_iter()
                .filter_map(|fact| positions.get(fact).copied())
                .collect()
        };
        self.tests.extend(other.tests.into_iter().map(renamed));
        self.verdict.extend(renamed(other.verdict));
        self
    }

    /// Refuses more facts than a diagram may ask for, before an order is looked for.
    pub(super) fn check(&self) -> Result<(), TooLarge> {
        let read: BTreeSet<usize> = self
            .tests
            .iter()
            .chain([&self.verdict])
            .flatten()
            .copied()
            .collect();
        affordable(read.len())
    }

    /// The orders worth trying, best guess first. Facts that nothing reads are left out.
    pub(super) fn orders(&self) -> impl Iterator<Item = Order> {
        [true, false]
            .into_iter()
            .map(|verdict_first| self.order(verdict_first))
    }

    fn order(&self, verdict_first: bool) -> Order {
        let mut facts: Vec<Placing<'_>> = vec![Placing::default(); self.facts.len()];
        for fact in &self.verdict {
            if let Some(placing) = facts.get_mut(*fact) {
                placing.is_in_verdict = true;
            }
        }
        for (test, read) in self.tests.iter().enumerate() {
            for fact in read {
                if let Some(placing) = facts.get_mut(*fact) {
                    placing.tests.push((test, read));
                }
            }
        }
        // How many facts of each test are not yet placed.
        let mut unread: Vec<usize> = self.tests.iter().map(Vec::len).collect();
        let mut waiting: Vec<usize> = (0..facts.len()).collect();
        waiting.retain(|fact| facts.get(*fact).is_some_and(Placing::is_read));
        let mut order = Vec::with_capacity(waiting.len());
        while let Some((at, fact)) = waiting.iter().copied().enumerate().min_by_key(|(_, fact)| {
            facts.get(*fact).map(|placing| {
                (
                    placing.is_in_verdict != verdict_first,
                    placing.cost(&unread),
                    *fact,
                )
            })
        }) {
            waiting.remove(at);
            for (test, _) in facts
                .get(fact)
                .into_iter()
                .flat_map(|placing| &placing.tests)
            {
                if let Some(rest) = unread.get_mut(*test) {
                    *rest -= 1;
                }
            }
            order.extend(self.facts.get(fact).map(|id| Words::from(*id)));
        }
        order
    }
}

/// Refuses an order of so many facts when that is too many.
pub(super) fn affordable(facts: usize) -> Result<(), TooLarge> {
    if facts > MOST_LEVELS {
        return Err(TooLarge::Facts {
            found: facts,
            most: MOST_LEVELS,
        });
    }
    Ok(())
}

/// What the place of one fact depends on.
#[derive(Clone, Default)]
struct Placing<'a> {
    is_in_verdict: bool,
    /// The tests that read the fact, each with all facts it reads.
    tests: Vec<(usize, &'a Vec<usize>)>,
}

impl Placing<'_> {
    fn is_read(&self) -> bool {
        self.is_in_verdict || !self.tests.is_empty()
    }

    /// How many more tests would stand half read if the fact were asked next, fewer being better; then how many would
    /// be finished, more being better.
    fn cost(&self, unread: &[usize]) -> (isize, Reverse<usize>) {
        let (mut half_read, mut finished) = (0, 0);
        for (test, read) in &self.tests {
            let rest = unread.get(*test).copied().unwrap_or(0);
            if rest == read.len() && rest > 1 {
                half_read += 1;
            } else if rest == 1 && read.len() > 1 {
                half_read -= 1;
            }
            finished += usize::from(rest == 1);
        }
        (half_read, Reverse(finished))
    }
}

fn positions(facts: impl IntoIterator<Item = FactId>) -> Vec<usize> {
    facts.into_iter().map(Id::position).collect()
}
