//! `sum-out-of-reach`: a score or a number of conditions that no sheet has, or none has not.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Read;
use crate::lint::words::adverb;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "sum-out-of-reach",
        severity: Severity::Error,
        summary: "A comparison of the score, or of the number of conditions met, always or never holds",
        what: "A comparison with a number that the points of all signals, or the conditions that can be met together, cannot reach, or cannot stay on one side of.",
        why: "The test looks as if it asked for something and does not.",
        example: "{score: \">= 40\"}  # the score reaches 12 at most\n{conditions_met: \">= 6\"}  # there are five",
        fix: "Compare with a number that some sheet has and some other has not.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.whole()?;
    let sums = subject.constant.sums.as_ref()?;
    let found = subject.constant.comparisons.iter();
    let found = found.filter_map(|(reading, holds)| {
        let (key, comparison, sum, range) = match reading.read {
            Read::Score(comparison) => ("score", comparison, "the score", &sums.score),
            Read::ConditionsMet(comparison) => {
                let sum = "the number of conditions met";
                ("conditions_met", comparison, sum, &sums.conditions_met)
            }
            Read::Fact(_) => return None,
        };
        let message = format!(
            "`{key}: \"{comparison}\"` {} holds: {sum} lies between {} and {}",
            adverb(*holds),
            range.start(),
            range.end()
        );
        let about = reading.route.to_string();
        Some(subject.finding(&CHECK.kind, &reading.route, &about, message))
    });
    Some(found.collect::<Vec<_>>().into())
}
