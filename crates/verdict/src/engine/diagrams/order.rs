//! The order in which a diagram asks for facts. It decides the diagram's size, and nothing else.
//!
//! Facts that are read together are asked close together: the next fact is the one that leaves the fewest tests half
//! read (a greedy minimum cut, the usual heuristic for such diagrams; see Aloul, Markov and Sakallah 2003, FORCE).
//! The verdict is a test too. Asked first, its facts cut most paths short; asked last, they are not carried along while
//! the score adds up. Which is better depends on the rubric, so both orders are offered and the smaller result is used.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::boxes::{Asking, Boxes};
use super::diagram::Levels;
use crate::engine::TooLarge;
use crate::ids::{FactId, Id, Table, ids};
use crate::rubric::{Rubric, VerdictTest, Words};

/// The most facts that a diagram may ask for: the depth of every walk.
const MOST_LEVELS: usize = 1024;

/// What is asked, in this order.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Order {
    /// The facts by id.
    pub(in crate::engine) facts: Vec<Words>,
    /// Which of them are asked class by class.
    pub(in crate::engine) boxes: Boxes,
}

impl Order {
    /// The order in which these levels are asked.
    pub(in crate::engine) fn of_levels(levels: &Levels) -> Self {
        let firsts = levels.iter().filter(|cells| cells.part == 0);
        Self {
            facts: firsts.map(|cells| cells.fact.id.clone()).collect(),
            boxes: Boxes::of_levels(levels.iter()),
        }
    }
}

ids! {
    /// A fact of either rubric.
    struct ReadId;
    /// A set of facts that are read together.
    struct TestId;
}

/// The sets of facts that are read together.
#[derive(Debug, Default)]
pub(in crate::engine) struct Readings<'r> {
    rubrics: Vec<&'r Rubric>,
    asking: Asking,
    facts: Table<ReadId, &'r str>,
    /// One set for each signal and condition.
    tests: Table<TestId, Vec<ReadId>>,
    /// What the verdict reads.
    verdict: Vec<ReadId>,
}

impl<'r> Readings<'r> {
    /// What the rubric's tests read; `more` are further tests, each to be decided by itself over the same order.
    pub(in crate::engine) fn of(rubric: &'r Rubric, more: &[&VerdictTest]) -> Self {
        let signals = rubric
            .signals
            .iter()
            .map(|signal| read(rubric.facts_read(&signal.when)));
        let conditions = rubric.conditions.iter();
        let conditions = conditions.map(|condition| &rubric.named[condition.named].reads);
        let conditions = conditions.map(|reads| read(reads.iter().copied()));
        let more = more.iter().map(|when| read(rubric.facts_read(when)));
        let rules = rubric.verdict.iter();
        let verdict: BTreeSet<FactId> = rules
            .flat_map(|rule| rubric.facts_read(&rule.when))
            .collect();
        Self {
            rubrics: vec![rubric],
            asking: Asking::default(),
            facts: rubric.facts.iter().map(|fact| fact.id.as_str()).collect(),
            tests: signals.chain(conditions).chain(more).collect(),
            verdict: read(verdict),
        }
    }

    /// The same, for diagrams over the same order that may make any test of the rubric.
    pub(in crate::engine) fn asking_everything(self) -> Self {
        Self {
            asking: Asking::Everything,
            ..self
        }
    }

    /// What either of two rubrics reads.
    pub(in crate::engine) fn and(mut self, other: Self) -> Self {
        let own = |id: &&'r str, facts: &mut Table<ReadId, &'r str>| {
            let known = facts.find(|own| own == id);
            known.unwrap_or_else(|| facts.push(*id))
        };
        let ids: Table<ReadId, ReadId> = other.facts.map(|id| own(id, &mut self.facts));
        let renamed = |facts: Vec<ReadId>| -> Vec<ReadId> {
            facts.into_iter().map(|fact| ids[fact]).collect()
        };
        for test in other.tests {
            self.tests.push(renamed(test));
        }
        self.verdict.extend(renamed(other.verdict));
        self.rubrics.extend(other.rubrics);
        self
    }

    /// Refuses more facts than a diagram may ask for, before an order is looked for.
    pub(in crate::engine) fn check(&self) -> Result<(), TooLarge> {
        let tests = self.tests.iter().chain([&self.verdict]);
        let read: BTreeSet<ReadId> = tests.flatten().copied().collect();
        affordable(read.len())
    }

    /// The orders worth trying, best guess first. Facts that nothing reads are left out; flags with more than
    /// `most_classes` are asked class by class.
    pub(in crate::engine) fn orders(&self, most_classes: usize) -> impl Iterator<Item = Order> {
        let boxes = Boxes::of(&self.rubrics, self.asking, most_classes);
        [true, false].into_iter().map(move |verdict_first| Order {
            facts: self.facts(verdict_first),
            boxes: boxes.clone(),
        })
    }

    fn facts(&self, verdict_first: bool) -> Vec<Words> {
        let mut facts: Table<ReadId, Placing<'_>> = self.facts.map(|_| Placing::default());
        for fact in &self.verdict {
            facts[*fact].is_in_verdict = true;
        }
        for (test, read) in self.tests.entries() {
            for fact in read {
                facts[*fact].tests.push((test, read));
            }
        }
        // How many facts of each test are not yet placed.
        let mut unread: Table<TestId, usize> = self.tests.map(Vec::len);
        let mut waiting: Vec<ReadId> = facts.ids().collect();
        waiting.retain(|fact| facts[*fact].is_read());
        let mut order = Vec::with_capacity(waiting.len());
        while let Some((at, fact)) = waiting.iter().copied().enumerate().min_by_key(|(_, fact)| {
            let placing = &facts[*fact];
            (
                placing.is_in_verdict != verdict_first,
                placing.cost(&unread),
                *fact,
            )
        }) {
            waiting.remove(at);
            for (test, _) in &facts[fact].tests {
                unread[*test] -= 1;
            }
            order.push(Words::from(self.facts[fact]));
        }
        order
    }
}

/// Refuses an order of so many facts when that is too many.
pub(in crate::engine) fn affordable(facts: usize) -> Result<(), TooLarge> {
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
    tests: Vec<(TestId, &'a Vec<ReadId>)>,
}

impl Placing<'_> {
    fn is_read(&self) -> bool {
        self.is_in_verdict || !self.tests.is_empty()
    }

    /// How many more tests would stand half read if the fact were asked next, fewer being better; then how many would
    /// be finished, more being better.
    fn cost(&self, unread: &Table<TestId, usize>) -> (isize, Reverse<usize>) {
        let (mut half_read, mut finished) = (0, 0);
        for (test, read) in &self.tests {
            let rest = unread[*test];
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

/// The facts of the one rubric that there is.
fn read(facts: impl IntoIterator<Item = FactId>) -> Vec<ReadId> {
    let facts = facts.into_iter();
    facts.map(|fact| ReadId::new(fact.position())).collect()
}
