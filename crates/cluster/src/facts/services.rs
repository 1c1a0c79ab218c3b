//! How many services: Services that select an application's workloads, where those that share a workload are one.

use std::collections::{BTreeMap, BTreeSet};

use super::system::{is_system_namespace, is_vendor};
use super::{Fact, FactValue, LeftOut};
use crate::evidence::{ObjectName, Strength, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::members::Member;

const ID: &str = "services";
const RULE: &str = "services-with-workloads";

/// Why a Service is not counted.
const EXTERNAL: &str = "has no selector";
const ORPHAN: &str = "selects no workload";
const SYSTEM: &str = "belongs to the platform";
const VENDOR: &str = "a store, a broker or another vendor's program";
const TWIN: &str = "selects the same workloads as another";
const WORKER: &str = "a workload without a Service";

/// The fact, with the names that were counted and those that were not.
pub(crate) fn services(inventory: &Inventory, members: &[Member<'_>], charts: usize) -> Fact {
    if inventory.services.is_empty() && members.is_empty() {
        let why = if charts > 0 {
            format!("only what installs charts is in the input: {charts} of them")
        } else {
            "no Service and no workload is in the input".to_owned()
        };
        return Fact::unset(ID, RULE, &why);
    }
    let mut left: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    let mut groups = Groups::new(members.len());
    let mut selecting: Vec<(&ObjectName, Witness, usize)> = Vec::new();
    let by_namespace = by_namespace(members);
    for (name, seen) in inventory.services.iter() {
        let spec = &seen.value.spec;
        let mut leave = |reason| left.entry(reason).or_default().push(label(name));
        if spec.selector.is_empty() || spec.kind == "ExternalName" {
            leave(EXTERNAL);
            continue;
        }
        let selected: Vec<usize> = by_namespace
            .get(name.namespace.as_str())
            .into_iter()
            .flatten()
            .copied()
            .filter(|index| {
                members
                    .get(*index)
                    .is_some_and(|m| m.workload().pod_labels.satisfy(&spec.selector))
            })
            .collect();
        let Some(first) = selected.first().copied() else {
            leave(ORPHAN);
            continue;
        };
        let of = |test: &dyn Fn(&Member<'_>) -> bool| {
            selected
                .iter()
                .all(|index| members.get(*index).is_some_and(test))
        };
        if is_system_namespace(&name.namespace) || of(&|member| !member.is_application()) {
            leave(SYSTEM);
        } else if of(&|member| is_vendor(&member.name.name, member.workload())) {
            leave(VENDOR);
        } else {
            for index in &selected {
                groups.join(first, *index);
            }
            selecting.push((name, witness(name, seen), first));
        }
    }
    let mut counted: BTreeMap<usize, (&ObjectName, Witness)> = BTreeMap::new();
    // The one with the shortest name stands for those that share a workload.
    selecting.sort_by_key(|(name, ..)| (name.name.len(), *name));
    for (name, witness, member) in selecting {
        match counted.entry(groups.root(member)) {
            std::collections::btree_map::Entry::Vacant(entry) => {
                entry.insert((name, witness));
            }
            std::collections::btree_map::Entry::Occupied(_) => {
                left.entry(TWIN).or_default().push(label(name));
            }
        }
    }
    let reached: BTreeSet<usize> = counted.keys().copied().collect();
    for (index, member) in members.iter().enumerate() {
        if is_worker(member) && !reached.contains(&groups.root(index)) && !groups.is_joined(index) {
            left.entry(WORKER).or_default().push(label(member.name));
        }
    }
    let mut names: Vec<(&ObjectName, Witness)> = counted.into_values().collect();
    names.sort();
    let witnesses: Vec<Witness> = names.iter().map(|(_, witness)| witness.clone()).collect();
    let mut fact = if names.is_empty() {
        Fact::unset(ID, RULE, "no Service selects a workload of an application")
    } else {
        let strength = if inventory.pods.is_empty() {
            Strength::Declared
        } else {
            Strength::Observed
        };
        Fact::seen(
            ID,
            RULE,
            FactValue::Count(names.len() as u64),
            strength,
            &witnesses,
        )
    };
    fact.counted = names.iter().map(|(name, _)| label(name)).collect();
    fact.left_out = left
        .into_iter()
        .map(|(reason, names)| LeftOut {
            reason,
            count: names.len(),
            names,
        })
        .collect();
    fact
}

/// A workload that may be an application although nothing calls it: one that takes work from a queue.
fn is_worker(member: &Member<'_>) -> bool {
    member.is_application()
        && matches!(
            member.name.kind.as_str(),
            "Deployment" | "StatefulSet" | "ReplicaSet" | "Rollout"
        )
        && !is_system_namespace(&member.name.namespace)
        && !is_vendor(&member.name.name, member.workload())
}

fn by_namespace<'a>(members: &'a [Member<'_>]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut found: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, member) in members.iter().enumerate() {
        found
            .entry(member.name.namespace.as_str())
            .or_default()
            .push(index);
    }
    found
}

fn label(name: &ObjectName) -> String {
    let namespace = if name.namespace.is_empty() {
        "-"
    } else {
        &name.namespace
    };
    format!("{namespace}/{}", name.name)
}

/// Workloads in groups of those that some Service selects together.
struct Groups {
    parents: Vec<usize>,
    joined: BTreeSet<usize>,
}

impl Groups {
    fn new(len: usize) -> Self {
        Self {
            parents: (0..len).collect(),
            joined: BTreeSet::new(),
        }
    }

    fn root(&self, mut index: usize) -> usize {
        while let Some(parent) = self
            .parents
            .get(index)
            .copied()
            .filter(|parent| *parent != index)
        {
            index = parent;
        }
        index
    }

    fn join(&mut self, one: usize, other: usize) {
        self.joined.extend([one, other]);
        let (one, other) = (self.root(one), self.root(other));
        let (low, high) = (one.min(other), one.max(other));
        if let Some(parent) = self.parents.get_mut(high) {
            *parent = low;
        }
    }

    fn is_joined(&self, index: usize) -> bool {
        self.joined.contains(&index)
    }
}
