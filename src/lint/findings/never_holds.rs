//! `never-holds`: a test that holds on no sheet.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "never-holds",
        severity: Severity::Error,
        summary: "A signal, condition or definition holds on no sheet",
        what: "A test that contradicts itself.",
        why: "Its points are never given, its box is never ticked.",
        example: "when: {all: [{teams: \"< 5\"}, {teams: \">= 5\"}]}",
        fix: "Write `any` where one test is enough, or correct the numbers.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.proofs?;
    let constant = subject.constant.tests.iter().filter(|test| !test.holds);
    let found = constant.map(|test| {
        let message = format!("{} holds on no sheet", test.what);
        subject.finding(&CHECK.kind, &test.route, &test.about, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
