//! `source-undated`: a source without a date.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::ids::Id;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "source-undated",
        severity: Severity::Note,
        summary: "A source has no date",
        what: "A source without `as_of`.",
        why: "Facts age: without a date nobody can tell how far to trust them.",
        example: "sources: [{id: docs, title: Docs, where: https://example.org}]",
        fix: "Add `as_of: YYYY-MM-DD`, the day on which it was last known to hold.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let sources = subject.faultless()?.sources.entries();
    let found = sources
        .filter(|(_, source)| source.as_of.is_none())
        .map(|(id, source)| {
            let message = format!("the source `{}` has no date", source.id);
            let route = Route::top().key("sources").index(id.position());
            subject.finding(&CHECK.kind, &route, &source.id, message)
        });
    Some(found.collect::<Vec<_>>().into())
}
