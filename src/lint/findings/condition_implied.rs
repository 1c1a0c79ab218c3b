//! `condition-implied`: a condition that holds wherever another does.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::implication::Pairs;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "condition-implied",
        severity: Severity::Note,
        summary: "One condition holds wherever another does",
        what: "A condition whose test holds on every sheet on which that of another condition does, and on more.",
        why: "The narrower one never counts alone: `conditions_met` cannot be 1 by it.",
        example: "conditions:\n- {id: many, title: Many teams, when: {teams: \">= 5\"}}\n- {id: some, title: Some teams, when: {teams: \">= 2\"}}",
        fix: "Make them say different things, or count on it in the rules.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    // What could not be found out is told with the conditions that are alike.
    let pairs = Pairs::of_conditions(rubric, proofs, &mut Found::default());
    let found = pairs.implied.into_iter().map(|(narrow, wide)| {
        let message = format!("`{}` holds wherever `{}` does", wide.id, narrow.id);
        subject.finding(&CHECK.kind, &narrow.route, &narrow.id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
