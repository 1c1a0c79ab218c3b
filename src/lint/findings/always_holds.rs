//! `always-holds`: a test that holds on every sheet.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "always-holds",
        severity: Severity::Warning,
        summary: "A signal, condition or definition holds on every sheet",
        what: "A test that nothing can fail.",
        why: "It says nothing about the answers: its points or its box come with every sheet.",
        example: "when: {any: [{teams: \"< 5\"}, {teams: \">= 5\"}]}",
        fix: "Narrow the test, or move the points into the comparisons of the score.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.proofs?;
    let constant = subject.constant.tests.iter().filter(|test| test.holds);
    let found = constant.map(|test| {
        let message = format!("{} holds on every sheet", test.what);
        subject.finding(&CHECK.kind, &test.route, &test.about, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
