//! `guarantee-empty`: a guarantee about no sheet.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::engine::Proof;
use verdict::rubric::Claim;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "guarantee-empty",
        severity: Severity::Warning,
        summary: "A guarantee speaks of no sheet, or of a fact that moves nothing",
        what: "A guarantee whose `when` holds nowhere, or one about raising a fact that never moves the recommendation.",
        why: "It holds whatever the verdict says, and so promises nothing.",
        example: "{id: nothing, when: {all: [{teams: 1}, {teams: 2}]}, never: [mesh]}",
        fix: "Correct its test.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    let empty = subject
        .guarantees
        .iter()
        .filter(|(_, proof)| matches!(proof, Ok(Proof::Empty)));
    let found = empty.map(|(guarantee, _)| {
        let id = &guarantee.id;
        let message = format!("the guarantee `{id}` speaks of no sheet: its test never holds");
        subject.finding(&CHECK.kind, &guarantee.route, id, message)
    });
    let matter = proofs.facts_that_matter();
    let idle = rubric
        .guarantees
        .iter()
        .filter_map(|guarantee| match guarantee.claim {
            Claim::Monotone { fact, .. } if !matter.contains(&fact) => Some((guarantee, fact)),
            _ => None,
        });
    let idle = idle.map(|(guarantee, fact)| {
        let message = format!(
            "the guarantee `{}` promises nothing: `{}` never moves the recommendation",
            guarantee.id, rubric.facts[fact].id
        );
        subject.finding(&CHECK.kind, &guarantee.route, &guarantee.id, message)
    });
    Some(found.chain(idle).collect::<Vec<_>>().into())
}
