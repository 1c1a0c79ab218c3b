//! The promises of exactness, each held against brute force over all sheets: on the default rubric and on random ones.

use mesh_advisor::embedded;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use verdict::answers::Sheet;
use verdict::engine::{
    Budget, Certainty, Reasoning, SingleChanges, Strength, WhatIfCell, evaluate,
};
use verdict::ids::{OptionId, RecommendationId};
use verdict::rubric::{Fact, Rubric, Value};
use verdict::text::Source;

use crate::oracle::{self, Oracle};

/// How many random rubrics each property is checked on.
const RUBRICS: u64 = 200;

/// A rubric as both sides see it.
pub(crate) struct Pair {
    pub rubric: Rubric,
    pub reasoning: Reasoning,
    pub certainty: Certainty,
    pub oracle: Arc<Oracle>,
    pub yaml: String,
}

pub(crate) fn pair(yaml: &str) -> Pair {
    let source = Source::new("rubric.yaml", yaml);
    let rubric = Rubric::parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{yaml}"));
    let reasoning = Reasoning::new(&rubric).expect("small enough");
    let certainty = Certainty::new(&rubric, &Budget::default()).expect("small enough");
    Pair {
        rubric,
        reasoning,
        certainty,
        oracle: Arc::new(Oracle::parse(yaml)),
        yaml: yaml.to_owned(),
    }
}

/// The default rubric; built once, because its table of all sheets is.
pub(crate) fn default_pair() -> &'static Pair {
    static DEFAULT: LazyLock<Pair> = LazyLock::new(|| pair(&embedded::source().text));
    &DEFAULT
}

/// Random rubrics, every other one with likely values; built once for all tests.
pub(crate) fn random_pairs() -> impl Iterator<Item = (u64, &'static Pair)> {
    static RANDOM: LazyLock<Vec<Pair>> = LazyLock::new(|| {
        let text = |seed: u64| match oracle::random_rubric(seed) {
            text if seed.is_multiple_of(2) => text,
            text => oracle::with_likely(&text, seed),
        };
        (0..RUBRICS).map(|seed| pair(&text(seed))).collect()
    });
    (0..).zip(RANDOM.iter())
}

impl Pair {
    pub(crate) fn sheet(&self, values: &BTreeMap<String, oracle::Value>) -> Sheet {
        let mut sheet = Sheet::unknown(&self.rubric);
        for (id, value) in values {
            let fact = self.rubric.fact(id).expect("a fact");
            sheet.set(fact, Some(ours(fact, value)));
        }
        sheet
    }

    fn id(&self, recommendation: RecommendationId) -> String {
        self.rubric.recommendations[recommendation].id.to_string()
    }
}

fn ours(fact: &Fact, value: &oracle::Value) -> Value {
    match value {
        oracle::Value::Count(number) => Value::Count(*number),
        oracle::Value::YesNo(answer) => Value::YesNo(*answer),
        oracle::Value::Choice(id) => Value::Choice(fact.option(id).expect("an option")),
        oracle::Value::Flags(ids) => Value::Flags(
            ids.iter()
                .map(|id| fact.option(id).expect("an option"))
                .collect(),
        ),
    }
}

pub(crate) fn theirs(fact: &Fact, value: Value) -> oracle::Value {
    let id = |option: OptionId| fact.options()[option].id.to_string();
    match value {
        Value::Count(number) => oracle::Value::Count(number),
        Value::YesNo(answer) => oracle::Value::YesNo(answer),
        Value::Choice(option) => oracle::Value::Choice(id(option)),
        Value::Flags(set) => oracle::Value::Flags(set.iter().map(id).collect()),
    }
}

fn agree_on_a_sheet(pair: &Pair, values: &oracle::Sheet) {
    let sheet = pair.sheet(values);
    let evaluation = evaluate(&pair.rubric, &sheet);
    let expected = pair.oracle.evaluate(values);
    assert_eq!(evaluation.score, expected.score, "{values:?}");
    assert_eq!(
        evaluation.conditions_met, expected.conditions_met,
        "{values:?}"
    );
    for condition in &pair.rubric.conditions {
        assert_eq!(
            evaluation.named_holds(condition.named),
            expected.conditions[condition.id.as_str()],
            "{values:?}"
        );
    }
    assert_eq!(
        evaluation
            .rule
            .map(|rule| pair.rubric.verdict[rule].id.as_str()),
        expected.rule.as_deref(),
        "{values:?}"
    );
    assert_eq!(
        evaluation.recommendation.map(|own| pair.id(own)),
        expected.recommendation,
        "{values:?}"
    );
    let rules = pair.reasoning.rules();
    assert_eq!(
        rules.walk(rules.root(), &rules.cells(&sheet)),
        evaluation.rule,
        "the diagram: {values:?}"
    );
}

fn agree_on_unknowns(pair: &Pair, partial: &oracle::Partial) {
    let sheet = pair.sheet(partial);
    let assumed = sheet.assuming(&pair.rubric);
    let possible: BTreeSet<String> = pair
        .reasoning
        .possible(&sheet)
        .iter()
        .map(|at| pair.id(at))
        .collect();
    assert_eq!(possible, pair.oracle.possible(partial), "{partial:?}");

    let deciding = pair.reasoning.deciding(&sheet);
    let expected = pair.oracle.deciding(partial);
    let names: Vec<&str> = deciding
        .iter()
        .map(|deciding| deciding.fact.id.as_str())
        .collect();
    assert_eq!(
        names,
        expected
            .iter()
            .map(|(fact, _)| fact.as_str())
            .collect::<Vec<_>>(),
        "{partial:?} {expected:?}"
    );
    for (ours, (_, bits)) in deciding.iter().zip(&expected) {
        assert!((ours.bits - bits).abs() < 1e-6, "{ours:?} {bits}");
    }

    let shares = pair.reasoning.shares(&sheet);
    for (id, share) in shares.entries() {
        let expected = pair.oracle.open_shares(partial)[&pair.id(id)];
        assert!(
            (share - expected).abs() < 1e-9,
            "{share} {expected} {partial:?}"
        );
    }

    for (id, condition) in pair.rubric.conditions.entries() {
        let expected = pair.oracle.condition_met(partial, &condition.id);
        assert_eq!(
            pair.reasoning.condition(id, &sheet),
            expected,
            "{} {partial:?}",
            condition.id
        );
    }

    let expected = pair.oracle.strength(partial);
    assert_eq!(
        pair.reasoning.strength(&sheet, &assumed).as_str(),
        expected,
        "{partial:?}"
    );
    let is_provisional = pair.reasoning.strength(&sheet, &assumed) == Strength::Provisional;
    assert_eq!(is_provisional, possible.len() > 1);
}

fn agree_on_changes(pair: &Pair, values: &oracle::Sheet) {
    let changes = pair.reasoning.changes(&pair.sheet(values));
    let expected = pair.oracle.changes(values);
    assert_eq!(changes.len(), expected.len(), "{values:?}");
    for (change, expected) in changes.iter().zip(&expected) {
        assert_eq!(pair.id(change.recommendation), expected.recommendation);
        assert_eq!(change.facts, expected.facts, "{values:?}");
        let options: Vec<BTreeMap<String, oracle::Value>> = change
            .options
            .iter()
            .map(|option| {
                option
                    .iter()
                    .map(|step| (step.fact.id.to_string(), theirs(&step.fact, step.value)))
                    .collect()
            })
            .collect();
        assert_eq!(options, expected.options, "{values:?}");
    }
}

fn agree_on_the_picture(pair: &Pair, values: &oracle::Sheet) {
    let sheet = pair.sheet(values);
    let picture = pair.reasoning.what_if(&sheet);
    let here = pair.oracle.outcome(values).recommendation.clone();
    let (mut kept, mut all) = (0, 0);
    for cells in pair.oracle.every_cell() {
        let id = cells.fact.id.as_str();
        let fact = pair.rubric.fact(id).expect("a fact");
        let line = picture.iter().find(|line| line.fact.id == *id);
        for (number, representatives) in cells.cells.iter().enumerate() {
            for value in representatives {
                let mut moved = values.clone();
                moved.insert(id.to_owned(), value.clone());
                let expected = pair.oracle.outcome(&moved).recommendation.clone();
                let is_here = |cell: &&WhatIfCell| match (cell.from, cell.to, ours(fact, value)) {
                    (Value::Flags(_), ..) => {
                        cell.recommendation.map(|own| pair.id(own)) == expected
                    }
                    (from, to, own) => rank(from) <= rank(own) && rank(own) <= rank(to),
                };
                let given = match line {
                    Some(line) => {
                        let cell = line
                            .cells
                            .iter()
                            .find(is_here)
                            .expect("every value is somewhere");
                        assert_eq!(
                            cell.is_current,
                            line.cells.iter().filter(is_here).any(|one| one.is_current)
                        );
                        if pair.oracle.cell_of(id, &values[id]) == number {
                            assert!(cell.is_current, "{id} {values:?}");
                        }
                        cell.recommendation.map(|own| pair.id(own))
                    }
                    None => here.clone(),
                };
                assert_eq!(given, expected, "{id}: {value:?} in {values:?}");
            }
            let moved = oracle::Sheet::from([(id.to_owned(), representatives[0].clone())]);
            let moved: oracle::Sheet = values.clone().into_iter().chain(moved).collect();
            if pair.oracle.cell_of(id, &values[id]) != number && line.is_some() {
                all += 1;
                kept += usize::from(pair.oracle.outcome(&moved).recommendation == here);
            }
        }
    }
    for line in &picture {
        for cell in &line.cells {
            let mut moved = values.clone();
            moved.insert(line.fact.id.to_string(), theirs(&line.fact, cell.from));
            let given = pair.oracle.outcome(&moved).recommendation.clone();
            assert_eq!(
                cell.recommendation.map(|own| pair.id(own)),
                given,
                "{line:?}"
            );
        }
        let neighbours = line.cells.iter().zip(line.cells.iter().skip(1));
        for (one, next) in neighbours {
            assert_ne!(
                one.recommendation, next.recommendation,
                "neighbours are together: {line:?}"
            );
        }
        assert_eq!(
            line.cells.iter().filter(|cell| cell.is_current).count(),
            1,
            "{line:?}"
        );
    }
    assert_eq!(
        SingleChanges::of(&picture),
        SingleChanges { kept, all },
        "{values:?}"
    );
}

fn rank(value: Value) -> i64 {
    match value {
        Value::Count(number) => number,
        Value::YesNo(answer) => i64::from(answer),
        Value::Choice(option) => option.into(),
        Value::Flags(_) => unreachable!("sets have no order"),
    }
}

#[test]
fn the_picture_shows_what_each_single_change_gives() {
    for (seed, pair) in random_pairs() {
        for draw in 0..2 {
            let sheet = oracle::random_sheet(&pair.oracle, seed * 1_000 + draw);
            agree_on_the_picture(pair, &sheet);
        }
    }
    let pair = default_pair();
    for draw in 0..100 {
        agree_on_the_picture(pair, &oracle::random_sheet(&pair.oracle, draw));
    }
}

#[test]
fn every_sheet_of_the_default_rubric_evaluates_as_by_brute_force() {
    let pair = default_pair();
    let mut sheets = 0;
    for values in pair.oracle.all_sheets() {
        agree_on_a_sheet(pair, &values);
        sheets += 1;
    }
    assert!(sheets > 10_000, "only {sheets} sheets");
    // Within a cell every value gives the same. Of the millions of sheets that differ within one, some are tried.
    for values in pair.oracle.some_sheets(20_000) {
        agree_on_a_sheet(pair, &values);
    }
}

#[test]
fn every_sheet_of_random_rubrics_evaluates_as_by_brute_force() {
    for (_, pair) in random_pairs() {
        for values in pair.oracle.all_sheets() {
            agree_on_a_sheet(pair, &values);
        }
    }
}

#[test]
fn unknowns_are_reasoned_about_as_by_brute_force() {
    for (seed, pair) in random_pairs() {
        agree_on_unknowns(pair, &oracle::Partial::new());
        for draw in 0..10 {
            agree_on_unknowns(
                pair,
                &oracle::random_partial(&pair.oracle, seed * 1_000 + draw),
            );
        }
    }
    let pair = default_pair();
    for draw in 0..300 {
        agree_on_unknowns(pair, &oracle::random_partial(&pair.oracle, draw));
    }
}

#[test]
fn changes_are_the_smallest_and_all_of_that_size() {
    for (seed, pair) in random_pairs() {
        for draw in 0..10 {
            agree_on_changes(
                pair,
                &oracle::random_sheet(&pair.oracle, seed * 1_000 + draw),
            );
        }
    }
    let pair = default_pair();
    for draw in 0..300 {
        agree_on_changes(pair, &oracle::random_sheet(&pair.oracle, draw));
    }
}

#[test]
fn dropping_an_answer_never_gives_what_no_value_of_it_gives() {
    let pair = default_pair();
    for draw in 0..10_000 {
        let values = oracle::random_sheet(&pair.oracle, draw);
        for dropped in values.keys() {
            let mut partial = values.clone();
            partial.remove(dropped);
            let sheet = pair.sheet(&partial);
            let assumed = sheet.assuming(&pair.rubric);
            let expected = pair.oracle.possible(&partial);
            let given = evaluate(&pair.rubric, &assumed).recommendation;
            let given = pair.id(given.expect("given"));
            assert!(
                expected.contains(&given),
                "{dropped} dropped from {values:?}"
            );
            let is_provisional = pair.reasoning.strength(&sheet, &assumed) == Strength::Provisional;
            assert_eq!(
                is_provisional,
                expected.len() > 1,
                "{dropped} dropped from {values:?}"
            );
        }
    }
}
