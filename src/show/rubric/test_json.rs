//! The outcome of cases as one JSON object, schema `mesh-advisor/rubric-test/1`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::test::{CaseRun, TestRun, signal};
use crate::show::json;
use verdict::cases::{Subject, Suggestion};
use verdict::ids::{RecommendationId, RuleId};
use verdict::rubric::Rubric;
use verdict::text::Tree;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/rubric-test/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    rubric: &'r str,
    version: String,
    passed: usize,
    failed: usize,
    cases: Vec<OneCase<'r>>,
    unexercised: Subjects<'r>,
    suggestions: Option<Vec<NewCase<'r>>>,
    unchecked: Option<&'r str>,
}

#[derive(Serialize)]
struct OneCase<'r> {
    id: &'r str,
    path: &'r str,
    line: usize,
    passes: bool,
    expected: Given<'r>,
    got: Given<'r>,
}

#[derive(Serialize)]
struct Given<'r> {
    recommendation: Option<&'r str>,
    rule: Option<&'r str>,
}

#[derive(Default, Serialize)]
struct Subjects<'r> {
    rules: Vec<&'r str>,
    conditions: Vec<&'r str>,
    signals: Vec<Signal<'r>>,
}

#[derive(Serialize)]
struct Signal<'r> {
    question: &'r str,
    /// Its place among the question's signals, from 0.
    index: usize,
}

#[derive(Serialize)]
struct NewCase<'r> {
    id: &'r str,
    answers: BTreeMap<&'r str, Tree>,
    recommend: Option<&'r str>,
    rule: Option<&'r str>,
    exercises: Subjects<'r>,
    flips: Option<Flip<'r>>,
    threshold: Option<Beside<'r>>,
}

/// The last value below a threshold of a count, and the first one above.
#[derive(Serialize)]
struct Beside<'r> {
    fact: &'r str,
    below: Tree,
    above: Tree,
}

#[derive(Serialize)]
struct Flip<'r> {
    case: &'r str,
    fact: &'r str,
    value: Tree,
}

/// The object, with a line feed at the end.
pub fn render(run: &TestRun<'_>) -> String {
    let passed = run
        .cases
        .iter()
        .filter(|case| case.outcome.passes())
        .count();
    let rubric = run.rubric;
    let document = Document {
        schema: SCHEMA,
        rubric: &rubric.id,
        version: rubric.version.to_string(),
        passed,
        failed: run.cases.len() - passed,
        cases: run.cases.iter().map(|case| one(rubric, case)).collect(),
        unexercised: subjects(rubric, &run.missing),
        suggestions: run
            .suggestions
            .as_ref()
            .map(|all| all.iter().map(|one| new_case(rubric, one)).collect()),
        unchecked: run.unchecked.as_deref(),
    };
    json::document(&document)
}

fn one<'r>(rubric: &'r Rubric, run: &'r CaseRun<'_>) -> OneCase<'r> {
    let outcome = &run.outcome;
    OneCase {
        id: &outcome.case.id,
        path: &run.path,
        line: run.line,
        passes: outcome.passes(),
        expected: given(rubric, Some(outcome.case.recommend), outcome.case.rule),
        got: given(rubric, outcome.recommendation(), outcome.rule()),
    }
}

fn given(
    rubric: &Rubric,
    recommendation: Option<RecommendationId>,
    rule: Option<RuleId>,
) -> Given<'_> {
    Given {
        recommendation: recommendation.map(|given| rubric.recommendations[given].id.as_str()),
        rule: rule.map(|rule| rubric.verdict[rule].id.as_str()),
    }
}

fn subjects<'r>(rubric: &'r Rubric, all: &[Subject]) -> Subjects<'r> {
    let mut subjects = Subjects::default();
    for subject in all {
        match *subject {
            Subject::Rule(rule) => subjects.rules.push(&rubric.verdict[rule].id),
            Subject::Condition(condition) => {
                subjects.conditions.push(&rubric.conditions[condition].id)
            }
            Subject::Signal(own) => {
                subjects.signals.extend(
                    signal(rubric, own).map(|(question, index)| Signal { question, index }),
                );
            }
        }
    }
    subjects
}

fn new_case<'r>(rubric: &'r Rubric, suggestion: &'r Suggestion) -> NewCase<'r> {
    let case = &suggestion.case;
    let given = given(rubric, Some(case.recommend), case.rule);
    NewCase {
        id: &case.id,
        answers: rubric
            .answers_of(case)
            .map(|(fact, value)| (fact.id.as_str(), fact.write(value)))
            .collect(),
        recommend: given.recommendation,
        rule: given.rule,
        exercises: subjects(rubric, &suggestion.exercises),
        flips: suggestion.flips.as_ref().map(|flip| Flip {
            case: &flip.case,
            fact: &flip.fact.id,
            value: flip.fact.write(flip.value),
        }),
        threshold: suggestion.threshold.as_ref().map(|own| Beside {
            fact: &own.fact.id,
            below: own.fact.write(own.below),
            above: own.fact.write(own.above),
        }),
    }
}
