//! The outcome of `rubric check` as one JSON object, schema `mesh-advisor/rubric-check/1`.
//!
//! The structs here are the promise to users. Counts of sheets are strings: they can be too large for a number.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::Severity;
use crate::lint::{Proved, RubricReport};
use crate::show::findings::json::{Finding, findings};
use crate::show::{json, sheets};
use verdict::engine::{Move, Proof};
use verdict::ids::RecommendationId;
use verdict::text::Tree;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/rubric-check/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    rubric: Option<Rubric<'r>>,
    summary: Summary,
    sheets: Option<String>,
    recommendations: Vec<Recommendation<'r>>,
    uncovered: Option<String>,
    score: Option<Range>,
    conditions_met: Option<Range>,
    guarantees: Vec<Guarantee<'r>>,
    unchecked: Vec<Unchecked<'r>>,
    findings: Vec<Finding<'r>>,
}

#[derive(Serialize)]
struct Rubric<'r> {
    id: &'r str,
    version: &'r str,
}

#[derive(Serialize)]
struct Summary {
    errors: usize,
    warnings: usize,
    notes: usize,
    complete: bool,
    left_out: usize,
    rules: Option<usize>,
    dead_rules: Option<usize>,
    cases: Option<usize>,
    failed_cases: Option<usize>,
}

#[derive(Serialize)]
struct Recommendation<'r> {
    id: &'r str,
    sheets: String,
    share: f64,
}

#[derive(Serialize)]
struct Range {
    least: i64,
    most: i64,
}

#[derive(Serialize)]
struct Guarantee<'r> {
    id: &'r str,
    /// `proved`, `empty`, `broken` or `unchecked`.
    outcome: &'static str,
    counterexample: Option<Broken<'r>>,
}

/// A sheet that breaks a guarantee.
#[derive(Serialize)]
struct Broken<'r> {
    /// What differs from the assumed sheet.
    answers: BTreeMap<&'r str, Tree>,
    /// What comes out there; nothing where no rule holds.
    recommendation: Option<&'r str>,
    raised: Option<Step<'r>>,
}

/// A fact that is raised, and what comes out then.
#[derive(Serialize)]
struct Step<'r> {
    fact: &'r str,
    before: Tree,
    after: Tree,
    recommendation: Option<&'r str>,
}

#[derive(Serialize)]
struct Unchecked<'r> {
    what: &'r str,
    why: &'r str,
}

/// The object, with a line feed at the end.
pub fn render(results: &RubricReport) -> String {
    let report = &results.report;
    let proved = results.proved.as_ref();
    let sums = proved.and_then(|proved| proved.sums.as_ref());
    let range = |range: &std::ops::RangeInclusive<i64>| Range {
        least: *range.start(),
        most: *range.end(),
    };
    let document = Document {
        schema: SCHEMA,
        rubric: results
            .rubric
            .as_ref()
            .map(|(id, version)| Rubric { id, version }),
        summary: Summary {
            errors: report.count(Severity::Error),
            warnings: report.count(Severity::Warning),
            notes: report.count(Severity::Note),
            complete: results.unchecked.is_empty(),
            left_out: results.left_out,
            rules: proved.map(|proved| proved.rules.0),
            dead_rules: proved.map(|proved| proved.rules.1),
            cases: proved.map(|proved| proved.cases.0),
            failed_cases: proved.map(|proved| proved.cases.1),
        },
        sheets: proved.map(|proved| proved.sheets.to_string()),
        recommendations: proved.map(recommendations).unwrap_or_default(),
        uncovered: proved.map(|proved| proved.uncovered.to_string()),
        score: sums.map(|sums| range(&sums.score)),
        conditions_met: sums.map(|sums| range(&sums.conditions_met)),
        guarantees: proved.map(guarantees).unwrap_or_default(),
        unchecked: results
            .unchecked
            .iter()
            .map(|one| Unchecked {
                what: &one.what,
                why: &one.why,
            })
            .collect(),
        findings: findings(report),
    };
    json::document(&document)
}

fn recommendations(proved: &Proved) -> Vec<Recommendation<'_>> {
    let shares = proved.shares.iter();
    shares
        .map(|(id, count)| Recommendation {
            id,
            sheets: count.to_string(),
            share: sheets::fraction(count, &proved.sheets),
        })
        .collect()
}

fn guarantees(proved: &Proved) -> Vec<Guarantee<'_>> {
    let outcome = |proof: &Option<Proof>| match proof {
        Some(Proof::Holds) => "proved",
        Some(Proof::Empty) => "empty",
        Some(Proof::Broken(_)) => "broken",
        None => "unchecked",
    };
    let all = proved.guarantees.iter();
    all.map(|(id, proof)| Guarantee {
        id,
        outcome: outcome(proof),
        counterexample: broken(proved, proof.as_ref()),
    })
    .collect()
}

fn broken<'r>(proved: &'r Proved, proof: Option<&'r Proof>) -> Option<Broken<'r>> {
    let Some(Proof::Broken(counterexample)) = proof else {
        return None;
    };
    let id = |own: RecommendationId| proved.shares[own].0.as_str();
    let answer = |one: &'r Move| (one.fact.id.as_str(), one.fact.write(one.value));
    Some(Broken {
        answers: counterexample.moves.iter().map(answer).collect(),
        recommendation: counterexample.recommendation.map(id),
        raised: counterexample.raised.as_ref().map(|raised| Step {
            fact: &raised.fact.id,
            before: raised.fact.write(raised.before),
            after: raised.fact.write(raised.after),
            recommendation: Some(id(raised.recommendation)),
        }),
    })
}
