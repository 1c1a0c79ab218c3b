//! `parameter-unused`: a parameter that no starter asks for.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::starters::StarterReading;
use verdict::ids::Id;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "parameter-unused",
        severity: Severity::Warning,
        summary: "No starter asks for a parameter",
        what: "A parameter whose `{id}` stands in no starter that a step names.",
        why: "Whoever reads the list goes looking for a value that nothing needs.",
        example: "parameters: [{id: forgotten, kind: word, ask: What for?}]",
        fix: "Delete it, or use it in a starter.",
    },
    look,
};

/// Nothing is said while a starter cannot be read: it may be the one that asks.
fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let asked = |reading: &StarterReading<'_>| reading.outcome.as_ref().ok().cloned();
    let asked: Vec<_> = subject.starters.iter().map(asked).collect::<Option<_>>()?;
    let mut found = Vec::new();
    for (id, parameter) in rubric.parameters.entries() {
        if asked.iter().any(|asked| asked.contains(&id)) {
            continue;
        }
        let route = Route::top().key("parameters").index(id.position());
        let message = format!("no starter asks for `{}`", parameter.id);
        found.push(subject.finding(&CHECK.kind, &route, &parameter.id, message));
    }
    Some(found.into())
}
