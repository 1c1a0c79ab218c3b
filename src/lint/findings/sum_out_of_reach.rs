//! `score-out-of-reach`: a score that no sheet has, or none has not.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Read;
use crate::lint::words::adverb;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "score-out-of-reach",
        severity: Severity::Error,
        summary: "A comparison of the score always or never holds",
        what: "A comparison with a number that the points of all signals cannot reach, or cannot stay on one side of.",
        why: "The test looks as if it asked for something and does not.",
        example: "{score: \">= 40\"}  # the score reaches 12 at most",
        fix: "Compare with a score that some sheet has and some other has not.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.whole()?;
    let range = &subject.constant.sums.as_ref()?.score;
    let mut found = Vec::new();
    for (reading, holds) in &subject.constant.comparisons {
        if let Read::Score(comparison) = reading.read {
            let message = format!(
                "`score: \"{comparison}\"` {} holds: the score lies between {} and {}",
                adverb(*holds),
                range.start(),
                range.end()
            );
            let about = reading.route.to_string();
            found.push(subject.finding(&CHECK.kind, &reading.route, &about, message));
        }
    }
    Some(found.into())
}
