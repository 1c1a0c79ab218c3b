//! `definitions-alike`: a definition that says what an earlier one says.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "definitions-alike",
        severity: Severity::Warning,
        summary: "Two definitions hold on the same sheets",
        what: "A definition whose test holds on exactly the sheets on which that of an earlier definition does. A condition may have a definition beside it that reads the same: it is a box.",
        why: "Whoever corrects one of them believes that the rubric is corrected.",
        example: "definitions:\n- {id: many, when: {teams: \">= 5\"}}\n- {id: several, when: {teams: \"> 4\"}}",
        fix: "Delete one of them, or give it the test that was meant.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let definitions = rubric.named.entries();
    let definitions: Vec<_> = definitions
        .filter(|(id, _)| !rubric.is_condition(*id))
        .map(|(_, named)| named)
        .collect();
    let tests: Vec<_> = definitions.iter().map(|named| &named.when).collect();
    let mut found = Found::default();
    let equal = proofs.equal_tests(&tests).unwrap_or_else(|error| {
        found.unchecked("whether definitions have the same test", &error);
        Vec::new()
    });
    for (earlier, later) in equal {
        let (Some(earlier), Some(later)) = (definitions.get(earlier), definitions.get(later))
        else {
            continue;
        };
        let route = later.route.key("when");
        let constant = &subject.constant;
        // One that always or never holds, or reads what does, is told as such.
        if constant.is_below(&route) || constant.tests.iter().any(|test| test.route == route) {
            continue;
        }
        let message = format!(
            "the definitions `{}` and `{}` hold on the same sheets",
            earlier.id, later.id
        );
        let finding = subject.finding(&CHECK.kind, &later.route, &later.id, message);
        found.findings.push(finding);
    }
    Some(found)
}
