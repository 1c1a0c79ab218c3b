//! `guarantee-duplicate`: a guarantee that promises what an earlier one does.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "guarantee-duplicate",
        severity: Severity::Note,
        summary: "Two guarantees promise the same",
        what: "A guarantee of the same claim about exactly the sheets of which an earlier one speaks.",
        why: "The second proves nothing; perhaps its test or its claim was to be changed.",
        example: "guarantees:\n- {id: one, when: {teams: \"< 5\"}, never: [mesh]}\n- {id: two, when: {teams: \"<= 4\"}, never: [mesh]}",
        fix: "Change what it says, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let tests: Vec<_> = rubric.guarantees.iter().map(|own| &own.when).collect();
    let mut found = Found::default();
    let same = proofs.same_sheets(&tests).unwrap_or_else(|error| {
        found.unchecked("whether guarantees speak of the same sheets", &error);
        Vec::new()
    });
    for group in same {
        let group: Vec<_> = group
            .iter()
            .filter_map(|at| rubric.guarantees.get(*at))
            .collect();
        for (place, later) in group.iter().enumerate() {
            let mut before = group.iter().take(place);
            if let Some(earlier) = before.find(|earlier| earlier.claim == later.claim) {
                let message = format!(
                    "the guarantees `{}` and `{}` promise the same",
                    earlier.id, later.id
                );
                let finding = subject.finding(&CHECK.kind, &later.route, &later.id, message);
                found.findings.push(finding);
            }
        }
    }
    Some(found)
}
