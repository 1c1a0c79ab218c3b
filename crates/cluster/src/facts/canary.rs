//! Canaries and authorization: what of them policies show. That nothing is seen says nothing: feature flags are
//! invisible, and the absence of a policy is not the absence of a need.

use super::{Fact, FactValue};
use crate::evidence::{Strength, Witness};
use crate::inventory::Inventory;
use crate::object::Body;
use crate::usage::authorization::Authorization;
use crate::usage::layer::Layer;
use crate::usage::traffic::Traffic;

/// How new versions are let in, as far as routes show it.
pub(crate) fn canary(traffic: &Traffic<'_>, inventory: &Inventory) -> Fact {
    const RULE: &str = "weights-and-cohorts";
    let routes = || traffic.east_west_routes();
    let cohorts: Vec<Witness> = routes()
        .filter(|route| route.features.cohorts)
        .map(|route| route.witness.clone())
        .collect();
    let weights: Vec<Witness> = routes()
        .filter(|route| route.features.splits)
        .map(|route| route.witness.clone())
        .chain(traffic.mesh_canaries.iter().cloned())
        .collect();
    for (option, between) in [("cohort-some", cohorts), ("service-weighted", weights)] {
        if !between.is_empty() {
            return Fact::seen(
                "canary",
                RULE,
                FactValue::Choice(option),
                Strength::Declared,
                &between,
            );
        }
    }
    let rollouts = inventory
        .workloads
        .iter()
        .filter(|(name, _)| name.kind == "Rollout");
    let moves_traffic = rollouts.filter(|(_, seen)| seen.value.moves_traffic);
    let edge: Vec<Witness> = traffic
        .edge_routes()
        .filter(|route| route.features.splits)
        .map(|route| route.witness.clone())
        .chain(traffic.edge_canaries.iter().cloned())
        .chain(moves_traffic.map(|(name, seen)| crate::inventory::kept::witness(name, seen)))
        .collect();
    if edge.is_empty() {
        return Fact::unset(
            "canary",
            RULE,
            "no route splits traffic; feature flags would not show",
        );
    }
    Fact::seen(
        "canary",
        RULE,
        FactValue::Choice("edge-weighted"),
        Strength::Declared,
        &edge,
    )
}

/// Whether services authorize requests by what they ask for.
pub(crate) fn authorization(policies: &[Authorization], enforced: bool) -> Fact {
    const RULE: &str = "l7-policies";
    let between: Vec<Witness> = policies
        .iter()
        .filter(|policy| policy.layer == Layer::L7 && policy.is_in_use())
        .map(|policy| policy.witness.clone())
        .collect();
    if between.is_empty() {
        let why =
            "no policy between services reads requests; that does not say that none is needed";
        return Fact::unset("authorization", RULE, why);
    }
    let strength = if enforced {
        Strength::Enforced
    } else {
        Strength::Declared
    };
    Fact::seen(
        "authorization",
        RULE,
        FactValue::Choice("l7"),
        strength,
        &between,
    )
}

/// Policies of the network's plugin that read requests: L7 authorization without a mesh.
pub(crate) fn l7_without_mesh(inventory: &Inventory) -> Vec<Witness> {
    let reads_requests = |body: &Body| match body {
        Body::CiliumPolicy(policy) => std::iter::once(&policy.spec)
            .chain(&policy.specs)
            .flat_map(|spec| spec.ingress.iter().chain(&spec.egress))
            .flat_map(|rule| &rule.to_ports)
            .any(|port| port.rules.http.0),
        Body::CalicoPolicy(policy) => policy
            .spec
            .ingress
            .iter()
            .chain(&policy.spec.egress)
            .any(|rule| rule.http.0),
        _ => false,
    };
    let found = inventory
        .all_settings()
        .filter(|(_, _, seen)| reads_requests(&seen.value.body));
    found
        .map(|(_, name, seen)| crate::inventory::kept::witness(name, seen))
        .collect()
}
