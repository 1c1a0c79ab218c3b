//! `score-contradiction`: a sum that the rest of its rule keeps away.

use super::rule_contradicts_itself::{Contradiction, contradictions};
use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "score-contradiction",
        severity: Severity::Error,
        summary: "A test of the score or of the conditions met cannot hold together with the rest of its rule",
        what: "A rule with a sum that its other tests keep from getting there: what they ask for is worth points itself.",
        why: "The rule never fires, wherever it stands.",
        example: "when: {mtls-everywhere: true, conditions_met: 0}",
        fix: "Compare the sum with what it can come to while the other tests hold.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.whole()?;
    // What could not be found out is told with the rules that contradict themselves.
    let all = contradictions(subject, &mut Found::default())?;
    let finding = |contradiction: &Contradiction<'_>| {
        let sum = contradiction.sum()?;
        Some(contradiction.finding(&CHECK.kind, sum, subject))
    };
    Some(all.iter().filter_map(finding).collect::<Vec<_>>().into())
}
