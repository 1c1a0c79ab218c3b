//! `fact-unused`: a fact that nothing reads.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Owner;
use verdict::ids::FactId;
use verdict::rubric::{Rubric, Text};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "fact-unused",
        severity: Severity::Warning,
        summary: "Nothing reads a fact",
        what: "A fact that stands in no test, in no text and nowhere in the tax.",
        why: "People look for an answer that is thrown away.",
        example: "facts: [{id: moon_phase, …}]",
        fix: "Use it or stop asking.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let found = unread(subject)?.into_iter().map(|id| {
        let fact = &rubric.facts[id];
        let message = format!("nothing reads `{}`", fact.id);
        subject.finding(&CHECK.kind, &fact.route, &fact.id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}

/// The facts that stand in no test but a guarantee's, in no text and nowhere in the tax.
pub(super) fn unread(subject: &Subject<'_>) -> Option<BTreeSet<FactId>> {
    let rubric = subject.rubric?;
    let tests = subject
        .readings
        .iter()
        .filter(|reading| reading.owner != Owner::Guarantee);
    let mut read: BTreeSet<FactId> = tests.filter_map(|reading| reading.fact()).collect();
    read.extend(texts(rubric).flat_map(Text::names));
    let is_read = |fact: &FactId| {
        let id = &rubric.facts[*fact].id;
        read.contains(fact) || subject.tax().mentions(id) || subject.is_named_by_a_mistake(id)
    };
    Some(rubric.facts.ids().filter(|fact| !is_read(fact)).collect())
}

/// Every text that may name facts.
fn texts(rubric: &Rubric) -> impl Iterator<Item = &Text> {
    let reasons = rubric.signals.iter().map(|signal| &signal.reason);
    let because = rubric.verdict.iter().map(|rule| &rule.because);
    let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
    let plan = rubric.plan.iter().map(|step| &step.detail);
    let wordings = reasons
        .chain(because)
        .chain(remarks.map(|remark| &remark.text))
        .chain(plan);
    wordings.flat_map(|wording| wording.texts())
}
