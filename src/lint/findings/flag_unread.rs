//! `flag-unread`: a flag that no test names.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::ids::{Id, OptionId};
use verdict::rubric::{Kind as FactKind, Options};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "flag-unread",
        severity: Severity::Warning,
        summary: "No test names a flag",
        what: "A flag of a fact whose other flags are named in tests, while no test names this one.",
        why: "People tick it, and nothing comes of it.",
        example: "options: [{id: used, title: U}, {id: forgotten, title: F}]  # and the tests name only `used`",
        fix: "Name it in a test, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let mut found = Vec::new();
    for fact in rubric
        .facts
        .iter()
        .filter(|fact| !subject.is_named_by_a_mistake(&fact.id))
    {
        let FactKind::Flags(options) = &fact.kind else {
            continue;
        };
        let named = subject
            .readings
            .iter()
            .filter_map(|reading| reading.options(fact));
        let named = named.fold(Options::default(), Options::or);
        let unread: Vec<OptionId> = options
            .ids()
            .filter(|flag| !named.contains(*flag))
            .collect();
        // Several are told as options that are alike.
        let ([only], false) = (unread.as_slice(), named.is_empty()) else {
            continue;
        };
        let flag = &options[*only].id;
        let message = format!("no test names the flag `{flag}` of `{}`", fact.id);
        let route = fact.route.key("options").index(only.position());
        found.push(subject.finding(&CHECK.kind, &route, &fact.id, message));
    }
    Some(found.into())
}
