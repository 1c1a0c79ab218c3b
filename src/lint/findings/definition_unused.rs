//! `definition-unused`: a definition that no test refers to.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::readings::{Read, Reading};
use verdict::ids::NamedId;
use verdict::rubric::FactAtom;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "definition-unused",
        severity: Severity::Warning,
        summary: "No test refers to a definition",
        what: "A definition whose name stands in no test.",
        why: "Readers look for what it decides.",
        example: "definitions: [{id: lonely, when: {teams: 1}}]",
        fix: "Use it or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let referred = |reading: &Reading<'_>| match reading.read {
        Read::Fact(FactAtom::Named { named, .. }) => Some(*named),
        _ => None,
    };
    let referred: BTreeSet<NamedId> = subject.readings.iter().filter_map(referred).collect();
    let mut found = Vec::new();
    for (id, named) in rubric
        .named
        .entries()
        .filter(|(id, _)| !rubric.is_condition(*id))
    {
        if !referred.contains(&id) && !subject.is_named_by_a_mistake(&named.id) {
            let message = format!("no test refers to the definition `{}`", named.id);
            found.push(subject.finding(&CHECK.kind, &named.route, &named.id, message));
        }
    }
    Some(found.into())
}
