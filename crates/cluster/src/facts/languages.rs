//! Which languages programs are written in, at least: most carry no hint.

use std::collections::BTreeMap;

use super::system::is_system_namespace;
use super::{Fact, FactValue};
use crate::evidence::{Strength, Witness};
use crate::inventory::Inventory;
use crate::inventory::language::Language;
use crate::mesh::charts::Chart;
use crate::mesh::members::Member;

const ID: &str = "languages";
const RULE: &str = "runtime-hints";

/// The fact: a lower bound, never a value.
pub(crate) fn languages(inventory: &Inventory, members: &[Member<'_>], charts: &[Chart]) -> Fact {
    let mut found: BTreeMap<Language, Vec<Witness>> = BTreeMap::new();
    for member in members {
        if member.is_application() && !is_system_namespace(&member.name.namespace) {
            for language in &member.workload().hints.languages {
                found.entry(*language).or_default().push(member.witness());
            }
        }
    }
    for chart in charts {
        let by_name = Language::of_word(&chart.name);
        for language in by_name
            .into_iter()
            .chain(chart.values.top_keys().filter_map(Language::of_word))
        {
            found
                .entry(language)
                .or_default()
                .push(chart.witness.clone());
        }
    }
    if found.is_empty() {
        return Fact::unset(ID, RULE, "no program gives its language away");
    }
    let strength = if inventory.pods.is_empty() {
        Strength::Declared
    } else {
        Strength::Observed
    };
    // One of each, so that three witnesses show three languages.
    let firsts: Vec<Witness> = found
        .values()
        .filter_map(|witnesses| witnesses.first().cloned())
        .collect();
    Fact {
        at_least: Some(FactValue::Count(found.len() as u64)),
        strength,
        count: found.values().map(Vec::len).sum(),
        witnesses: firsts.into_iter().take(3).collect(),
        counted: found
            .keys()
            .map(|language| language.word().to_owned())
            .collect(),
        ..Fact::unset(ID, RULE, "programs without a hint may be in any language")
    }
}
