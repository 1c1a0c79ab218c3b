//! What a sidecarless data plane could not do for this cluster. A reason that is not seen is not ruled out.

use super::{Fact, FactValue};
use crate::evidence::{Strength, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::members::Member;
use crate::mesh::waypoint::Waypoints;
use crate::object::Body;
use crate::object::istio::EnvoyFilterSpec;

/// A reason, and what shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SidecarReason {
    /// Which reason.
    pub flag: &'static str,
    /// The objects that show it.
    pub witnesses: Vec<Witness>,
}

/// The reasons that the input shows, in a fixed order.
pub(crate) fn reasons(
    inventory: &Inventory,
    members: &[Member<'_>],
    waypoints: &Waypoints,
) -> Vec<SidecarReason> {
    let found = [
        ("off-cluster-workloads", off_cluster(inventory)),
        ("spire-ca", spire(members)),
        ("envoy-filters", envoy_filters(inventory, waypoints)),
        ("unsupported-multicluster", multicluster(inventory)),
        ("no-node-agents", no_agents(inventory)),
    ];
    found
        .into_iter()
        .filter(|(_, witnesses)| !witnesses.is_empty())
        .map(|(flag, witnesses)| SidecarReason { flag, witnesses })
        .collect()
}

/// The fact.
pub(crate) fn fact(reasons: &[SidecarReason]) -> Fact {
    const RULE: &str = "sidecar-reasons";
    if reasons.is_empty() {
        return Fact::unset(
            "sidecar_reasons",
            RULE,
            "no reason for sidecars is in the input; others may be",
        );
    }
    let flags = FactValue::Flags(reasons.iter().map(|reason| reason.flag).collect());
    let witnesses: Vec<Witness> = reasons
        .iter()
        .flat_map(|reason| reason.witnesses.iter().cloned())
        .collect();
    Fact::seen(
        "sidecar_reasons",
        RULE,
        flags,
        Strength::Declared,
        &witnesses,
    )
}

fn off_cluster(inventory: &Inventory) -> Vec<Witness> {
    let mut found = inventory.of_kind("networking.istio.io", "WorkloadEntry");
    found.extend(inventory.of_kind("networking.istio.io", "WorkloadGroup"));
    found.extend(inventory.of_kind("workload.linkerd.io", "ExternalWorkload"));
    for (name, seen) in inventory.group("networking.istio.io") {
        if let Body::ServiceEntry(entry) = &seen.value.body
            && entry.spec.workload_selector.0
        {
            found.push(witness(name, seen));
        }
    }
    found
}

fn spire(members: &[Member<'_>]) -> Vec<Witness> {
    // A volume of SPIFFE alone may serve something else than the mesh.
    let certified = |member: &&Member<'_>| {
        let workload = member.workload();
        let meshed = workload.sidecar.is_some() || member.mesh().is_some();
        workload.hints.spire && (meshed || !member.is_application())
    };
    members
        .iter()
        .filter(certified)
        .map(Member::witness)
        .collect()
}

fn envoy_filters(inventory: &Inventory, waypoints: &Waypoints) -> Vec<Witness> {
    let of_workloads = inventory
        .group("networking.istio.io")
        .filter(|(name, seen)| {
            let Body::EnvoyFilter(filter) = &seen.value.body else {
                return false;
            };
            patches_workloads(&name.namespace, &filter.spec, waypoints)
        });
    of_workloads
        .map(|(name, seen)| witness(name, seen))
        .collect()
}

/// Whether a filter patches proxies other than those of gateways, which run beside ambient.
fn patches_workloads(namespace: &str, spec: &EnvoyFilterSpec, waypoints: &Waypoints) -> bool {
    let labels = &spec.workload_selector.labels;
    let selects_a_gateway = labels
        .get("istio")
        .is_some_and(|value| value.ends_with("gateway"))
        || labels
            .get("gateway.networking.k8s.io/gateway-name")
            .is_some();
    let targets_a_gateway = !spec.target_refs.is_empty()
        && spec
            .target_refs
            .iter()
            .all(|target| target.kind == "Gateway" && !waypoints.includes(namespace, &target.name));
    let beyond_gateways = spec
        .config_patches
        .iter()
        .any(|patch| patch.matched.context != "GATEWAY");
    beyond_gateways && !selects_a_gateway && !targets_a_gateway
}

/// Sidecars that span clusters: gateways between networks that are not ambient's own.
fn multicluster(inventory: &Inventory) -> Vec<Witness> {
    let mut found = Vec::new();
    for (name, seen) in inventory.remote_secrets.iter() {
        found.push(witness(name, seen));
    }
    let gateways = inventory
        .group("gateway.networking.k8s.io")
        .filter_map(|(name, seen)| {
            let Body::Gateway(gateway) = &seen.value.body else {
                return None;
            };
            (gateway.spec.class == "istio-remote").then(|| witness(name, seen))
        });
    found.extend(gateways);
    // Ambient's own gateways between clusters: what they join is carried without sidecars.
    let ambient = inventory.group("gateway.networking.k8s.io").any(|(_, seen)| {
        matches!(&seen.value.body, Body::Gateway(gateway) if gateway.spec.class == "istio-east-west")
    });
    if ambient { Vec::new() } else { found }
}

/// Nodes that take no agents: those of GKE Autopilot and of virtual kubelets.
fn no_agents(inventory: &Inventory) -> Vec<Witness> {
    let closed = inventory.nodes.iter().filter(|(name, seen)| {
        name.name.starts_with("gk3-") || seen.value.labels.is("type", "virtual-kubelet")
    });
    closed.map(|(name, seen)| witness(name, seen)).collect()
}
