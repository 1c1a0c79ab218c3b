//! `placeholder-unread`: a `{fact}` in a text that its test does not read.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::spoken::worded;
use crate::words::names;
use verdict::ids::FactId;
use verdict::rubric::Text;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "placeholder-unread",
        severity: Severity::Warning,
        summary: "A text names a fact that its test does not read",
        what: "A `{fact}` in the text of a signal, a rule, a prerequisite, a caution or a step whose test does not read that fact, directly or by a condition or definition.",
        why: "The text quotes an answer that has nothing to do with why it is said, and that may not have been given.",
        example: "{when: {teams: \">= 5\"}, points: 1, reason: \"{services} services are many.\"}",
        fix: "Name a fact that the test reads, or add the test on it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let mut found = Vec::new();
    for worded in worded(rubric) {
        if worded.reads_everything {
            continue;
        }
        let named: BTreeSet<FactId> = worded.wording.texts().flat_map(Text::names).collect();
        let unread: Vec<&str> = named
            .difference(&worded.reads)
            .map(|fact| rubric.facts[*fact].id.as_str())
            .collect();
        if !unread.is_empty() {
            let message = format!(
                "the text names {}, which its test does not read",
                names(unread)
            );
            let route = worded.route.key(worded.key);
            found.push(subject.finding(&CHECK.kind, &route, &worded.route.to_string(), message));
        }
    }
    Some(found.into())
}
