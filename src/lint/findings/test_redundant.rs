//! `test-redundant`: a part of a test that the rest implies.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::implication::{both, except, to_verdict};
use verdict::engine::{Holds, Proofs};
use verdict::rubric::{Test, VerdictTest, places};
use verdict::text::{Part, Route};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "test-redundant",
        severity: Severity::Warning,
        summary: "A part of a test changes nothing",
        what: "A part of a test whose entries must all hold that holds wherever the others do. A part that always holds is told as such.",
        why: "Readers look for the sheets that it excludes, and there are none.",
        example: "when: {teams: \">= 5\", all: [{teams: \">= 2\"}]}",
        fix: "Delete it, or correct the number.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let signals = rubric
        .signals()
        .map(|signal| (&signal.route, to_verdict(&signal.when)));
    let named = rubric
        .named
        .iter()
        .map(|named| (&named.route, to_verdict(&named.when)));
    let rules = rubric
        .verdict
        .iter()
        .map(|rule| (&rule.route, rule.when.clone()));
    let mut found = Found::default();
    for (route, when) in signals.chain(named).chain(rules) {
        let parts = places::conjuncts(&when, &route.key("when"), subject.file);
        if parts.len() < 2
            || subject
                .constant
                .is_below(&route.key("when"), &subject.readings)
        {
            continue;
        }
        match redundant(proofs, &parts) {
            Ok(Some(part)) => {
                let message = format!(
                    "`{}` changes nothing: the rest of the test implies it",
                    subject.text(part)
                );
                let finding =
                    subject.finding_at(&CHECK.kind, (part, Part::Key), &part.to_string(), message);
                found.findings.push(finding);
            }
            Ok(None) => {}
            Err(error) => {
                found.unchecked(format!("whether a part of {route} changes nothing"), &error)
            }
        }
    }
    Some(found)
}

/// The last part that holds wherever all others hold together, where these hold anywhere.
fn redundant<'p>(
    proofs: &Proofs<'_>,
    parts: &'p [(Route, &VerdictTest)],
) -> Result<Option<&'p Route>, verdict::engine::TooLarge> {
    for (at, (route, part)) in parts.iter().enumerate().rev() {
        let others = parts.iter().enumerate().filter(|(other, _)| *other != at);
        let others = Test::All(others.map(|(_, (_, test))| (*test).clone()).collect());
        if proofs.advice_holds(&except(&others, part))? == Holds::Never
            && proofs.advice_holds(&both(&others, part))? != Holds::Never
        {
            return Ok(Some(route));
        }
    }
    Ok(None)
}
