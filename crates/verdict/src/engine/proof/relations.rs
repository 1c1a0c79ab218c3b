//! How tests relate: which are equal, and on which sheets one holds that only an advice makes.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use crate::engine::diagrams::builder::{NO, YES};
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::order::Order;
use crate::engine::{Holds, Proofs, Target, TooLarge};
use crate::ids::{FactId, RecommendationId};
use crate::rubric::{FactTest, Rubric, VerdictTest};

/// How tests stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// All must hold.
    All,
    /// One must hold.
    Any,
}

impl Proofs<'_> {
    /// Tests that hold on the same sheets as an earlier one: the positions of both, each with the first that it equals.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn equal_tests(&self, tests: &[&FactTest]) -> Result<Vec<(usize, usize)>, TooLarge> {
        let mut compiler = Compiler::new(self.rubric, &self.whole_order, [], &self.budget)?;
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

    /// On which of the sheets that get a recommendation a test holds; `None` where none gets it.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn holds_given(
        &self,
        recommendation: RecommendationId,
        when: &VerdictTest,
    ) -> Result<Option<Holds>, TooLarge> {
        let rules = || self.rubric.verdict.iter();
        let tests = rules().map(|rule| &rule.when).chain([when]);
        let mut compiler = Compiler::new(self.rubric, &self.whole_order, tests, &self.budget)?;
        let gives = rules().map(|rule| (&rule.when, rule.recommend == recommendation));
        let given = compiler.decided(gives, NO)?;
        let test = compiler.alone(when)?;
        let both = compiler.builder.choose(given, test, Target::leaf(NO))?;
        let without = compiler.builder.choose(test, Target::leaf(NO), given)?;
        Ok(match (both.label(), without.label()) {
            (Some(NO), Some(NO)) => None,
            (Some(NO), _) => Some(Holds::Never),
            (_, Some(NO)) => Some(Holds::Always),
            _ => Some(Holds::Sometimes),
        })
    }

    /// Of tests that must all hold, or of which one must, the last that the others make needless; not one without which
    /// nothing would be left to say.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn needless(
        &self,
        tests: &[&VerdictTest],
        joint: Joint,
    ) -> Result<Option<usize>, TooLarge> {
        if tests.len() < 2 {
            return Ok(None);
        }
        let mut compiler = Compiler::of_tests(self.rubric, &self.whole_order, tests, &self.budget)?;
        let roots = tests.iter().map(|test| compiler.alone(test));
        let roots = roots.collect::<Result<Vec<Target>, TooLarge>>()?;
        let (yes, no) = (Target::leaf(YES), Target::leaf(NO));
        let builder = &mut compiler.builder;
        let mut join = |one: Target, other: Target| match joint {
            Joint::All => builder.choose(one, other, no),
            Joint::Any => builder.choose(one, yes, other),
        };
        // What those before each come to together.
        let none = match joint {
            Joint::All => yes,
            Joint::Any => no,
        };
        let (mut together, mut before) = (none, Vec::new());
        for root in &roots {
            before.push(together);
            together = join(together, *root)?;
        }
        let mut after = none;
        for (at, (root, before)) in roots.iter().zip(&before).enumerate().rev() {
            let others = join(*before, after)?;
            let is_needless = join(others, *root)? == others;
            let says_something = match joint {
                Joint::All => others != no,
                Joint::Any => *root != no,
            };
            if is_needless && says_something {
                return Ok(Some(at));
            }
            after = join(*root, after)?;
        }
        Ok(None)
    }

    /// On which sheets a test holds that may read facts which only definitions, remarks and steps read.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn advice_holds(&self, when: &VerdictTest) -> Result<Holds, TooLarge> {
        let mut compiler =
            Compiler::of_tests(self.rubric, &self.whole_order, &[when], &self.budget)?;
        compiler
            .decide([(when, true)].into_iter(), false)
            .map(|diagram| Holds::of(&diagram))
    }
}

/// The order of the facts that the verdict reads, and after them those that only definitions and an advice read.
pub(in crate::engine) fn whole_order(rubric: &Rubric, verdict: &Order) -> Order {
    let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
    let steps = rubric.plan.iter().map(|own| &own.when);
    let named = rubric
        .named
        .iter()
        .flat_map(|named| named.reads.iter().copied());
    let advice = remarks.map(|own| &own.when).chain(steps);
    let advice = advice.flat_map(|when| rubric.facts_read(when));
    let read: BTreeSet<FactId> = named.chain(advice).collect();
    let known: BTreeSet<&str> = verdict.facts.iter().map(|id| id.as_str()).collect();
    let more = read.into_iter().map(|fact| &rubric.facts[fact].id);
    let more = more.filter(|id| !known.contains(id.as_str())).cloned();
    Order {
        facts: verdict.facts.iter().cloned().chain(more).collect(),
        boxes: verdict.boxes.clone(),
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::{Budget, Proofs};
    use crate::fixtures;
    use crate::rubric::Rubric;
    use crate::text::Source;

    #[test]
    fn definitions_of_facts_that_no_rule_reads_are_equal_only_when_they_say_the_same() {
        let source = fixtures::source();
        let head = "\ndefinitions:\n";
        let more = "  - {id: one, when: {installed: retired-product}}\n  \
                    - {id: other, when: {installed: none}}\n  \
                    - {id: again, when: {not: {not: {installed: none}}}}\n";
        assert!(source.text.contains(head));
        let text = source.text.replace(head, &format!("{head}{more}"));
        let rubric = Rubric::parse(&Source::new("r", text)).expect("valid");
        let proofs = Proofs::new(&rubric, &Budget::default()).expect("small enough");
        let order = proofs.reasoning().order();
        assert!(order.facts.iter().all(|id| *id != "installed"));
        let tests = ["one", "other", "again"].map(|id| {
            let named = rubric.named.iter().find(|named| named.id == id);
            &named.expect("defined").when
        });
        assert_eq!(proofs.equal_tests(&tests).expect("cheap"), [(1, 2)]);
    }
}
