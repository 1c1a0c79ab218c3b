//! From what is seen to what records are compared with.

use cluster::{Conclusion, Fact, FactValue};
use verdict::rubric::Rubric;

use super::{Paths, answered};
use crate::record::seen::{Running, Seen, SeenFact};

/// The fact that says whether a mesh runs, and its option for none.
const INSTALLED: &str = "installed";
const NONE: &str = "none";

/// What records of decisions by this rubric are compared with.
pub fn seen(conclusion: &Conclusion, rubric: &Rubric, paths: &Paths) -> Seen {
    let facts = conclusion.facts.iter().filter_map(|seen| {
        let fact = rubric.fact(seen.id)?;
        let value = answered::read(seen.value.as_ref().or(seen.at_least.as_ref())?, fact)?;
        Some(SeenFact {
            fact: fact.position,
            value,
            is_at_least: seen.value.is_none(),
            evidence: evidence(seen, paths),
        })
    });
    let installed = conclusion.facts.iter().find(|fact| fact.id == INSTALLED);
    let runs = installed.and_then(|fact| {
        let is_there = fact.value.as_ref()? != &FactValue::Choice(NONE);
        Some(Running {
            is_there,
            evidence: evidence(fact, paths),
        })
    });
    Seen {
        facts: facts.collect(),
        runs,
    }
}

/// What a value rests on, with its first witness: `seen: 47 in prod.json; 14 left out, first Service/shop/cart at prod.json:12`.
fn evidence(seen: &Fact, paths: &Paths) -> String {
    let said = answered::evidence(seen, paths);
    match seen.witnesses.first() {
        None => said,
        Some(witness) => format!(
            "{said}, first {} at {}",
            witness.object,
            paths.at(witness.place)
        ),
    }
}
