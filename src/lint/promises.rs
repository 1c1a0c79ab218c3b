//! What a rubric promises: guarantees about all sheets, and cases.

use super::catalogue::{CASE_FAILS, GUARANTEE_BROKEN, GUARANTEE_EMPTY};
use super::desk::Desk;
use super::words;
use crate::words::names;
use verdict::cases::Outcome;
use verdict::engine::{Counterexample, Proof, Proofs};
use verdict::ids::RecommendationId;
use verdict::rubric::{Claim, Direction, Guarantee, Rubric};

/// Proves the guarantees, or shows what breaks them.
pub(super) fn guarantees(
    desk: &mut Desk<'_>,
    rubric: &Rubric,
    proofs: &Proofs<'_>,
) -> Vec<(String, Option<Proof>)> {
    let mut proved = Vec::new();
    for guarantee in &rubric.guarantees {
        let proof = proofs.prove(guarantee);
        let id = &guarantee.id;
        match &proof {
            Ok(Proof::Holds) => {}
            Ok(Proof::Empty) => {
                let message =
                    format!("the guarantee `{id}` speaks of no sheet: its test never holds");
                let finding = desk.finding(&GUARANTEE_EMPTY, &guarantee.route, id, message);
                desk.report_with_caveat(finding);
            }
            Ok(Proof::Broken(counterexample)) => {
                let message = format!(
                    "the guarantee `{id}` is broken: {}",
                    broken(rubric, guarantee, counterexample)
                );
                let finding = desk.finding(&GUARANTEE_BROKEN, &guarantee.route, id, message);
                desk.report_with_caveat(finding);
            }
            Err(error) => desk.unchecked(format!("the guarantee `{id}`"), error),
        }
        proved.push((id.to_string(), proof.ok()));
    }
    proved
}

/// How a counterexample breaks a guarantee.
fn broken(rubric: &Rubric, guarantee: &Guarantee, counterexample: &Counterexample) -> String {
    let given = |own: Option<RecommendationId>| match own {
        Some(own) => format!("`{}`", rubric.recommendations[own].id),
        None => "no recommendation".to_owned(),
    };
    let sheet = words::sheet(&counterexample.moves);
    let got = given(counterexample.recommendation);
    match (&counterexample.raised, &guarantee.claim) {
        (Some(raised), claim) => {
            let way = match claim {
                Claim::Monotone {
                    direction: Direction::Down,
                    ..
                } => "up",
                _ => "down",
            };
            let (before, after) = (
                words::written(&raised.fact, raised.before),
                words::written(&raised.fact, raised.after),
            );
            format!(
                "raising `{}` from {before} to {after} moves the recommendation {way}, from {got} to {}, on {sheet}",
                raised.fact.id,
                given(Some(raised.recommendation)),
            )
        }
        (None, Claim::Always(expected)) => {
            let ids = expected.iter().map(|one| &rubric.recommendations[one].id);
            format!(
                "{got} comes out instead of {} on {sheet}",
                names(ids.map(|id| id.as_str()))
            )
        }
        (None, _) => format!("{got} comes out on {sheet}"),
    }
}

/// Runs the cases; how many failed, and how many there are.
pub(super) fn cases(desk: &mut Desk<'_>, rubric: &Rubric) -> (usize, usize) {
    let mut failed = 0;
    for case in &rubric.cases {
        let outcome = Outcome::of(rubric, case);
        if outcome.passes() {
            continue;
        }
        failed += 1;
        let key = if outcome.gives_recommendation() {
            "rule"
        } else {
            "recommend"
        };
        let message = format!(
            "the case `{}` fails: {}",
            case.id,
            words::difference(rubric, &outcome)
        );
        let finding = desk.finding(&CASE_FAILS, &case.route.key(key), &case.id, message);
        desk.report_with_caveat(finding);
    }
    (failed, rubric.cases.len())
}
