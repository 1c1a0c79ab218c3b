//! `conditions-alike`: a condition with the test of another.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::implication::Pairs;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "conditions-alike",
        severity: Severity::Error,
        summary: "Two conditions hold on the same sheets",
        what: "A condition whose test holds on exactly the sheets on which that of an earlier condition does.",
        why: "One thing ticks two boxes, and counts twice in `conditions_met`.",
        example: "conditions:\n- {id: large, title: Large, when: {teams: \">= 5\"}}\n- {id: big, title: Big, when: {teams: \"> 4\"}}",
        fix: "Delete one of them, or give it the test that was meant.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.faultless()?, subject.proofs?);
    let mut found = Found::default();
    for (one, other) in Pairs::of_conditions(rubric, proofs, &mut found).alike {
        let message = format!(
            "the conditions `{}` and `{}` hold on the same sheets",
            one.id, other.id
        );
        found
            .findings
            .push(subject.finding(&CHECK.kind, &other.route, &other.id, message));
    }
    Some(found)
}
