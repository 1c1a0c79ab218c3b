//! `guarantee-empty`: a guarantee about no sheet.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::engine::Proof;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "guarantee-empty",
        severity: Severity::Warning,
        summary: "A guarantee speaks of no sheet",
        what: "A guarantee whose `when` holds nowhere.",
        why: "It holds whatever the verdict says, and so promises nothing.",
        example: "{id: nothing, when: {all: [{teams: 1}, {teams: 2}]}, never: [mesh]}",
        fix: "Correct its test.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.whole()?;
    subject.proofs?;
    let empty = subject
        .guarantees
        .iter()
        .filter(|(_, proof)| matches!(proof, Ok(Proof::Empty)));
    let found = empty.map(|(guarantee, _)| {
        let id = &guarantee.id;
        let message = format!("the guarantee `{id}` speaks of no sheet: its test never holds");
        subject.finding(&CHECK.kind, &guarantee.route, id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
