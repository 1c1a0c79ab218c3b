//! `rule-hides-rest`: a rule that leaves nothing to those after it.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rule-hides-rest",
        severity: Severity::Error,
        summary: "A rule before the last holds on every sheet",
        what: "A rule without `when`, or with a test that nothing fails, that is not the last. What follows from it, such as rules that never fire and recommendations that are never given, is not told.",
        why: "The rules after it never fire, whatever they say.",
        example: "- {id: always, recommend: no-mesh, because: So}\n- {id: big, when: {teams: \">= 5\"}, recommend: mesh, because: Many}",
        fix: "Move it to the end, or give it the test that was meant.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, last) = (subject.rubric?, subject.last_rule);
    let rest = |id| {
        rubric
            .verdict
            .ids()
            .skip_while(|other| *other != id)
            .skip(1)
            .count()
    };
    let hides = last
        .map(|id| (&rubric.verdict[id], rest(id)))
        .filter(|(_, rest)| *rest > 0);
    let finding = hides.map(|(rule, rest)| {
        let message = format!(
            "the rule `{}` holds on every sheet, so that the {} after it never fire",
            rule.id,
            counted(rest, "rule")
        );
        subject.finding(&CHECK.kind, &rule.route, &rule.id, message)
    });
    Some(Vec::from_iter(finding).into())
}
