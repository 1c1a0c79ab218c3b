//! `threshold-out-of-range`: a number beyond what a count can be.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Read;
use crate::lint::words::adverb;
use verdict::rubric::{Accepts, Domain, FactAtom};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "threshold-out-of-range",
        severity: Severity::Error,
        summary: "A comparison tells no two values of its fact apart",
        what: "A comparison with a number at or beyond the end of what the count can be, so that it always or never holds.",
        why: "The test looks as if it asked for something and does not.",
        example: "{services: \">= 200000\"}  # max: 100000",
        fix: "Compare with a number inside the range, or widen `min` and `max`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let mut found = Vec::new();
    for (reading, holds) in &subject.constant.comparisons {
        if let Read::Fact(FactAtom::Fact {
            fact,
            accepts: Accepts::Count(comparison),
        }) = reading.read
            && let fact = &rubric.facts[*fact]
            && let Domain::Numbers(min, max) = fact.kind.domain()
        {
            let message = format!(
                "`{id}: \"{} {}\"` {} holds: `{id}` lies between {} and {}",
                comparison.relation,
                fact.kind.number(comparison.bound),
                adverb(*holds),
                fact.kind.number(min),
                fact.kind.number(max),
                id = fact.id
            );
            let about = reading.route.to_string();
            found.push(subject.finding(&CHECK.kind, &reading.route, &about, message));
        }
    }
    Some(found.into())
}
