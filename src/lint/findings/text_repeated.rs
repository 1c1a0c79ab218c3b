//! `text-repeated`: what an advice says under two names.

use std::collections::BTreeMap;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "text-repeated",
        severity: Severity::Warning,
        summary: "Two prerequisites, cautions or steps say the same words",
        what: "A prerequisite or caution whose `text`, or a step whose `detail`, is that of an earlier one.",
        why: "Where both are shown it is said twice; most often one was copied and its text not yet changed.",
        example: "cautions:\n- {id: cost, when: {teams: 1}, text: Mind the cost.}\n- {id: risk, when: {teams: 2}, text: Mind the cost.}",
        fix: "Write what the second one has to say, or make one of them with `any`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
    let remarks = remarks.map(|own| (&own.id, &own.route, "text"));
    let steps = rubric
        .plan
        .iter()
        .map(|own| (&own.id, &own.route, "detail"));
    let mut first: BTreeMap<String, &str> = BTreeMap::new();
    let mut found = Vec::new();
    for (id, route, key) in remarks.chain(steps) {
        let place: Route = route.key(key);
        let Some(words) = subject.file.at(&place).and_then(|node| node.tree.word()) else {
            continue;
        };
        match first.get(&words) {
            Some(earlier) => {
                let message = format!("`{id}` says the same words as `{earlier}`");
                found.push(subject.finding(&CHECK.kind, &place, id, message));
            }
            None => {
                first.insert(words, id);
            }
        }
    }
    Some(found.into())
}
