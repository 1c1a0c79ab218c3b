//! `source-in-future`: a source dated after the day of the check.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::ids::Id;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "source-in-future",
        severity: Severity::Warning,
        summary: "A source is dated after today",
        what: "A source with an `as_of` after the day of the check.",
        why: "A date that has not come makes what it says seem fresh for longer than it is.",
        example: "sources: [{id: docs, title: Docs, where: https://example.org, as_of: 2062-01-01}]",
        fix: "Correct the date.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let mut found = Vec::new();
    for (id, source) in subject.rubric?.sources.entries() {
        if let Some(as_of) = source.as_of.filter(|day| *day > subject.today) {
            let message = format!(
                "the source `{}` is dated {as_of}, which has not come",
                source.id
            );
            let route = Route::top()
                .key("sources")
                .index(id.position())
                .key("as_of");
            found.push(subject.finding(&CHECK.kind, &route, &source.id, message));
        }
    }
    Some(found.into())
}
