//! `fact-never-matters`: a fact that is tested to no effect.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::{Owner, felt};
use verdict::ids::FactId;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "fact-never-matters",
        severity: Severity::Error,
        summary: "A fact is tested, and yet no answer to it moves the recommendation",
        what: "A fact that signals with points, conditions, definitions or rules read, where no two sheets that differ in \
               nothing else get different recommendations.",
        why: "People look for an answer that nothing can feel.",
        example: "A fact read only by a condition that no rule counts on.",
        fix: "Let a rule depend on it, or stop asking; a signal that only explains has 0 points.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let found = idle(subject)?.into_iter().map(|id| {
        let fact = &rubric.facts[id];
        let message = format!(
            "`{}` is tested, but no answer to it moves the recommendation",
            fact.id
        );
        subject.finding(&CHECK.kind, &fact.route, &fact.id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}

/// The facts that are tested where it should be felt, and never move the recommendation.
pub(super) fn idle(subject: &Subject<'_>) -> Option<BTreeSet<FactId>> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    let felt = felt(rubric, &subject.readings);
    let is_felt = |owner: Owner| match owner {
        Owner::Signal(points) => points != 0,
        Owner::Named(named) => felt.contains(&named),
        Owner::Rule => true,
        Owner::Guarantee | Owner::Advice => false,
    };
    let matter = proofs.facts_that_matter();
    let tested = subject
        .readings
        .iter()
        .filter(|reading| is_felt(reading.owner));
    let tested: BTreeSet<FactId> = tested.filter_map(|reading| reading.fact()).collect();
    let is_told = |fact: &FactId| subject.is_named_by_a_mistake(&rubric.facts[*fact].id);
    Some(
        tested
            .into_iter()
            .filter(|fact| !matter.contains(fact) && !is_told(fact))
            .collect(),
    )
}
