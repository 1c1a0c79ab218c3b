//! What is known of one fact: a value with where it comes from, read and written.

use jiff::civil::Date;

use super::provenance::{self, Provenance};
use crate::rubric::{Fact, UNKNOWN, Value};
use crate::text::{Problem, Route, Tree};

/// The keys of an answer with its provenance.
const ANSWER_KEYS: [&str; 3] = ["value", "source", "as_of"];

/// What is known of one fact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The value; `None` while unknown.
    pub value: Option<Value>,
    /// Where the answer comes from.
    pub source: Option<String>,
    /// The day on which it was true.
    pub as_of: Option<Date>,
}

/// Reads an answer: a bare value, or one with its provenance.
///
/// # Errors
/// Every mistake in it.
pub fn read_answer(fact: &Fact, tree: &Tree, route: &Route) -> Result<Answer, Vec<Problem>> {
    let Tree::Map(entries) = tree else {
        let value = fact.read(tree, route).map_err(|problem| vec![*problem])?;
        return Ok(Answer {
            value,
            ..Answer::default()
        });
    };
    let (mut value, mut provenance) = (None, Provenance::default());
    let mut problems = Vec::new();
    for entry in entries {
        let route = route.key(&entry.key);
        if entry.key == "value" {
            match fact.read(&entry.value.tree, &route) {
                Ok(read) => value = read,
                Err(problem) => problems.push(*problem),
            }
        } else {
            problems.extend(
                provenance
                    .read(entry, &route, &ANSWER_KEYS)
                    .err()
                    .map(|problem| *problem),
            );
        }
    }
    if tree.get("value").is_none() {
        problems.push(Problem::new(route, "the key `value` is missing").allowed(fact.expects()));
    }
    let Provenance { source, as_of } = provenance;
    if problems.is_empty() {
        Ok(Answer {
            value,
            source,
            as_of,
        })
    } else {
        Err(problems)
    }
}

/// An answer as it is written: a bare value, or with its provenance.
pub fn write_answer(fact: &Fact, answer: &Answer) -> Tree {
    let value = answer
        .value
        .map_or_else(|| Tree::Text(UNKNOWN.into()), |value| fact.write(value));
    let provenance = provenance::write(answer.source.as_deref(), answer.as_of);
    if provenance.is_empty() {
        return value;
    }
    Tree::map([("value".into(), value)].into_iter().chain(provenance))
}
