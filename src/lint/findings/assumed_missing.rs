//! `assumed-missing`: a text that can be said on an assumption and does not say so.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::wordings::{all, why};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "assumed-missing",
        severity: Severity::Warning,
        summary: "A text can be said on an assumption and does not say so",
        what: "A signal, rule, remark or step without `assumed` that can be said while an unknown answer would refute it, or while a `{fact}` in its text is unknown. Not looked for in a rubric that has no `assumed` at all.",
        why: "What is assumed would be spoken as if it had been answered. Until there is a second text, \"Assumed, not known\" stands before the first.",
        example: "{when: {platform_team: none}, points: -3, reason: Nobody would own it.}",
        fix: "Add `assumed`, which says what is not known and what follows if it is as assumed.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let mut found = Found::default();
    let resting = match subject.resting.as_ref()? {
        Ok(resting) => resting,
        Err(error) => {
            found.unchecked("which texts can be said on an assumption", error);
            return Some(found);
        }
    };
    for worded in all(rubric)
        .iter()
        .filter(|worded| worded.wording.assumed.is_none())
    {
        let why = resting
            .get(&worded.saying)
            .and_then(|resting| why(worded, resting, rubric));
        if let Some(why) = why {
            let message = format!("{} can be said {why}, and has no `assumed`", worded.what);
            found
                .findings
                .push(subject.finding(&CHECK.kind, worded.route, &worded.about, message));
        }
    }
    Some(found)
}
