//! `test-redundant`: a part of a test that the rest implies.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::implication::{both, except, to_verdict};
use verdict::engine::{Holds, Proofs, TooLarge};
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
    if let Some(route) = implied(proofs, parts)? {
        return Ok(Some((route.clone(), "implies")));
    }
    for (route, part) in parts {
        let Test::Any(alternatives) = part else {
            continue;
        };
        if let Some(place) = covered(proofs, alternatives)? {
            return Ok(Some((route.index(place), "covers")));
        }
    }
    Ok(None)
}

/// The last part that holds wherever all others hold together, where these hold anywhere.
fn implied<'p>(
    proofs: &Proofs<'_>,
    parts: &'p [(Route, &VerdictTest)],
) -> Result<Option<&'p Route>, TooLarge> {
    if parts.len() < 2 {
        return Ok(None);
    }
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

/// The last alternative that holds only where one of the others does, and somewhere.
fn covered(proofs: &Proofs<'_>, alternatives: &[VerdictTest]) -> Result<Option<usize>, TooLarge> {
    for (at, own) in alternatives.iter().enumerate().rev() {
        let others = alternatives.iter().enumerate();
        let others = others.filter(|(other, _)| *other != at);
        let others = Test::Any(others.map(|(_, test)| test.clone()).collect());
        if proofs.advice_holds(&except(own, &others))? == Holds::Never
            && proofs.advice_holds(own)? != Holds::Never
        {
            return Ok(Some(at));
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
