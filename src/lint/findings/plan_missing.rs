//! `plan-missing`: a recommendation without a step.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::engine::Holds;
use verdict::ids::Id;
use verdict::rubric::Test;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "plan-missing",
        severity: Severity::Warning,
        summary: "Some sheets get a recommendation without a step of the plan",
        what: "A recommendation that some sheets get without one step of the plan being for them, in a rubric that has a plan.",
        why: "Whoever gets it is told what to decide and not what to do.",
        example: "plan: [{id: start, when: {recommendation: mesh}, title: Start, detail: So}]  # and nothing for no-mesh",
        fix: "Add a step for it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    let is_whole = rubric.plan.len() == subject.file.count(&Route::top().key("plan"));
    if rubric.plan.is_empty() || !is_whole {
        return None;
    }
    let mut found = Found::default();
    for (id, recommendation) in rubric.recommendations.entries() {
        let steps = rubric.plan.iter();
        let steps = steps.map(|step| Test::Not(Box::new(step.when.given(id))));
        let without = Test::All(steps.collect());
        match proofs.holds_given(id, &without) {
            Ok(None | Some(Holds::Never)) => {}
            Ok(_) => {
                let message = format!(
                    "some sheets that get `{}` get no step of the plan",
                    recommendation.id
                );
                let route = Route::top().key("recommendations").index(id.position());
                found.findings.push(subject.finding(
                    &CHECK.kind,
                    &route,
                    &recommendation.id,
                    message,
                ));
            }
            Err(error) => found.unchecked(
                format!("whether `{}` always has a step", recommendation.id),
                &error,
            ),
        }
    }
    Some(found)
}
