//! How many Pods, nodes and waypoints there are.

use std::collections::BTreeMap;

use super::system::is_system_namespace;
use super::{Fact, FactValue, LeftOut, MOST_WITNESSES};
use crate::evidence::{ObjectName, Strength, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::inventory::proxy::Role;
use crate::inventory::workload::State;
use crate::mesh::members::Member;
use crate::mesh::present::Mesh;
use crate::mesh::waypoint::Waypoints;
use crate::product::Shape;

/// Pods that a data plane would carry: those of applications, without what runs on each node and what has finished.
pub(crate) fn pods(inventory: &Inventory, members: &[Member<'_>]) -> Fact {
    if inventory.pods.is_empty() {
        declared_pods(inventory, members)
    } else {
        observed_pods(inventory)
    }
}

fn observed_pods(inventory: &Inventory) -> Fact {
    const RULE: &str = "running-pods";
    let (mut counted, mut over, mut of_nodes, mut of_the_platform) = (0, 0, 0, 0);
    // Of a million Pods nobody needs more.
    let mut first = Vec::with_capacity(MOST_WITNESSES);
    for (name, seen) in inventory.pods.iter() {
        let pod = &seen.value;
        let on_each_node = pod.host_network
            || pod
                .owner
                .as_ref()
                .is_some_and(|(kind, _)| matches!(kind.as_str(), "DaemonSet" | "Node"));
        if pod.state != State::Live {
            over += 1;
        } else if pod.role != Role::Application || is_system_namespace(&name.namespace) {
            of_the_platform += 1;
        } else if on_each_node {
            of_nodes += 1;
        } else {
            counted += 1;
            if first.len() < MOST_WITNESSES {
                first.push(witness(name, seen));
            }
        }
    }
    let left = [
        ("has finished", over),
        ("runs on each node, or on its network", of_nodes),
        ("belongs to the platform", of_the_platform),
    ];
    let mut fact = if counted == 0 {
        Fact::unset("pods", RULE, "no Pod of an application runs")
    } else {
        let value = FactValue::Count(counted as u64);
        Fact {
            count: counted,
            ..Fact::seen("pods", RULE, value, Strength::Observed, &first)
        }
    };
    fact.left_out = without_zero(&left);
    fact
}

fn declared_pods(inventory: &Inventory, members: &[Member<'_>]) -> Fact {
    const RULE: &str = "sum-of-replicas";
    let least = least_replicas(inventory);
    let (mut sum, mut counted, mut jobs, mut of_nodes, mut of_the_platform) =
        (0, Vec::new(), 0, 0, 0);
    for member in members {
        match member.name.kind.as_str() {
            _ if !member.is_application() || is_system_namespace(&member.name.namespace) => {
                of_the_platform += 1;
            }
            "Job" | "CronJob" => jobs += 1,
            "DaemonSet" => of_nodes += 1,
            _ => {
                sum += replicas(&least, member);
                counted.push(member.witness());
            }
        }
    }
    let left = [
        ("runs and ends", jobs),
        ("runs on each node", of_nodes),
        ("belongs to the platform", of_the_platform),
    ];
    let mut fact = if sum == 0 {
        Fact::unset("pods", RULE, "no workload of an application asks for Pods")
    } else {
        Fact::seen(
            "pods",
            RULE,
            FactValue::Count(sum),
            Strength::Declared,
            &counted,
        )
    };
    fact.left_out = without_zero(&left);
    fact
}

/// The least number of replicas that an autoscaler keeps, by its target.
fn least_replicas(inventory: &Inventory) -> BTreeMap<ObjectName, i64> {
    let targets = inventory.autoscalers.iter().map(|(name, seen)| {
        let (kind, target) = &seen.value.target;
        (
            ObjectName::new(kind, &name.namespace, target),
            seen.value.least,
        )
    });
    targets.collect()
}

/// The replicas of a workload: what it says, else the least that its autoscaler keeps, else one.
fn replicas(least: &BTreeMap<ObjectName, i64>, member: &Member<'_>) -> u64 {
    let scaled = || least.get(member.name).copied();
    let replicas = member.workload().replicas.or_else(scaled).unwrap_or(1);
    u64::try_from(replicas).unwrap_or(0)
}

/// Nodes that applications may be put on.
pub(crate) fn nodes(inventory: &Inventory) -> Fact {
    const RULE: &str = "schedulable-nodes";
    if inventory.nodes.is_empty() {
        return Fact::unset("nodes", RULE, "no Node is in the input");
    }
    let open = inventory
        .nodes
        .iter()
        .filter(|(_, seen)| seen.value.schedulable);
    let counted: Vec<Witness> = open.map(|(name, seen)| witness(name, seen)).collect();
    let closed = inventory.nodes.len() - counted.len();
    let mut fact = if counted.is_empty() {
        Fact::unset(
            "nodes",
            RULE,
            "every node in the input is closed to applications",
        )
    } else {
        let value = FactValue::Count(counted.len() as u64);
        Fact::seen("nodes", RULE, value, Strength::Observed, &counted)
    };
    fact.left_out = without_zero(&[("is closed to applications", closed)]);
    fact
}

/// Proxies of waypoints: replicas, not Gateways.
pub(crate) fn waypoints(waypoints: &Waypoints, meshes: &[Mesh], inventory: &Inventory) -> Fact {
    const RULE: &str = "waypoint-replicas";
    let strength = if inventory.pods.is_empty() {
        Strength::Declared
    } else {
        Strength::Observed
    };
    if waypoints.all.is_empty() {
        let shapes: Vec<Option<Shape>> = meshes.iter().map(|mesh| mesh.shape).collect();
        return if shapes.contains(&Some(Shape::Sidecarless)) {
            Fact::seen("waypoints", RULE, FactValue::Count(0), strength, &[])
        } else {
            Fact::unset(
                "waypoints",
                RULE,
                "no sidecarless mesh and no waypoint is in the input",
            )
        };
    }
    let sum = waypoints.all.iter().map(|waypoint| waypoint.replicas).sum();
    let witnesses: Vec<Witness> = waypoints
        .all
        .iter()
        .map(|waypoint| waypoint.witness.clone())
        .collect();
    Fact::seen(
        "waypoints",
        RULE,
        FactValue::Count(sum),
        strength,
        &witnesses,
    )
}

fn without_zero(left: &[(&'static str, usize)]) -> Vec<LeftOut> {
    let some = left.iter().filter(|(_, count)| *count > 0);
    some.map(|(reason, count)| LeftOut {
        reason,
        count: *count,
        names: Vec::new(),
    })
    .collect()
}
