//! `rule-duplicate`: a rule with the test of an earlier one.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rule-duplicate",
        severity: Severity::Error,
        summary: "Two rules of the verdict have the same test",
        what: "A rule whose test holds on exactly the sheets on which that of an earlier rule does.",
        why: "The first rule that holds fires, so the later one never does.",
        example: "- {id: a, when: {teams: \"< 5\"}, recommend: no-mesh, because: Few}\n\
                  - {id: b, when: {teams: \"<= 4\"}, recommend: mesh, because: Few}",
        fix: "Delete one of them, or give it the test that was meant.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let mut found = Found::default();
    let equal = proofs.equal_rules().unwrap_or_else(|error| {
        found.unchecked("whether rules have the same test", &error);
        Vec::new()
    });
    for (earlier, later) in equal {
        // Where a rule hides all after it, or contradicts another, that is told once.
        if subject.last_rule == Some(earlier) || subject.is_in_conflict(later) {
            continue;
        }
        let (earlier, later) = (&rubric.verdict[earlier], &rubric.verdict[later]);
        let message = format!(
            "the rule `{}` never fires: it has the same test as `{}`",
            later.id, earlier.id
        );
        found
            .findings
            .push(subject.finding(&CHECK.kind, &later.route, &later.id, message));
    }
    Some(found)
}
