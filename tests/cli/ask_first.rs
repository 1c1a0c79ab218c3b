//! What an advice asks for first, held against every answer that could be given: the facts on which a prerequisite hangs,
//! and the order in which they and the deciding ones stand.

use mesh_advisor::advice::{Advice, OpenFact};
use verdict::answers::Answers;
use verdict::ids::{Id, OptionId};
use verdict::rubric::{Fact, Kind, Options, Value};

use crate::assumptions::{advice, with};
use crate::exact::{Pair, default_pair, random_pairs};
use crate::oracle::random_partial;

/// Every value of the fact; of many numbers those on either side of the default rubric's thresholds.
fn values(fact: &Fact) -> Vec<Value> {
    match &fact.kind {
        Kind::Count { min, max, .. } if max - min <= 100 => {
            (*min..=*max).map(Value::Count).collect()
        }
        Kind::Count { min, max, .. } => [*min, 2, 4, 5, 29, 30, 99, 100, *max]
            .map(Value::Count)
            .into(),
        Kind::YesNo => [false, true].map(Value::YesNo).into(),
        Kind::Choice(options) => options.ids().map(Value::Choice).collect(),
        Kind::Flags(options) => {
            let has = |set: u32, flag: &OptionId| set & (1 << flag.position()) != 0;
            let set = |set: u32| options.ids().filter(move |flag| has(set, flag));
            let sets = 0..1_u32 << options.len();
            sets.map(|own| Value::Flags(set(own).collect::<Options>()))
                .collect()
        }
    }
}

fn prerequisites<'r>(advice: &Advice<'r>) -> Vec<&'r str> {
    advice.prerequisites.iter().map(|own| own.id).collect()
}

/// How many facts were found on which a prerequisite hangs.
fn check(pair: &Pair, answers: &Answers) -> usize {
    let given = advice(pair, answers);
    let deciding: Vec<&str> = given
        .deciding
        .iter()
        .map(|own| own.fact.id.as_str())
        .collect();
    let is_unknown = |fact: &&Fact| fact.assume.is_some() && answers.value(fact).is_none();
    let hanging: Vec<&str> = (pair.rubric.facts.iter().map(AsRef::as_ref))
        .filter(is_unknown)
        .filter(|fact| !deciding.contains(&fact.id.as_str()))
        .filter(|fact| {
            let said = |value| prerequisites(&advice(pair, &with(answers, fact, Some(value))));
            let assumed = prerequisites(&given);
            values(fact).into_iter().any(|value| said(value) != assumed)
        })
        .map(|fact| fact.id.as_str())
        .collect();
    let found: Vec<&str> = given.hanging().map(|fact| fact.id.as_str()).collect();
    assert_eq!(found, hanging, "{:?}\n{}", answers.sheet(), pair.yaml);
    let moving = given.ask_first.iter().filter(|open| open.moves);
    let moving: Vec<&str> = moving.map(|open| open.fact.id.as_str()).collect();
    assert_eq!(moving, deciding, "in the order in which they tell");
    let part = |open: &OpenFact| match (open.moves, open.fact.is_follow_up) {
        (true, false) => 0,
        (false, _) => 1,
        (true, true) => 2,
    };
    assert!(
        given.ask_first.iter().map(part).is_sorted(),
        "{:?}",
        given.ask_first
    );
    hanging.len()
}

#[test]
fn what_prerequisites_hang_on_is_what_one_answer_changes_in_the_default_rubric() {
    let pair = default_pair();
    let mut found = 0;
    for case in pair.rubric.cases.iter().step_by(4) {
        let mut answers = Answers::none(&pair.rubric);
        for (fact, value) in pair.rubric.answers_of(case) {
            answers = with(&answers, fact, Some(value));
        }
        found += check(pair, &answers);
    }
    assert!(found >= 8, "{found}");
}

#[test]
fn what_prerequisites_hang_on_is_what_one_answer_changes_in_random_rubrics() {
    let mut found = 0;
    for (seed, pair) in random_pairs().step_by(2) {
        let sheet = pair.sheet(&random_partial(&pair.oracle, seed));
        let mut answers = Answers::none(&pair.rubric);
        for fact in &pair.rubric.facts {
            if let Some(value) = sheet.value(fact) {
                answers = with(&answers, fact, Some(value));
            }
        }
        found += check(pair, &answers);
    }
    assert!(found >= 8, "{found}");
}

#[test]
fn who_would_own_it_is_asked_before_the_shape_where_a_mandate_has_settled_the_rest() {
    let pair = default_pair();
    let mandate = pair.rubric.fact("mtls_mandate").expect("a fact");
    let value = mandate.option("every-workload").expect("an option");
    let answers = with(
        &Answers::none(&pair.rubric),
        mandate,
        Some(Value::Choice(value)),
    );
    let advice = advice(pair, &answers);
    let asked: Vec<&str> = (advice.ask_first.iter())
        .map(|open| open.fact.id.as_str())
        .collect();
    let place = |id: &str| asked.iter().position(|own| *own == id).expect(id);
    assert!(
        place("platform_team") < place("sidecar_reasons"),
        "{asked:?}"
    );
}
