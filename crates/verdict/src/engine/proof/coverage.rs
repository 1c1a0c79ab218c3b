//! Coverage: which rules fire, and what keeps a rule from firing; which facts can move the recommendation.

use std::collections::{BTreeMap, BTreeSet};

use super::proofs::{Holds, Proofs};
use crate::engine::diagrams::compile::Compiler;
use crate::engine::{Diagram, Label, Target, TooLarge};
use crate::ids::{FactId, LevelId, RecommendationId, RuleId};
use crate::rubric::{Test, VerdictTest};

/// Why a rule never fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dead {
    /// Its own test holds on no sheet.
    Contradiction,
    /// Earlier rules take every sheet on which its test holds.
    Covered {
        /// The rules that take these sheets.
        by: Vec<RuleId>,
        /// One rule whose test alone holds on all of them.
        alone: Option<RuleId>,
    },
}

impl Proofs<'_> {
    /// The rules that fire on no sheet.
    pub fn dead_rules(&self) -> Vec<RuleId> {
        let fire = self.reasoning.rules().labels();
        self.rubric
            .verdict
            .ids()
            .filter(|rule| !fire.contains(&Some(*rule)))
            .collect()
    }

    /// The recommendations that no sheet gets.
    pub fn never_recommended(&self) -> Vec<RecommendationId> {
        let given = self.reasoning.recommendations().labels();
        self.rubric
            .recommendations
            .ids()
            .filter(|recommendation| !given.contains(&Some(*recommendation)))
            .collect()
    }

    /// The facts that can move the recommendation of some sheet.
    pub fn facts_that_matter(&self) -> BTreeSet<FactId> {
        let diagram = self.reasoning.recommendations();
        let asked: BTreeSet<LevelId> = diagram.nodes().map(|(_, level, _)| level).collect();
        asked
            .into_iter()
            .map(|level| diagram.levels()[level].fact.position)
            .collect()
    }

    /// The tests that hold on the same sheets, by position: each group of at least two, earliest first.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn same_sheets(&self, tests: &[&VerdictTest]) -> Result<Vec<Vec<usize>>, TooLarge> {
        let all = tests.iter().copied();
        let mut compiler = Compiler::new(self.rubric, self.reasoning.order(), all, &self.budget)?;
        let mut groups: BTreeMap<Target, Vec<usize>> = BTreeMap::new();
        for (position, test) in tests.iter().enumerate() {
            groups
                .entry(compiler.rule(test)?)
                .or_default()
                .push(position);
        }
        Ok(groups
            .into_values()
            .filter(|group| group.len() > 1)
            .collect())
    }

    /// The pairs of rules, earlier first, whose tests say the same.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn equal_rules(&self) -> Result<Vec<(RuleId, RuleId)>, TooLarge> {
        let verdict = &self.rubric.verdict;
        let tests: Vec<&VerdictTest> = verdict.iter().map(|rule| &rule.when).collect();
        let groups = self.same_sheets(&tests)?;
        let pairs = groups.iter().filter_map(|group| group.split_first());
        let pairs = pairs.flat_map(|(first, rest)| rest.iter().map(move |later| (first, later)));
        Ok(pairs
            .map(|(first, later)| (RuleId::new(*first), RuleId::new(*later)))
            .collect())
    }

    /// Why a rule that never fires does not.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn why_dead(&self, rule: RuleId) -> Result<Dead, TooLarge> {
        let when = &self.rubric.verdict[rule].when;
        let takers = self.restricted(self.reasoning.rules(), when)?.labels();
        let by: Vec<RuleId> = takers.into_iter().flatten().flatten().collect();
        if by.is_empty() {
            return Ok(Dead::Contradiction);
        }
        let mut alone = None;
        for other in &by {
            if alone.is_none() && (by.len() == 1 || self.covers(*other, when)?) {
                alone = Some(*other);
            }
        }
        Ok(Dead::Covered { by, alone })
    }

    /// Whether a rule's test holds wherever `when` does.
    fn covers(&self, rule: RuleId, when: &VerdictTest) -> Result<bool, TooLarge> {
        let rule = &self.rubric.verdict[rule];
        let outside = Test::All(vec![when.clone(), Test::Not(Box::new(rule.when.clone()))]);
        Ok(self.holds(&outside)? == Holds::Never)
    }

    /// Of tests that never hold together, a smallest part that never does: without any one of its tests the others can
    /// hold together. By position.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn contradiction(&self, tests: &[&VerdictTest]) -> Result<Vec<usize>, TooLarge> {
        let mut kept: Vec<(usize, &VerdictTest)> = tests.iter().copied().enumerate().collect();
        for candidate in 0..tests.len() {
            let others = kept.iter().copied();
            let rest: Vec<(usize, &VerdictTest)> =
                others.filter(|(own, _)| *own != candidate).collect();
            let together = rest.iter().map(|(_, test)| (*test).clone()).collect();
            if self.holds(&Test::All(together))? == Holds::Never {
                kept = rest;
            }
        }
        Ok(kept.into_iter().map(|(own, _)| own).collect())
    }
}

impl<L: Label + Ord> Diagram<L> {
    /// The labels of the leaves that some sheet leads to.
    pub fn labels(&self) -> BTreeSet<L> {
        let targets = self.nodes().flat_map(|(_, _, children)| children.iter());
        targets
            .chain([self.root()])
            .filter_map(|target| target.label())
            .collect()
    }
}
