//! `case-fails`: a case that does not come out as it says.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::words;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "case-fails",
        severity: Severity::Error,
        summary: "A case does not come out as expected",
        what: "A case whose sheet gets another recommendation, or gets it from another rule, than it says.",
        why: "The example or the verdict is wrong.",
        example: "{id: start-up, answers: {services: 8}, recommend: mesh}",
        fix: "Decide which of them is right and change the other.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let failed = subject.outcomes.iter().filter(|outcome| !outcome.passes());
    let found = failed.map(|outcome| {
        let case = outcome.case;
        let key = if outcome.gives_recommendation() {
            "rule"
        } else {
            "recommend"
        };
        let message = format!(
            "the case `{}` fails: {}",
            case.id,
            words::difference(rubric, outcome)
        );
        subject.finding(&CHECK.kind, &case.route.key(key), &case.id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
