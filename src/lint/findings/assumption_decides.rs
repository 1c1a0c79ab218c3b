//! `assumption-decides`: an `assume` that ticks a box or makes a rule hold.

use super::{Check, Found, Subject};
use crate::finding::{Finding, Kind, Severity};
use crate::lint::readings::Reading;
use verdict::answers::Sheet;
use verdict::engine::{evaluate, verdict_holds};
use verdict::rubric::Rubric;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "assumption-decides",
        severity: Severity::Warning,
        summary: "Assumed values alone tick a box, or make a rule hold that gives more than the least",
        what: "The sheet on which every fact has its assumed value: the conditions that hold there, and the rules with a test that hold there and give another recommendation than the first (a note).",
        why: "An assumption is the honest reading of what is not known: it speaks for nothing. Otherwise whoever answers nothing is told to do something.",
        example: "{id: mandate, kind: yes_no, ask: Is there one?, assume: true}",
        fix: "Assume the value that does not tick the box.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let assumed = Sheet::unknown(rubric).assuming(rubric);
    let evaluation = evaluate(rubric, &assumed);
    let mut found = Vec::new();
    for condition in &rubric.conditions {
        if evaluation.named_holds(condition.named) {
            let what = format!("the condition `{}` hold", condition.id);
            let test = &rubric.named[condition.named];
            found.push(finding(subject, rubric, &test.route, &condition.id, what));
        }
    }
    // In a table of rows some row always holds, and there is no score or box that an assumption could feed.
    if rubric.conditions.is_empty() && rubric.signals.is_empty() {
        return Some(found.into());
    }
    let least = rubric.recommendations.ids().next();
    let dead = subject.proofs?.dead_rules();
    for (_, rule) in rubric
        .verdict
        .entries()
        .filter(|(id, _)| !dead.contains(id))
    {
        let is_tested = !rule.when.is_always() && Some(rule.recommend) != least;
        if is_tested && verdict_holds(&rule.when, &assumed, &evaluation) {
            let recommendation = &rubric.recommendations[rule.recommend].id;
            let what = format!(
                "the rule `{}` hold, which gives `{recommendation}`",
                rule.id
            );
            let finding = finding(subject, rubric, &rule.route, &rule.id, what);
            found.push(finding.with_severity(Severity::Note));
        }
    }
    Some(found.into())
}

/// At the assumption of the first fact that the test reads by itself, else at the test.
fn finding(
    subject: &Subject<'_>,
    rubric: &Rubric,
    route: &Route,
    about: &str,
    what: String,
) -> Finding {
    let is_inside = |reading: &&Reading<'_>| reading.route.steps().starts_with(route.steps());
    let fact = subject
        .readings
        .iter()
        .filter(is_inside)
        .find_map(|reading| reading.fact());
    let fact = fact.map(|id| &rubric.facts[id]);
    let message = match fact {
        Some(fact) => format!("what is assumed of `{}` makes {what}", fact.id),
        None => format!("what is assumed makes {what}"),
    };
    let place = fact.map_or(route.key("when"), |fact| fact.route.key("assume"));
    subject.finding(&CHECK.kind, &place, about, message)
}
