//! `condition-unread`: a condition that nothing counts and nothing reads.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Read;
use verdict::rubric::FactAtom;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "condition-unread",
        severity: Severity::Warning,
        summary: "A condition is a box that decides nothing",
        what: "A condition that no test reads by its name, where no test reads `conditions_met` either.",
        why: "Whether it holds is shown beside the verdict, and readers think that the verdict rests on it.",
        example: "conditions: [{id: large, title: A large fleet, when: {teams: \">= 5\"}}]  # and no rule reads conditions_met",
        fix: "Let a rule count on it, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let mut named = BTreeSet::new();
    for reading in &subject.readings {
        match reading.read {
            Read::ConditionsMet(_) => return Some(Found::default()),
            Read::Fact(FactAtom::Named { named: read, .. }) => {
                named.insert(*read);
            }
            Read::Fact(_) | Read::Score(_) => {}
        }
    }
    let unread = rubric.conditions.iter().filter(|condition| {
        !named.contains(&condition.named) && !subject.is_named_by_a_mistake(&condition.id)
    });
    let found = unread.map(|condition| {
        let message = format!("nothing counts on the condition `{}`", condition.id);
        subject.finding(&CHECK.kind, &condition.route, &condition.id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
