//! `guarantee-broken`: a guarantee that some sheet breaks.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::words;
use crate::words::names;
use verdict::engine::{Counterexample, Proof};
use verdict::ids::RecommendationId;
use verdict::rubric::{Claim, Direction, Guarantee, Rubric};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "guarantee-broken",
        severity: Severity::Error,
        summary: "A guarantee does not hold on all sheets",
        what: "A guarantee with a sheet that breaks it: one on which few facts differ from what is assumed is shown.",
        why: "What the rubric promises about every answer is not so.",
        example: "{id: stay-small, when: {teams: 1}, always: [no-mesh]}",
        fix: "Change the verdict or the points, or withdraw the guarantee.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    subject.proofs?;
    let mut found = Found::default();
    for (guarantee, proof) in &subject.guarantees {
        let id = &guarantee.id;
        match proof {
            Ok(Proof::Broken(counterexample)) => {
                let how = broken(rubric, guarantee, counterexample);
                let message = format!("the guarantee `{id}` is broken: {how}");
                found
                    .findings
                    .push(subject.finding(&CHECK.kind, &guarantee.route, id, message));
            }
            Ok(Proof::Holds | Proof::Empty) => {}
            Err(error) => found.unchecked(format!("the guarantee `{id}`"), error),
        }
    }
    Some(found)
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
            format!(
                "raising `{}` from {} to {} moves the recommendation {way}, from {got} to {}, on {sheet}",
                raised.fact.id,
                words::written(&raised.fact, raised.before),
                words::written(&raised.fact, raised.after),
                given(Some(raised.recommendation)),
            )
        }
        (None, Claim::Always(expected)) => {
            let ids = expected
                .iter()
                .map(|one| rubric.recommendations[one].id.as_str());
            format!("{got} comes out instead of {} on {sheet}", names(ids))
        }
        (None, _) => format!("{got} comes out on {sheet}"),
    }
}
