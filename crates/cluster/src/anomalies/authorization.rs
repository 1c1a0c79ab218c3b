//! Policies of Istio's that say one thing and do another in ambient.

use std::collections::BTreeSet;

use super::{Anomaly, Scene};
use crate::evidence::{ObjectName, Witness};
use crate::inventory::Setting;
use crate::inventory::kept::{Seen, witness};
use crate::object::Body;
use crate::object::istio::{AuthorizationPolicySpec, TargetRef};
use crate::usage::authorization::of_policy;
use crate::usage::layer::Effect;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let at_edge: BTreeSet<&Witness> = scene
        .authorizations
        .iter()
        .filter(|policy| policy.at_edge)
        .map(|policy| &policy.witness)
        .collect();
    for (name, seen) in scene.inventory.group("security.istio.io") {
        let Body::AuthorizationPolicy(policy) = &seen.value.body else {
            continue;
        };
        let spec = &policy.spec;
        let here = witness(name, seen);
        if at_edge.contains(&here) || !scene.ambient.reaches(&name.namespace) {
            continue;
        }
        if spec.targets().next().is_some() {
            for target in spec
                .targets()
                .filter(|target| !is_served(scene, name, target))
            {
                let detail = format!("{}/{}", target.kind, target.name);
                found.push(Anomaly::at("authz-no-waypoint", here.clone()).detail(&detail));
            }
        } else if selects_waypoint(scene, name, spec) {
            found.push(Anomaly::at("authz-selector", here));
        } else if let Some(id) = fault(spec, seen) {
            found.push(Anomaly::at(id, here).detail(&spec.action));
        }
    }
}

/// The rule that a policy without a target breaks, if ztunnel does not do what it says.
fn fault(spec: &AuthorizationPolicySpec, seen: &Seen<Setting>) -> Option<&'static str> {
    match of_policy(&seen.value, spec) {
        Effect::AsWritten => None,
        Effect::AllowDropped => Some("authz-l7-allow"),
        Effect::DenyWidened => Some("authz-l7-deny-mixed"),
        Effect::DenyLost => Some("authz-l7-deny-lost"),
        Effect::TrustDomainOnly => Some("authz-trust-domain"),
        Effect::Unsupported => Some("authz-unsupported"),
    }
}

/// Whether a waypoint enforces what is attached to a target.
fn is_served(scene: &Scene<'_>, policy: &ObjectName, target: &TargetRef) -> bool {
    let namespace = &policy.namespace;
    match target.kind.as_str() {
        "Gateway" => scene
            .inventory
            .group("gateway.networking.k8s.io")
            .any(|(name, _)| {
                name.kind == "Gateway" && name.name == target.name && name.namespace == *namespace
            }),
        // A class serves whatever is made of it.
        "GatewayClass" => true,
        kind => scene.waypoints.all.iter().any(|waypoint| {
            waypoint.users.iter().any(|user| {
                let object = &user.object;
                let itself = object.kind == kind
                    && object.name == target.name
                    && object.namespace == *namespace;
                itself || (object.kind == "Namespace" && object.name == *namespace)
            })
        }),
    }
}

/// Whether a policy tries to reach a waypoint by its labels, which waypoints do not look at.
fn selects_waypoint(scene: &Scene<'_>, name: &ObjectName, spec: &AuthorizationPolicySpec) -> bool {
    let gateway = spec
        .selector
        .match_labels
        .get("gateway.networking.k8s.io/gateway-name");
    gateway.is_some_and(|gateway| scene.waypoints.includes(&name.namespace, gateway))
}
