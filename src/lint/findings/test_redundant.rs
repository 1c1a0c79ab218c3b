//! `test-redundant`: a part of a test that the rest implies.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::engine::{Joint, Proofs, TooLarge};
use verdict::rubric::{AdviceAtom, AdviceTest, Test, VerdictTest, places};
use verdict::text::{Part, Route};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "test-redundant",
        severity: Severity::Warning,
        summary: "A part of a test changes nothing",
        what: "A part of a test whose entries must all hold that holds wherever the others do, or one of `any` that holds only where the others do. A part that always holds is told as such.",
        why: "Readers look for the sheets that it excludes, and there are none.",
        example: "when: {teams: \">= 5\", all: [{teams: \">= 2\"}]}",
        fix: "Delete it, or correct the number.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.faultless()?, subject.proofs?);
    let signals = rubric
        .signals
        .iter()
        .map(|signal| (&signal.route, signal.when.to_verdict()));
    let named = rubric
        .named
        .iter()
        .map(|named| (&named.route, named.when.to_verdict()));
    let rules = rubric
        .verdict
        .iter()
        .map(|rule| (&rule.route, rule.when.clone()));
    let guarantees = rubric
        .guarantees
        .iter()
        .map(|own| (&own.route, own.when.clone()));
    let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
    let remarks = remarks.map(|own| (&own.route, &own.when));
    let steps = rubric.plan.iter().map(|own| (&own.route, &own.when));
    let advice = remarks
        .chain(steps)
        .filter_map(|(route, when)| Some((route, without_recommendation(when)?)));
    let all = signals
        .chain(named)
        .chain(rules)
        .chain(guarantees)
        .chain(advice);
    let mut found = Found::default();
    for (route, when) in all {
        let place = route.key("when");
        if subject.constant.is_below(&place) {
            continue;
        }
        match redundant(proofs, &places::conjuncts(&when, &place, subject.file)) {
            Ok(Some((part, rest))) => {
                let message = format!(
                    "`{}` changes nothing: the rest of the test {rest} it",
                    subject.text(&part)
                );
                let finding =
                    subject.finding_at(&CHECK.kind, (&part, Part::Key), &part.to_string(), message);
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

/// A part that changes nothing, and what the others do to it.
fn redundant(
    proofs: &Proofs<'_>,
    parts: &[(Route, &VerdictTest)],
) -> Result<Option<(Route, &'static str)>, TooLarge> {
    let tests: Vec<&VerdictTest> = parts.iter().map(|(_, test)| *test).collect();
    let needless = proofs.needless(&tests, Joint::All)?;
    if let Some((route, _)) = needless.and_then(|at| parts.get(at)) {
        return Ok(Some((route.clone(), "implies")));
    }
    for (route, part) in parts {
        if let Test::Any(alternatives) = part {
            let tests: Vec<&VerdictTest> = alternatives.iter().collect();
            if let Some(at) = proofs.needless(&tests, Joint::Any)? {
                return Ok(Some((route.index(at), "covers")));
            }
        }
    }
    Ok(None)
}

/// The test of a remark or a step as one of the verdict; `None` when it reads the recommendation.
fn without_recommendation(when: &AdviceTest) -> Option<VerdictTest> {
    let all = |tests: &[AdviceTest]| -> Option<Vec<VerdictTest>> {
        tests.iter().map(without_recommendation).collect()
    };
    Some(match when {
        Test::All(tests) => Test::All(all(tests)?),
        Test::Any(tests) => Test::Any(all(tests)?),
        Test::Not(test) => Test::Not(Box::new(without_recommendation(test)?)),
        Test::Atom(AdviceAtom::Verdict(atom)) => Test::Atom(atom.clone()),
        Test::Atom(AdviceAtom::Recommendation(_)) => return None,
    })
}
