//! `never-shown`: a prerequisite, caution or step that is never shown.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::spoken::spoken;
use verdict::engine::Holds;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "never-shown",
        severity: Severity::Error,
        summary: "A prerequisite, caution or step is never shown",
        what: "One whose test holds on no sheet, with the recommendation that the sheet gets.",
        why: "What it says is never read; most often its test asks for a recommendation that its facts exclude.",
        example: "{id: thin, when: {recommendation: mesh, teams: 1}, text: Mind.}  # and one team never gets mesh",
        fix: "Correct its test, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let mut found = Found::default();
    for spoken in spoken(subject, &mut found)? {
        if spoken.holds == Holds::Never {
            let message = format!("{} is never shown", spoken.what);
            let route = spoken.route.key("when");
            found
                .findings
                .push(subject.finding(&CHECK.kind, &route, &spoken.about, message));
        }
    }
    Some(found)
}
