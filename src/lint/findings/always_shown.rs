//! `always-shown`: a prerequisite, caution or step whose test excludes nothing.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::spoken::spoken;
use verdict::engine::Holds;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "always-shown",
        severity: Severity::Warning,
        summary: "A prerequisite, caution or step has a test and is always shown",
        what: "One with a test that holds on every sheet, with the recommendation that the sheet gets.",
        why: "Its test looks as if it asked for something and does not; readers think that it speaks of them.",
        example: "{id: mind, when: {teams: \">= 1\"}, text: Mind.}",
        fix: "Leave out its `when`, or write the test that was meant.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    // What could not be found out is told with what is never shown.
    let all = spoken(subject, &mut Found::default())?;
    let always = all
        .iter()
        .filter(|spoken| spoken.has_test && spoken.holds == Holds::Always);
    let found = always.map(|spoken| {
        let message = format!("{} has a test and is always shown", spoken.what);
        subject.finding(
            &CHECK.kind,
            &spoken.route.key("when"),
            &spoken.about,
            message,
        )
    });
    Some(found.collect::<Vec<_>>().into())
}
