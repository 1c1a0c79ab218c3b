//! `option-without-signal`: an option that signals pass over.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::Owner;
use verdict::ids::Id;
use verdict::rubric::{Kind as FactKind, Options, Value};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "option-without-signal",
        severity: Severity::Note,
        summary: "Signals tell of most options of a choice, and not of this one",
        what: "An option of a choice that no signal names, where signals name two or more others. The option that is assumed needs none.",
        why: "Whoever chooses it reads nothing about it, as if it had been forgotten.",
        example: "options: none, some, all  # and signals for none and all",
        fix: "Add a signal; one that only explains has 0 points.",
    },
    look,
};

/// From how many options on signals are taken to walk along a choice.
const WALK: usize = 2;

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let mut found = Vec::new();
    for fact in rubric.facts.iter() {
        let FactKind::Choice(options) = &fact.kind else {
            continue;
        };
        if subject.is_named_by_a_mistake(&fact.id) {
            continue;
        }
        let signals = subject
            .readings
            .iter()
            .filter(|reading| matches!(reading.owner, Owner::Signal(_)));
        let named = signals.filter_map(|reading| reading.options(fact));
        let named = named.fold(Options::default(), Options::or);
        if named.count() < WALK {
            continue;
        }
        for (id, option) in options.entries() {
            if !named.contains(id) && fact.assume != Some(Value::Choice(id)) {
                let message = format!(
                    "no signal names the option `{}` of `{}`",
                    option.id, fact.id
                );
                let route = fact.route.key("options").index(id.position());
                let about = format!("{}.{}", fact.id, option.id);
                found.push(subject.finding(&CHECK.kind, &route, &about, message));
            }
        }
    }
    Some(found.into())
}
