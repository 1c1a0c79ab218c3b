//! Tests: what must hold for a signal, a condition, a rule or a remark.
//!
//! Where a test stands decides what it may read, and the type says so: a [`FactTest`] reads facts and named tests, a
//! [`VerdictTest`] also the score and the number of conditions, an [`AdviceTest`] also the recommendation.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Accepts, Comparison, Named};
use crate::ids::{FactId, NamedId, RecommendationId, Set, Table};

/// A combination of elementary tests of type `A`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Test<A> {
    /// All hold; with nothing inside, always.
    All(Vec<Test<A>>),
    /// At least one holds; with nothing inside, never.
    Any(Vec<Test<A>>),
    /// The inner test does not hold.
    Not(Box<Test<A>>),
    /// An elementary test.
    Atom(A),
}

/// A test of a signal, a condition or a definition.
pub type FactTest = Test<FactAtom>;
/// A test of a rule or a guarantee.
pub type VerdictTest = Test<VerdictAtom>;
/// A test of a prerequisite, a caution or a step of the plan.
pub type AdviceTest = Test<AdviceAtom>;

/// An elementary test on a fact, or a reference to a condition or definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FactAtom {
    /// The fact has one of the accepted values.
    Fact {
        /// Which one.
        fact: FactId,
        /// The values it may have.
        accepts: Accepts,
    },
    /// The condition or definition holds, or does not.
    Named {
        /// Which one.
        named: NamedId,
        /// Whether it must hold.
        expected: bool,
    },
}

/// An elementary test of the verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum VerdictAtom {
    /// A test on facts.
    Facts(FactAtom),
    /// A comparison of the score.
    Score(Comparison),
    /// A comparison of the number of conditions that hold.
    ConditionsMet(Comparison),
}

/// An elementary test of the advice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AdviceAtom {
    /// A test that the verdict could make too.
    Verdict(VerdictAtom),
    /// The recommendation is one of these.
    Recommendation(Set<RecommendationId>),
}

impl<A> Test<A> {
    /// The test that always holds.
    pub const ALWAYS: Self = Self::All(Vec::new());

    /// Whether this is the test that always holds, as written by leaving `when` out.
    pub fn is_always(&self) -> bool {
        matches!(self, Self::All(tests) if tests.is_empty())
    }

    /// Whether the test holds, given the truth of elementary tests.
    pub fn holds(&self, truth: &impl Fn(&A) -> bool) -> bool {
        match self {
            Self::All(tests) => tests.iter().all(|test| test.holds(truth)),
            Self::Any(tests) => tests.iter().any(|test| test.holds(truth)),
            Self::Not(test) => !test.holds(truth),
            Self::Atom(atom) => truth(atom),
        }
    }

    /// The elementary tests in it, in order.
    pub fn atoms(&self) -> impl Iterator<Item = &A> {
        let mut waiting = vec![self];
        std::iter::from_fn(move || {
            loop {
                match waiting.pop()? {
                    Self::Atom(atom) => return Some(atom),
                    Self::Not(test) => waiting.push(test),
                    Self::All(tests) | Self::Any(tests) => waiting.extend(tests.iter().rev()),
                }
            }
        })
    }
}

impl<A> Test<A> {
    /// The same test with other tests in the place of its elementary ones.
    fn replaced<B>(&self, replace: &impl Fn(&A) -> Test<B>) -> Test<B> {
        let all = |tests: &[Self]| tests.iter().map(|test| test.replaced(replace)).collect();
        match self {
            Self::All(tests) => Test::All(all(tests)),
            Self::Any(tests) => Test::Any(all(tests)),
            Self::Not(test) => Test::Not(Box::new(test.replaced(replace))),
            Self::Atom(atom) => replace(atom),
        }
    }
}

impl FactTest {
    /// The same test where sums could be read too.
    pub fn to_verdict(&self) -> VerdictTest {
        self.replaced(&|atom| Test::Atom(VerdictAtom::Facts(atom.clone())))
    }
}

impl AdviceTest {
    /// What is left to test when the recommendation is known.
    pub fn given(&self, recommendation: RecommendationId) -> VerdictTest {
        self.replaced(&|atom| match atom {
            AdviceAtom::Verdict(atom) => Test::Atom(atom.clone()),
            AdviceAtom::Recommendation(positions) if positions.contains(recommendation) => {
                Test::ALWAYS
            }
            AdviceAtom::Recommendation(_) => Test::Any(Vec::new()),
        })
    }
}

/// Elementary tests of which some read facts.
pub trait ReadsFacts {
    /// The test on facts in it, when it is one.
    fn facts(&self) -> Option<&FactAtom>;
}

impl<A: ReadsFacts> Test<A> {
    /// The facts that it reads, by itself or through the named tests that it refers to.
    pub(super) fn facts_read(&self, named: &Table<NamedId, Named>) -> BTreeSet<FactId> {
        let mut read = BTreeSet::new();
        for atom in self.atoms().filter_map(ReadsFacts::facts) {
            match atom {
                FactAtom::Fact { fact, .. } => {
                    read.insert(*fact);
                }
                FactAtom::Named { named: other, .. } => read.extend(&named[*other].reads),
            }
        }
        read
    }
}

impl ReadsFacts for FactAtom {
    fn facts(&self) -> Option<&FactAtom> {
        Some(self)
    }
}

impl ReadsFacts for VerdictAtom {
    fn facts(&self) -> Option<&FactAtom> {
        match self {
            Self::Facts(atom) => Some(atom),
            Self::Score(_) | Self::ConditionsMet(_) => None,
        }
    }
}

impl ReadsFacts for AdviceAtom {
    fn facts(&self) -> Option<&FactAtom> {
        match self {
            Self::Verdict(atom) => atom.facts(),
            Self::Recommendation(_) => None,
        }
    }
}
