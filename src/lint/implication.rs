//! Tests put together, and pairs of conditions of which one holds wherever the other does.

use super::subject::Found;
use verdict::engine::{Holds, Proofs, TooLarge};
use verdict::rubric::{Condition, FactTest, Rubric, Test};

/// Both tests hold.
pub(super) fn both<A: Clone>(one: &Test<A>, other: &Test<A>) -> Test<A> {
    Test::All(vec![one.clone(), other.clone()])
}

/// The first test holds, and the other does not.
pub(super) fn except<A: Clone>(one: &Test<A>, other: &Test<A>) -> Test<A> {
    Test::All(vec![one.clone(), Test::Not(Box::new(other.clone()))])
}

/// Pairs of conditions that do not say different things.
#[derive(Default)]
pub(super) struct Pairs<'r> {
    /// Those that hold on the same sheets, the earlier one first.
    pub(super) alike: Vec<(&'r Condition, &'r Condition)>,
    /// Those of which the second holds wherever the first does, and not the other way round.
    pub(super) implied: Vec<(&'r Condition, &'r Condition)>,
}

impl<'r> Pairs<'r> {
    /// Compares all conditions that hold on some sheets and not on others.
    pub(super) fn of_conditions(
        rubric: &'r Rubric,
        proofs: &Proofs<'_>,
        found: &mut Found,
    ) -> Self {
        let mut pairs = Self::default();
        let conditions: Vec<&Condition> = rubric.conditions.iter().collect();
        for (later, other) in conditions.iter().enumerate() {
            for one in conditions.iter().take(later) {
                if let Err(error) = pairs.compare((one, other), rubric, proofs) {
                    // What is too much for one pair is too much for the next.
                    found.unchecked(
                        format!("how `{}` and later conditions differ from others", other.id),
                        &error,
                    );
                    return pairs;
                }
            }
        }
        pairs
    }

    fn compare(
        &mut self,
        (one, other): (&'r Condition, &'r Condition),
        rubric: &'r Rubric,
        proofs: &Proofs<'_>,
    ) -> Result<(), TooLarge> {
        let (first, second) = (
            &rubric.named[one.named].when,
            &rubric.named[other.named].when,
        );
        for test in [first, second] {
            if proofs.facts_hold(test)? != Holds::Sometimes {
                return Ok(());
            }
        }
        let is_never = |test: FactTest| Ok(proofs.facts_hold(&test)? == Holds::Never);
        match (
            is_never(except(first, second))?,
            is_never(except(second, first))?,
        ) {
            (true, true) => self.alike.push((one, other)),
            (true, false) => self.implied.push((one, other)),
            (false, true) => self.implied.push((other, one)),
            (false, false) => {}
        }
        Ok(())
    }
}
