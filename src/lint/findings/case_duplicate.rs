//! `case-duplicate`: a case twice.

use std::collections::BTreeMap;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::rubric::Value;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "case-duplicate",
        severity: Severity::Note,
        summary: "Two cases have the same answers",
        what: "A case whose sheet, with what is assumed for the rest, is that of an earlier case.",
        why: "The second proves nothing; perhaps an answer was to be changed in it.",
        example: "cases:\n- {id: one, answers: {teams: 2}, recommend: no-mesh}\n- {id: two, answers: {teams: 2}, recommend: no-mesh}",
        fix: "Change an answer, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let mut first: BTreeMap<Vec<Option<Value>>, &str> = BTreeMap::new();
    let mut found = Vec::new();
    // One that fails is wrong in another way first.
    for outcome in subject.outcomes.iter().filter(|outcome| outcome.passes()) {
        let case = outcome.case;
        let values = rubric
            .facts
            .iter()
            .map(|fact| outcome.sheet.value(fact))
            .collect();
        match first.get(&values) {
            Some(earlier) => {
                let message = format!("the case `{}` has the same answers as `{earlier}`", case.id);
                found.push(subject.finding(&CHECK.kind, &case.route, &case.id, message));
            }
            None => {
                first.insert(values, &case.id);
            }
        }
    }
    Some(found.into())
}
