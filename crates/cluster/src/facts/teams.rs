//! How many teams: the values of the one label by which the input names owners, where it covers most workloads.

use std::collections::{BTreeMap, BTreeSet};

use super::system::is_system_namespace;
use super::{Fact, FactValue, LeftOut};
use crate::evidence::{Strength, Witness};
use crate::inventory::Inventory;
use crate::mesh::members::Member;
use crate::object::Labels;

const ID: &str = "teams";
const RULE: &str = "owner-labels";

/// The fact. Namespaces are never counted for it.
pub(crate) fn teams(inventory: &Inventory, members: &[Member<'_>]) -> Fact {
    let workloads: Vec<&Member<'_>> = members
        .iter()
        .filter(|member| member.is_application() && !is_system_namespace(&member.name.namespace))
        .collect();
    if workloads.is_empty() {
        return Fact::unset(ID, RULE, "no workload of an application is in the input");
    }
    let mut keys: BTreeMap<&str, (BTreeSet<&str>, Vec<Witness>)> = BTreeMap::new();
    for member in &workloads {
        let mut own: BTreeMap<&str, &str> = BTreeMap::new();
        // The narrowest says it: the Pods, else the workload, else the namespace.
        if let Some(namespace) = member.namespace {
            own.extend(owners(&namespace.annotations));
            own.extend(owners(&namespace.labels));
        }
        let workload = member.workload();
        own.extend(owners(&workload.annotations));
        own.extend(owners(&workload.labels));
        own.extend(owners(&workload.pod_labels));
        for (key, value) in own {
            let (values, witnesses) = keys.entry(key).or_default();
            values.insert(value);
            witnesses.push(member.witness());
        }
    }
    let half = |witnesses: &[Witness]| 2 * witnesses.len() >= workloads.len();
    // Owners are people, spelled in several ways: a key that names teams goes before, where it covers enough.
    let best = keys
        .iter()
        .filter(|(_, (_, witnesses))| half(witnesses))
        .max_by_key(|(key, (_, witnesses))| {
            (names_teams(key), witnesses.len(), std::cmp::Reverse(**key))
        });
    let Some((_, (values, witnesses))) = best else {
        let why = match keys
            .iter()
            .max_by_key(|(_, (_, witnesses))| witnesses.len())
        {
            Some((key, (_, witnesses))) => {
                format!(
                    "{key} is set on {} of {} workloads only",
                    witnesses.len(),
                    workloads.len()
                )
            }
            None => "no workload and no namespace has a label for its team".to_owned(),
        };
        return Fact::unset(ID, RULE, &why);
    };
    let strength = if inventory.pods.is_empty() {
        Strength::Declared
    } else {
        Strength::Observed
    };
    let mut fact = Fact::seen(
        ID,
        RULE,
        FactValue::Count(values.len() as u64),
        strength,
        witnesses,
    );
    fact.counted = values.iter().map(|value| (*value).to_owned()).collect();
    let without = workloads.len() - witnesses.len();
    if without > 0 {
        let names = Vec::new();
        fact.left_out = vec![LeftOut {
            reason: "a workload without the label",
            count: without,
            names,
        }];
    }
    fact
}

fn owners(labels: &Labels) -> impl Iterator<Item = (&str, &str)> {
    labels
        .iter()
        .filter(|(key, value)| is_owner_key(key) && !value.is_empty())
}

fn is_owner_key(key: &str) -> bool {
    matches!(key, "team" | "owner" | "squad" | "dt.owner")
        || ["/team", "/team-name", "/owner"]
            .iter()
            .any(|end| key.ends_with(end))
}

fn names_teams(key: &str) -> bool {
    !key.ends_with("owner")
}
