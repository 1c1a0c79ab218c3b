//! `score-unread`: points that nothing adds up.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Read;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "score-unread",
        severity: Severity::Warning,
        summary: "Signals have points, and no test reads the score",
        what: "Signals with points in a rubric in which no test reads `score`: told at the first of them.",
        why: "The points are shown with each answer, and readers think that they weigh something.",
        example: "signals: [{when: {teams: \">= 5\"}, points: 2, reason: Many teams}]  # and no rule reads score",
        fix: "Let a rule read `score`; a signal that only explains has 0 points.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let is_read = subject
        .readings
        .iter()
        .any(|reading| matches!(reading.read, Read::Score(_)));
    let first = rubric.signals.iter().find(|signal| signal.points != 0);
    let found = first.filter(|_| !is_read).map(|signal| {
        let route = signal.route.key("points");
        let message = "signals have points, and no test reads the score";
        subject.finding(&CHECK.kind, &route, "score", message)
    });
    Some(found.into_iter().collect::<Vec<_>>().into())
}
