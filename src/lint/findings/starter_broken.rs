//! `starter-broken`: a starter that cannot be written.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "starter-broken",
        severity: Severity::Error,
        summary: "A step names a starter that cannot be used",
        what: "A starter that is not in the folder `starters` beside the rubric, that is not YAML, or that holds a `{name}` that is no parameter or stands without quotes.",
        why: "`scaffold` fails for everybody whose advice has the step.",
        example: "plan: [{id: start, title: Start, detail: So, starter: forgotten.yaml}]",
        fix: "Put the file there, declare the parameter under `parameters`, or write the placeholder in quotes.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.rubric?;
    let mut found = Vec::new();
    for reading in &subject.starters {
        for why in reading.outcome.as_ref().err().into_iter().flatten() {
            let message = format!("the starter `{}` cannot be used: {why}", reading.name);
            found.push(subject.finding(&CHECK.kind, &reading.route, reading.name, message));
        }
    }
    Some(found.into())
}
