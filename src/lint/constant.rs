//! Tests that always or never hold: by themselves, or because of what they refer to.
//!
//! They are found out before the checks run, so that the consequences of one are not told as faults of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use super::Unchecked;
use super::readings::{Read, Reading};
use verdict::engine::{Holds, Proofs, Sums};
use verdict::ids::NamedId;
use verdict::rubric::{
    Accepts, Comparison, Domain, FactAtom, FactTest, Relation, Rubric, Test, VerdictAtom,
};
use verdict::text::Route;

/// The tests of a rubric that are constant.
#[derive(Default)]
pub(super) struct Constant<'r> {
    /// Comparisons of a count, the score or the number of conditions that do not reach its range, and
    /// whether they hold.
    pub(super) comparisons: Vec<(Reading<'r>, bool)>,
    /// Whole tests of signals, conditions and definitions, unless something they read is constant.
    pub(super) tests: Vec<Whole>,
    /// How far the sums go, when that could be found out.
    pub(super) sums: Option<Sums>,
    /// What could not be found out.
    pub(super) unchecked: Vec<Unchecked>,
    /// Where something constant is read.
    routes: BTreeSet<Route>,
}

/// The whole test of a signal, a condition or a definition.
pub(super) struct Whole {
    /// Where it stands.
    pub(super) route: Route,
    /// Whose test it is, in words.
    pub(super) what: String,
    /// The same, for the fingerprint.
    pub(super) about: String,
    /// Whether it holds.
    pub(super) holds: bool,
}

impl<'r> Constant<'r> {
    pub(super) fn of(
        rubric: &'r Rubric,
        readings: &[Reading<'r>],
        proofs: Option<&Proofs<'_>>,
    ) -> Self {
        let mut constant = Self::default();
        for reading in readings {
            if let Some(holds) = count(reading, rubric) {
                constant.comparison(reading, holds);
            }
        }
        if let Some(proofs) = proofs {
            match proofs.sums() {
                Ok(sums) => {
                    constant.sums(readings, proofs, &sums);
                    constant.sums = Some(sums);
                }
                Err(error) => constant.unchecked("how far the score and the conditions go", &error),
            }
            constant.tests(rubric, readings, proofs);
        }
        constant
    }

    /// Whether something below a route is constant.
    pub(super) fn is_below(&self, route: &Route) -> bool {
        let first = self.routes.range(route..).next();
        first.is_some_and(|first| first.steps().starts_with(route.steps()))
    }

    fn comparison(&mut self, reading: &Reading<'r>, holds: bool) {
        self.routes.insert(reading.route.clone());
        self.comparisons.push((reading.clone(), holds));
    }

    fn sums(&mut self, readings: &[Reading<'r>], proofs: &Proofs<'_>, sums: &Sums) {
        for reading in readings {
            let (comparison, range, atom) = match reading.read {
                Read::Score(comparison) => {
                    (comparison, &sums.score, VerdictAtom::Score(comparison))
                }
                Read::ConditionsMet(comparison) => (
                    comparison,
                    &sums.conditions_met,
                    VerdictAtom::ConditionsMet(comparison),
                ),
                Read::Fact(_) => continue,
            };
            let holds = match over(comparison, range) {
                // A number in the range may still be one that the sum skips.
                None if matches!(comparison.relation, Relation::Equal | Relation::Unequal) => {
                    match proofs.holds(&Test::Atom(atom)) {
                        Ok(holds) => always(holds),
                        Err(error) => {
                            self.unchecked(format!("whether `{}` can hold", reading.route), &error);
                            None
                        }
                    }
                }
                holds => holds,
            };
            if let Some(holds) = holds {
                self.comparison(reading, holds);
            }
        }
    }

    fn tests(&mut self, rubric: &Rubric, readings: &[Reading<'_>], proofs: &Proofs<'_>) {
        let mut read: BTreeMap<NamedId, Vec<&Route>> = BTreeMap::new();
        for reading in readings {
            if let Read::Fact(FactAtom::Named { named, .. }) = reading.read {
                read.entry(*named).or_default().push(&reading.route);
            }
        }
        for (id, named) in rubric.named.entries() {
            let kind = if rubric.is_condition(id) {
                "condition"
            } else {
                "definition"
            };
            let (what, about) = (format!("the {kind} `{}`", named.id), named.id.to_string());
            if self.test((&named.when, &named.route), what, about, proofs) {
                let read = read.remove(&id).unwrap_or_default();
                self.routes.extend(read.into_iter().cloned());
            }
        }
        for question in rubric.questions.iter().chain(&rubric.follow_ups) {
            for (index, signal) in rubric.signals_of(question).enumerate() {
                let what = format!("signal {} of the question `{}`", index + 1, question.id);
                let about = format!("{}.signals[{index}]", question.id);
                self.test((&signal.when, &signal.route), what, about, proofs);
            }
        }
    }

    /// Whether a whole test is constant; taken down unless something it reads is.
    fn test(
        &mut self,
        (when, route): (&FactTest, &Route),
        what: String,
        about: String,
        proofs: &Proofs<'_>,
    ) -> bool {
        let route = route.key("when");
        let holds = match proofs.facts_hold(when) {
            Ok(holds) => always(holds),
            Err(error) => {
                self.unchecked(format!("whether {what} can hold"), &error);
                return false;
            }
        };
        let Some(holds) = holds else {
            return false;
        };
        if !self.is_below(&route) {
            self.tests.push(Whole {
                route,
                what,
                about,
                holds,
            });
        }
        true
    }

    fn unchecked(&mut self, what: impl Into<String>, why: &verdict::engine::TooLarge) {
        self.unchecked.push(Unchecked::new(what, why));
    }
}

/// What a comparison says of every value of the count that it reads.
fn count(reading: &Reading<'_>, rubric: &Rubric) -> Option<bool> {
    let Read::Fact(FactAtom::Fact {
        fact,
        accepts: Accepts::Count(comparison),
    }) = reading.read
    else {
        return None;
    };
    let Domain::Numbers(min, max) = rubric.facts[*fact].kind.domain() else {
        return None;
    };
    over(*comparison, &(min..=max))
}

/// What a comparison says of every number in a range; `None` when it says different things.
fn over(comparison: Comparison, range: &RangeInclusive<i64>) -> Option<bool> {
    let changes = comparison
        .edges()
        .any(|edge| range.start() < &edge && &edge <= range.end());
    (!changes).then(|| comparison.holds(*range.start()))
}

fn always(holds: Holds) -> Option<bool> {
    match holds {
        Holds::Always => Some(true),
        Holds::Never => Some(false),
        Holds::Sometimes => None,
    }
}
