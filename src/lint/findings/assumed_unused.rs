//! `assumed-unused`: a text for assumptions that is never said.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::wordings::{all, why};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "assumed-unused",
        severity: Severity::Warning,
        summary: "A text for assumptions is never said",
        what: "An `assumed` of a signal, rule, remark or step that is certain whenever it is said.",
        why: "Its author thought of a case that does not exist, or the test is not what was meant.",
        example: "{when: {teams: \">= 5\"}, points: 1, reason: Many teams., assumed: Perhaps many teams.} # teams: assume 1",
        fix: "Delete it, or correct the test.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    // What could not be found out is told by `assumed-missing`.
    let resting = subject.resting.as_ref()?.as_ref().ok()?;
    let mut found = Found::default();
    for worded in all(rubric)
        .iter()
        .filter(|worded| worded.wording.assumed.is_some())
    {
        let Some(resting) = resting
            .get(&worded.saying)
            .filter(|resting| resting.can_be_said)
        else {
            continue;
        };
        if why(worded, resting, rubric).is_none() {
            let message = format!("the `assumed` of {} is never said", worded.what);
            let route = worded.route.key("assumed");
            let finding =
                subject.finding_at(&CHECK.kind, (&route, Part::Key), &worded.about, message);
            found.findings.push(finding);
        }
    }
    Some(found)
}
