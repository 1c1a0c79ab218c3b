//! `options-alike`: options that no test tells apart.

use std::collections::BTreeMap;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::words::names;
use verdict::ids::{Id, OptionId};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "options-alike",
        severity: Severity::Note,
        summary: "Options are told apart by no test",
        what: "Options of one fact that every test in the rubric treats alike, also those of remarks and of the plan.",
        why: "People weigh a difference that makes none.",
        example: "options: [{id: a, …}, {id: b, …}]  # and each test reads [a, b]",
        fix: "Make one option of them, or let a test tell them apart.",
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
        let named: Vec<_> = subject
            .readings
            .iter()
            .filter_map(|reading| reading.options(fact))
            .collect();
        if named.is_empty() {
            continue;
        }
        let mut alike: BTreeMap<Vec<bool>, Vec<OptionId>> = BTreeMap::new();
        for option in fact.options().ids() {
            let tested = named
                .iter()
                .map(|options| options.contains(option))
                .collect();
            alike.entry(tested).or_default().push(option);
        }
        for group in alike.values() {
            let [_, second, ..] = group.as_slice() else {
                continue;
            };
            let ids = fact.ids_of(group.iter().copied().collect());
            let ids = names(ids.map(|id| id.as_str()));
            let message = format!("no test tells the options {ids} of `{}` apart", fact.id);
            let route = fact.route.key("options").index(second.position());
            found.push(subject.finding(&CHECK.kind, &route, &fact.id, message));
        }
    }
    Some(found.into())
}
