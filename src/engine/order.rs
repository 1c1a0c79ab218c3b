//! The order in which a diagram asks for facts. It decides the diagram's size, and nothing else.
//!
//! Facts that are read together are asked close together: the next fact is the one that leaves the fewest tests half
//! read (a greedy minimum cut, the usual heuristic for such diagrams; see Aloul, Markov and Sakallah 2003, FORCE).
//! The verdict is a test too. Asked first, its facts cut most paths short; asked last, they are not carried along while
//! the score adds up. Which is better depends on the rubric, so both orders are offered and the smaller result is used.

use std::collections::BTreeSet;

use crate::rubric::{FactAtom, Rubric, Test, VerdictTest};

/// Facts by id, in the order in which they are asked.
pub type Order = Vec<String>;

/// The sets of facts that are read together.
#[derive(Debug, Default)]
pub(super) struct Readings {
    /// One set for each signal and condition.
    tests: Vec<BTreeSet<String>>,
    /// What the verdict reads.
    verdict: BTreeSet<String>,
}

impl Readings {
    /// What the rubric's tests read; `more` are further tests to be decided over the same order.
    pub(super) fn of(rubric: &Rubric, more: &[&VerdictTest]) -> Self {
        let mut named: Vec<BTreeSet<String>> = Vec::new();
        for test in &rubric.named {
            let facts = facts_of(&test.when, |atom| Some(atom), &named);
            named.push(facts);
        }
        let mut readings = Self::default();
        for signal in rubric.signals() {
            readings.tests.push(facts_of(&signal.when, |atom| Some(atom), &named));
        }
        readings.tests.extend(rubric.conditions.iter().filter_map(|condition| named.get(condition.named).cloned()));
        for when in rubric.verdict.iter().map(|rule| &rule.when).chain(more.iter().copied()) {
            readings.verdict.extend(facts_of(when, |atom| atom.facts(), &named));
        }
        readings
    }

    /// What either of two rubrics reads.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.tests.extend(other.tests);
        self.verdict.extend(other.verdict);
        self
    }

    /// The orders worth trying, best guess first. Facts that nothing reads are left out.
    pub(super) fn orders(&self) -> [Order; 2] {
        [self.order(true), self.order(false)]
    }

    fn order(&self, verdict_first: bool) -> Order {
        let mut waiting: BTreeSet<&String> = self.tests.iter().flatten().chain(&self.verdict).collect();
        let mut unread: Vec<BTreeSet<&String>> = self.tests.iter().map(|facts| facts.iter().collect()).collect();
        let mut order: Order = Vec::new();
        while let Some(next) = self.next(&waiting, &unread, verdict_first) {
            let next = next.clone();
            waiting.remove(&next);
            unread.iter_mut().for_each(|facts| {
                facts.remove(&next);
            });
            order.push(next);
        }
        order
    }

    fn next<'a>(
        &self,
        waiting: &BTreeSet<&'a String>,
        unread: &[BTreeSet<&String>],
        verdict_first: bool,
    ) -> Option<&'a String> {
        waiting.iter().copied().min_by_key(|fact| {
            let is_late = self.verdict.contains(*fact) != verdict_first;
            let left_open = |(facts, all): &(&BTreeSet<&String>, &BTreeSet<String>)| {
                let rest = facts.len() - usize::from(facts.contains(fact));
                rest > 0 && rest < all.len()
            };
            let finishes =
                |(facts, _): &(&BTreeSet<&String>, &BTreeSet<String>)| facts.len() == 1 && facts.contains(fact);
            let tests = || unread.iter().zip(&self.tests);
            (is_late, tests().filter(left_open).count(), usize::MAX - tests().filter(finishes).count(), *fact)
        })
    }
}

/// The facts that a test reads, directly or through named tests.
fn facts_of<A>(
    test: &Test<A>,
    facts: impl Fn(&A) -> Option<&FactAtom>,
    named: &[BTreeSet<String>],
) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    test.for_each_atom(&mut |atom| match facts(atom) {
        Some(FactAtom::Fact { fact, .. }) => {
            found.insert(fact.id.clone());
        }
        Some(FactAtom::Named { position, .. }) => found.extend(named.get(*position).into_iter().flatten().cloned()),
        None => {}
    });
    found
}
