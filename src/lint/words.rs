//! Sheets, values and lists of names in words, as they are written in files.

use verdict::cases::Outcome;
use verdict::engine::Move;
use verdict::ids::{RecommendationId, RuleId};
use verdict::rubric::{Fact, Rubric, Value};
use verdict::text::flow;

/// A value as it is written in an answers file.
pub fn written(fact: &Fact, value: Value) -> String {
    flow(&fact.write(value))
}

/// Values of facts as they are written in an answers file, on one line.
pub fn values<'f>(values: impl IntoIterator<Item = (&'f Fact, Value)>) -> String {
    let entries = values
        .into_iter()
        .map(|(fact, value)| format!("{}: {}", fact.id, written(fact, value)));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

/// Where a sheet lies, seen from the assumed one.
pub(super) fn sheet(moves: &[Move]) -> String {
    if moves.is_empty() {
        return "the sheet on which every fact has its assumed value".into();
    }
    format!(
        "{}, the rest as assumed",
        values(moves.iter().map(|one| (one.fact.as_ref(), one.value)))
    )
}

/// What came of a case instead of what it expects.
pub fn difference(rubric: &Rubric, outcome: &Outcome<'_>) -> String {
    let recommendation = |own: RecommendationId| rubric.recommendations[own].id.as_str();
    let by = |rule: Option<RuleId>| {
        rule.map_or(String::new(), |rule| {
            format!(" by the rule `{}`", rubric.verdict[rule].id)
        })
    };
    let (case, expected) = (outcome.case, recommendation(outcome.case.recommend));
    match outcome.recommendation() {
        Some(got) => {
            format!(
                "expected `{expected}`{}, got `{}`{}",
                by(case.rule),
                recommendation(got),
                by(outcome.rule())
            )
        }
        None => format!("expected `{expected}`{}, but no rule holds", by(case.rule)),
    }
}

/// "always" or "never".
pub(super) fn adverb(holds: bool) -> &'static str {
    if holds { "always" } else { "never" }
}
