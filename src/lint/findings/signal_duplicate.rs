//! `signal-duplicate`: a signal with the test of another.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "signal-duplicate",
        severity: Severity::Error,
        summary: "Two signals have the same test",
        what: "A signal that holds on exactly the sheets on which an earlier one does, in whatever question.",
        why: "One answer is given points twice, where one number would say how much it weighs.",
        example: "- {when: {teams: \"< 5\"}, points: -1, reason: Few}\n- {when: {teams: \"<= 4\"}, points: -2, reason: Few}",
        fix: "Make one signal of them, with the points of both.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let signals: Vec<_> = rubric.signals.iter().collect();
    let tests: Vec<_> = signals.iter().map(|signal| &signal.when).collect();
    let mut found = Found::default();
    let equal = proofs.equal_tests(&tests).unwrap_or_else(|error| {
        found.unchecked("whether signals have the same test", &error);
        Vec::new()
    });
    for (earlier, later) in equal {
        let (Some(earlier), Some(later)) = (signals.get(earlier), signals.get(later)) else {
            continue;
        };
        let route = later.route.key("when");
        // Two that always or never hold are told as such.
        if subject
            .constant
            .tests
            .iter()
            .any(|test| test.route == route)
        {
            continue;
        }
        let message = format!("this signal has the same test as {}", earlier.route);
        found.findings.push(subject.finding(
            &CHECK.kind,
            &route,
            &later.route.to_string(),
            message,
        ));
    }
    Some(found)
}
