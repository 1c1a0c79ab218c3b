//! `count-out-of-reach`: a number of conditions that never comes about, or always.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Read;
use crate::lint::words::adverb;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "count-out-of-reach",
        severity: Severity::Error,
        summary: "A comparison of the number of conditions always or never holds",
        what: "A comparison with a number of conditions that cannot be met together, or cannot be missed.",
        why: "The test looks as if it asked for something and does not.",
        example: "{conditions_met: \">= 6\"}  # there are five",
        fix: "Compare with a number that some sheet has and some other has not.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    subject.whole()?;
    let range = &subject.constant.sums.as_ref()?.conditions_met;
    let mut found = Vec::new();
    for (reading, holds) in &subject.constant.comparisons {
        if let Read::ConditionsMet(comparison) = reading.read {
            let message = format!(
                "`conditions_met: \"{comparison}\"` {} holds: the number of conditions met lies between {} and {}",
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
