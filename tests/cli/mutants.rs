//! How well the cases of the default rubric guard it: slips that move a recommendation must fail a case.
//!
//! Every number, relation, option, flag, sign, recommendation and rule in the tests that decide is changed by itself; of
//! the rubrics that come of it, those count that give some sheet another recommendation, which is proved.

use serde_yaml::{Mapping, Value};
use verdict::cases::Outcome;
use verdict::engine::{Budget, MOST_NODES, MOST_STEPS, difference};
use verdict::rubric::Rubric;
use verdict::text::Source;

/// The share of such slips, in hundredths, that must fail a case. It may only ever be raised.
const LEAST_KILLED: usize = 96;

/// A rubric with one slip in it.
struct Mutant {
    what: String,
    file: Value,
}

fn rubric(file: &Value) -> Option<Rubric> {
    let text = serde_yaml::to_string(file).expect("writable");
    Rubric::parse(&Source::new("mutant.yaml", text)).ok()
}

fn list<'v>(file: &'v mut Value, key: &str) -> &'v mut Vec<Value> {
    file.get_mut(key)
        .and_then(Value::as_sequence_mut)
        .expect("a list")
}

/// The options of each choice or flags fact.
fn options(file: &Value) -> Vec<(String, Vec<String>)> {
    let id = |one: &Value| one["id"].as_str().expect("an id").to_owned();
    let questions = ["questions", "follow_ups"].into_iter();
    let questions = questions
        .filter_map(|key| file.get(key)?.as_sequence())
        .flatten();
    let facts = questions
        .filter_map(|question| question.get("facts")?.as_sequence())
        .flatten();
    facts
        .filter_map(|fact| {
            let options = fact.get("options")?.as_sequence()?;
            Some((id(fact), options.iter().map(id).collect()))
        })
        .collect()
}

/// Every way to get one entry of a test wrong.
fn entries(key: &str, value: &Value, options: &[(String, Vec<String>)]) -> Vec<Value> {
    let own = options
        .iter()
        .find(|(fact, _)| fact == key)
        .map(|(_, options)| options);
    match value {
        Value::Bool(holds) => vec![Value::Bool(!holds)],
        Value::Number(number) => {
            let number = number.as_i64().expect("whole");
            vec![Value::from(number + 1), Value::from(number - 1)]
        }
        Value::String(text) => match (text.split_once(' '), own) {
            (_, Some(options)) => {
                let others = options.iter().filter(|option| *option != text);
                others.map(|option| Value::from(option.as_str())).collect()
            }
            (Some((sign, number)), None) => {
                let number: i64 = number.parse().expect("a number");
                let other = match sign {
                    "<" => "<=",
                    "<=" => "<",
                    ">" => ">=",
                    ">=" => ">",
                    "==" => "!=",
                    _ => "==",
                };
                [(sign, number + 1), (sign, number - 1), (other, number)]
                    .map(|(sign, number)| Value::from(format!("{sign} {number}")))
                    .to_vec()
            }
            (None, None) => Vec::new(),
        },
        Value::Sequence(named) => (0..named.len())
            .map(|left_out| {
                let rest = named.iter().enumerate().filter(|(at, _)| *at != left_out);
                Value::Sequence(rest.map(|(_, one)| one.clone()).collect())
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Every way to get one thing wrong in a test, at any depth.
fn tests(when: &Value, options: &[(String, Vec<String>)]) -> Vec<(String, Value)> {
    let Value::Mapping(map) = when else {
        return Vec::new();
    };
    let with = |key: &Value, value: Value| {
        let mut changed = map.clone();
        changed.insert(key.clone(), value);
        Value::Mapping(changed)
    };
    let mut found = Vec::new();
    for (key, value) in map {
        let name = key.as_str().expect("a key");
        if map.len() > 1 {
            let rest = map.iter().filter(|(other, _)| *other != key);
            let rest: Mapping = rest
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            found.push((format!("without {name}"), Value::Mapping(rest)));
        }
        let changed: Vec<(String, Value)> = match (name, value) {
            ("not", inner) => tests(inner, options),
            ("all" | "any", Value::Sequence(inner)) => {
                let each = inner.iter().enumerate().flat_map(|(at, test)| {
                    tests(test, options)
                        .into_iter()
                        .map(move |(what, test)| (what, at, test))
                });
                each.map(|(what, at, test)| {
                    let mut all = inner.clone();
                    all[at] = test;
                    (what, Value::Sequence(all))
                })
                .collect()
            }
            _ => entries(name, value, options)
                .into_iter()
                .map(|value| (format!("{name}: {value:?}"), value))
                .collect(),
        };
        found.extend(
            changed
                .into_iter()
                .map(|(what, value)| (what, with(key, value))),
        );
    }
    found
}

/// The file with each of the changes at a place, one at a time.
fn each(
    file: &Value,
    place: &dyn Fn(&mut Value) -> Option<&mut Value>,
    changes: impl IntoIterator<Item = (String, Value)>,
) -> Vec<Mutant> {
    let mutant = |(what, value): (String, Value)| {
        let mut file = file.clone();
        *place(&mut file)? = value;
        Some(Mutant { what, file })
    };
    changes.into_iter().filter_map(mutant).collect()
}

fn mutants(file: &Value) -> Vec<Mutant> {
    let options = options(file);
    let mut found = Vec::new();
    for section in ["conditions", "definitions", "verdict"] {
        let all = file[section].as_sequence().expect("a list");
        for (at, one) in all.iter().enumerate() {
            let id = one["id"].as_str().expect("an id");
            let changes = tests(&one["when"], &options).into_iter();
            let changes = changes.map(|(what, test)| (format!("{id}: {what}"), test));
            found.extend(each(
                file,
                &|file| file[section].get_mut(at)?.get_mut("when"),
                changes,
            ));
        }
    }
    for section in ["questions", "follow_ups"] {
        for (question, one) in file[section]
            .as_sequence()
            .into_iter()
            .flatten()
            .enumerate()
        {
            let signals = one.get("signals").and_then(Value::as_sequence);
            for (at, signal) in signals.into_iter().flatten().enumerate() {
                let name = format!("{} signal {at}", one["id"].as_str().expect("an id"));
                let changes = tests(&signal["when"], &options).into_iter();
                let changes = changes.map(|(what, test)| (format!("{name}: {what}"), test));
                found.extend(each(
                    file,
                    &|file| file[section][question]["signals"][at].get_mut("when"),
                    changes,
                ));
                let points = signal["points"].as_i64().expect("points");
                let changes = [points + 1, points - 1, -points]
                    .map(|points| (format!("{name}: {points} points"), Value::from(points)));
                found.extend(each(
                    file,
                    &|file| file[section][question]["signals"][at].get_mut("points"),
                    changes,
                ));
            }
        }
    }
    let rules = file["verdict"].as_sequence().expect("a list").len();
    let recommendations: Vec<Value> = file["recommendations"]
        .as_sequence()
        .expect("a list")
        .iter()
        .map(|one| one["id"].clone())
        .collect();
    for at in 0..rules {
        let id = file["verdict"][at]["id"]
            .as_str()
            .expect("an id")
            .to_owned();
        let others = recommendations
            .iter()
            .filter(|one| **one != file["verdict"][at]["recommend"]);
        let changes = others.map(|one| (format!("{id} gives {one:?}"), one.clone()));
        found.extend(each(
            file,
            &|file| file["verdict"][at].get_mut("recommend"),
            changes,
        ));
        if at + 1 < rules {
            let mut without = file.clone();
            list(&mut without, "verdict").remove(at);
            found.push(Mutant {
                what: format!("without the rule {id}"),
                file: without,
            });
        }
        if at + 2 < rules {
            let mut swapped = file.clone();
            list(&mut swapped, "verdict").swap(at, at + 1);
            found.push(Mutant {
                what: format!("{id} one later"),
                file: swapped,
            });
        }
    }
    found
}

#[test]
fn a_slip_in_the_default_rubric_that_moves_a_recommendation_fails_a_case() {
    let file: Value = serde_yaml::from_str(&mesh_advisor::embedded::source().text).expect("YAML");
    let original = rubric(&file).expect("readable");
    let (mut moved, mut survivors) = (0, Vec::new());
    for mutant in mutants(&file) {
        let Some(changed) = rubric(&mutant.file) else {
            continue;
        };
        let budget = Budget::new(MOST_NODES, MOST_STEPS);
        let difference = difference(&original, &changed, &budget).expect("small enough");
        if difference.shifts.iter().all(|shift| shift.from == shift.to) {
            continue;
        }
        moved += 1;
        if changed
            .cases
            .iter()
            .all(|case| Outcome::of(&changed, case).passes())
        {
            survivors.push(mutant.what);
        }
    }
    let killed = moved - survivors.len();
    println!(
        "{killed} of {moved} killed; alive:\n{}",
        survivors.join("\n")
    );
    assert!(moved > 100, "{moved}");
    assert!(
        100 * killed >= LEAST_KILLED * moved,
        "{killed} of {moved}; alive: {survivors:#?}"
    );
}
