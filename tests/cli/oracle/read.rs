//! From the rubric's YAML text to an [`Oracle`]. Only what the recommendation rests on is read; texts, tax and plan are not.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::{Fact, Kind, NamedTest, Oracle, Rule, Signal, Value, Yaml};

impl Oracle {
    /// Reads a valid rubric; panics on anything else.
    pub(crate) fn parse(yaml: &str) -> Oracle {
        let rubric: Yaml = serde_yaml::from_str(yaml).unwrap();
        let mut oracle = Oracle {
            recommendations: items(&rubric, "recommendations").map(id).collect(),
            facts: Vec::new(),
            signals: Vec::new(),
            conditions: items(&rubric, "conditions").map(named_test).collect(),
            definitions: items(&rubric, "definitions").map(named_test).collect(),
            rules: items(&rubric, "verdict").map(rule).collect(),
            guarantees: items(&rubric, "guarantees").cloned().collect(),
            cells: Vec::new(),
            chances: Default::default(),
            table: OnceLock::new(),
        };
        let asked = ["questions", "follow_ups"]
            .map(|part| items(&rubric, part).map(move |one| (part, one)));
        for (part, question) in asked.into_iter().flatten() {
            let facts = items(question, "facts");
            let facts = facts.filter_map(|entry| fact(entry, part == "follow_ups"));
            oracle.facts.extend(facts);
            for (index, signal) in items(question, "signals").enumerate() {
                oracle.signals.push(Signal {
                    question: id(question),
                    index,
                    when: signal["when"].clone(),
                    points: signal["points"].as_i64().unwrap(),
                });
            }
        }
        oracle.cells = oracle.cells_refined_by(&[]);
        oracle
    }

    /// The fact with this id.
    pub(crate) fn fact(&self, id: &str) -> &Fact {
        self.facts.iter().find(|fact| fact.id == id).unwrap()
    }
}

impl Kind {
    /// Reads a value of this kind as it stands in YAML.
    pub(crate) fn value(&self, yaml: &Yaml) -> Value {
        match self {
            Kind::Count { .. } => Value::Count(yaml.as_i64().unwrap()),
            Kind::YesNo => Value::YesNo(yaml.as_bool().unwrap()),
            Kind::Choice(_) => Value::Choice(text(yaml)),
            Kind::Flags(_) => Value::Flags(texts(yaml).into_iter().collect::<BTreeSet<_>>()),
        }
    }
}

/// The entries of the list under `key`; none when the key is absent.
pub(super) fn items<'a>(parent: &'a Yaml, key: &str) -> impl Iterator<Item = &'a Yaml> {
    parent
        .get(key)
        .and_then(Yaml::as_sequence)
        .into_iter()
        .flatten()
}

/// A string.
pub(super) fn text(yaml: &Yaml) -> String {
    yaml.as_str().unwrap().to_owned()
}

/// A list of strings; one string alone is a list of one, nothing is an empty list.
pub(super) fn texts(yaml: &Yaml) -> Vec<String> {
    match yaml {
        Yaml::Null => Vec::new(),
        Yaml::Sequence(list) => list.iter().map(text).collect(),
        one => vec![text(one)],
    }
}

/// The `id` of an entry.
pub(super) fn id(entry: &Yaml) -> String {
    text(&entry["id"])
}

/// A fact, unless it has no `assume`.
fn fact(entry: &Yaml, is_follow_up: bool) -> Option<Fact> {
    let assume = entry.get("assume")?;
    let options = items(entry, "options").map(id).collect();
    let limit = |key: &str| entry.get(key).map(|limit| limit.as_i64().unwrap());
    let kind = match entry["kind"].as_str().unwrap() {
        "count" => Kind::Count {
            min: limit("min").unwrap_or(0),
            max: limit("max").unwrap_or(i64::MAX),
        },
        "yes_no" => Kind::YesNo,
        "choice" => Kind::Choice(options),
        "flags" => Kind::Flags(options),
        other => panic!("no such kind: {other}"),
    };
    Some(Fact {
        id: id(entry),
        assume: kind.value(assume),
        kind,
        likely: entry.get("likely").cloned().unwrap_or(Yaml::Null),
        is_follow_up,
    })
}

fn named_test(entry: &Yaml) -> NamedTest {
    NamedTest {
        id: id(entry),
        when: entry["when"].clone(),
    }
}

fn rule(entry: &Yaml) -> Rule {
    Rule {
        id: id(entry),
        when: entry.get("when").cloned().unwrap_or(Yaml::Null),
        recommend: text(&entry["recommend"]),
    }
}
