//! `never-recommended`: a recommendation that no sheet gets.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::ids::Id;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "never-recommended",
        severity: Severity::Error,
        summary: "A recommendation is never given",
        what: "A recommendation that no sheet gets: no rule gives it, or none of the rules that do ever fires.",
        why: "It is announced and explained, and cannot come out.",
        example: "recommendations: [{id: no-mesh, …}, {id: mesh, …}]  # and every rule recommends no-mesh",
        fix: "Give it in a rule that fires, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    let mut found = Vec::new();
    // What only "otherwise" gives is not to be given where the verdict promises to be complete.
    let is_spare = |id| {
        let mut rules = rubric
            .verdict
            .entries()
            .filter(|(_, rule)| rule.recommend == id);
        rubric.is_complete
            && rules
                .next()
                .is_some_and(|(rule, _)| rubric.otherwise() == Some(rule))
    };
    let never = proofs.never_recommended().into_iter();
    for id in never.filter(|id| !is_spare(*id)) {
        let recommendation = &rubric.recommendations[id];
        let why = if rubric.verdict.iter().any(|rule| rule.recommend == id) {
            "no rule that gives it ever fires"
        } else {
            "no rule gives it"
        };
        let route = Route::top().key("recommendations").index(id.position());
        let message = format!("`{}` is never recommended: {why}", recommendation.id);
        found.push(subject.finding(&CHECK.kind, &route, &recommendation.id, message));
    }
    Some(found.into())
}
