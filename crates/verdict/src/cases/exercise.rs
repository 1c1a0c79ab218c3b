//! What cases exercise: the rules that fire, the signals that hold, the conditions that are met.

use std::collections::BTreeSet;

use super::Outcome;
use crate::answers::Sheet;
use crate::engine::{Evaluation, signal_holds};
use crate::ids::{ConditionId, RuleId, SignalId};
use crate::rubric::Rubric;

/// One thing that a case can exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A rule that fires.
    Rule(RuleId),
    /// A condition that holds.
    Condition(ConditionId),
    /// A signal that holds.
    Signal(SignalId),
}

/// What was exercised so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exercise(BTreeSet<Subject>);

impl Exercise {
    /// What these cases exercise.
    pub fn of<'o, 'c: 'o>(
        rubric: &Rubric,
        outcomes: impl IntoIterator<Item = &'o Outcome<'c>>,
    ) -> Self {
        let mut exercise = Self::default();
        for outcome in outcomes {
            exercise.add(rubric, &outcome.sheet, &outcome.evaluation, outcome.rule());
        }
        exercise
    }

    fn add(
        &mut self,
        rubric: &Rubric,
        sheet: &Sheet,
        evaluation: &Evaluation,
        rule: Option<RuleId>,
    ) {
        self.0.extend(rule.map(Subject::Rule));
        let met = rubric
            .conditions
            .entries()
            .filter(|(_, own)| evaluation.named_holds(own.named));
        self.0
            .extend(met.map(|(condition, _)| Subject::Condition(condition)));
        let signals = rubric.signals.entries();
        let held = signals.filter(|(_, signal)| signal_holds(&signal.when, sheet, evaluation));
        self.0.extend(held.map(|(id, _)| Subject::Signal(id)));
    }

    /// Whether a subject was exercised.
    pub fn contains(&self, subject: Subject) -> bool {
        self.0.contains(&subject)
    }

    /// What was not exercised, in the order of the rubric: rules, conditions, signals.
    pub fn missing(&self, rubric: &Rubric) -> Vec<Subject> {
        let rules = rubric.verdict.ids().map(Subject::Rule);
        let conditions = rubric.conditions.ids().map(Subject::Condition);
        let signals = rubric.signals.ids().map(Subject::Signal);
        rules
            .chain(conditions)
            .chain(signals)
            .filter(|subject| !self.0.contains(subject))
            .collect()
    }
}
