//! Authorization by identity: which policies say who may call whom, at which layer, between services or at an edge.

use std::collections::BTreeSet;

use smol_str::SmolStr;

use super::layer::{Effect, Layer, allows_everything, effect, layer};
use crate::evidence::{ObjectName, Witness};
use crate::inventory::kept::witness;
use crate::inventory::proxy::Role;
use crate::inventory::{Inventory, Setting};
use crate::mesh::config::MeshConfig;
use crate::mesh::members::Member;
use crate::mesh::waypoint::Waypoints;
use crate::object::istio::{AuthorizationPolicySpec, TargetRef};
use crate::object::other_meshes::KumaPolicySpec;
use crate::object::{Body, Labels};

/// A policy that says who may call whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authorization {
    /// The policy.
    pub witness: Witness,
    /// The layer at which it speaks.
    pub layer: Layer,
    /// It is for an edge gateway, not between services.
    pub at_edge: bool,
    /// It says something that what is to enforce it, ztunnel, cannot do.
    pub is_lost: bool,
}

impl Authorization {
    /// Whether it holds between services.
    pub(crate) fn is_in_use(&self) -> bool {
        !self.at_edge && !self.is_lost
    }
}

/// Every policy that restricts something; those that allow everything are none.
pub(crate) fn authorizations(
    inventory: &Inventory,
    members: &[Member<'_>],
    waypoints: &Waypoints,
    ambient: &Ambient,
) -> Vec<Authorization> {
    let gateways: Vec<(&str, &Labels)> = members
        .iter()
        .filter(|member| member.workload().role == Role::Gateway)
        .map(|member| {
            (
                member.name.namespace.as_str(),
                &member.workload().pod_labels,
            )
        })
        .collect();
    let scope = Scope {
        gateways,
        waypoints,
    };
    let mut found = Vec::new();
    for (_, name, seen) in inventory.all_settings() {
        let Some((layer, at_edge)) = judge(name, &seen.value.body, &scope) else {
            continue;
        };
        let lost = || {
            let Body::AuthorizationPolicy(policy) = &seen.value.body else {
                return false;
            };
            let to_ztunnel =
                ambient.reaches(&name.namespace) && policy.spec.targets().next().is_none();
            let kept = [Effect::AsWritten, Effect::DenyWidened];
            to_ztunnel && !kept.contains(&of_policy(&seen.value, &policy.spec))
        };
        let is_lost = !at_edge && lost();
        found.push(Authorization {
            witness: witness(name, seen),
            layer,
            at_edge,
            is_lost,
        });
    }
    found
}

/// The namespaces whose Pods ztunnel carries.
#[derive(Debug, Default)]
pub(crate) struct Ambient {
    namespaces: BTreeSet<SmolStr>,
    root: SmolStr,
}

impl Ambient {
    pub(crate) fn of(inventory: &Inventory, members: &[Member<'_>], config: &MeshConfig) -> Self {
        let by_label = inventory
            .namespaces
            .iter()
            .filter(|(_, seen)| seen.value.labels.is("istio.io/dataplane-mode", "ambient"))
            .map(|(name, _)| name.name.clone());
        let by_member = members
            .iter()
            .filter(|member| member.in_ambient())
            .map(|m| m.name.namespace.clone());
        Self {
            namespaces: by_label.chain(by_member).collect(),
            root: config.root_namespace().into(),
        }
    }

    /// Whether policies of a namespace reach Pods in ambient; those of the root namespace reach all.
    pub(crate) fn reaches(&self, namespace: &str) -> bool {
        self.namespaces.contains(namespace)
            || (self.root == namespace && !self.namespaces.is_empty())
    }
}

/// What becomes of a policy at ztunnel.
pub(crate) fn of_policy(setting: &Setting, spec: &AuthorizationPolicySpec) -> Effect {
    effect(spec, setting.annotations.is("istio.io/dry-run", "true"))
}

struct Scope<'a> {
    gateways: Vec<(&'a str, &'a Labels)>,
    waypoints: &'a Waypoints,
}

fn judge(name: &ObjectName, body: &Body, scope: &Scope<'_>) -> Option<(Layer, bool)> {
    match body {
        Body::AuthorizationPolicy(policy) => {
            let spec = &policy.spec;
            let targets: Vec<&TargetRef> = spec.targets().collect();
            let at_edge = scope.is_edge(name, &spec.selector.match_labels, &targets);
            (!allows_everything(spec)).then(|| (layer(spec), at_edge))
        }
        Body::RequestAuthentication(policy) => {
            let spec = &policy.spec;
            let targets: Vec<&TargetRef> = spec.targets().collect();
            let at_edge = scope.is_edge(name, &spec.selector.match_labels, &targets);
            spec.jwt_rules.0.then_some((Layer::L7, at_edge))
        }
        Body::LinkerdAuthorization(policy) => {
            let by_identity = policy.spec.required.iter().any(|required| {
                matches!(
                    required.kind.as_str(),
                    "MeshTLSAuthentication" | "ServiceAccount"
                )
            });
            let of_requests = matches!(policy.spec.target.kind.as_str(), "HTTPRoute" | "GRPCRoute");
            let layer = if of_requests { Layer::L7 } else { Layer::L4 };
            by_identity.then_some((layer, false))
        }
        Body::ServerAuthorization(policy) => {
            policy.spec.client.mesh_tls.0.then_some((Layer::L4, false))
        }
        Body::KumaPolicy(policy) if name.kind == "MeshTrafficPermission" => {
            (!permits_everything(&policy.spec)).then_some((Layer::L4, false))
        }
        Body::ServiceIntentions(intentions) => {
            let sources = &intentions.spec.sources;
            let http = sources
                .iter()
                .flat_map(|source| &source.permissions)
                .any(|p| p.http.0);
            let layer = if http { Layer::L7 } else { Layer::L4 };
            (!sources.is_empty()).then_some((layer, false))
        }
        _ => None,
    }
}

impl Scope<'_> {
    /// Whether a policy is for a gateway at an edge: by reference, or by labels that gateways carry.
    fn is_edge(&self, name: &ObjectName, selector: &Labels, targets: &[&TargetRef]) -> bool {
        if !targets.is_empty() {
            return targets.iter().all(|target| {
                target.kind == "Gateway" && !self.waypoints.includes(&name.namespace, &target.name)
            });
        }
        if selector.is_empty() {
            return false;
        }
        let gateway = selector.get("gateway.networking.k8s.io/gateway-name");
        let named_as_one = selector
            .get("istio")
            .is_some_and(|value| value.ends_with("gateway"))
            || gateway.is_some_and(|gateway| !self.waypoints.includes(&name.namespace, gateway));
        let selects_one = self
            .gateways
            .iter()
            .any(|(namespace, labels)| *namespace == name.namespace && labels.satisfy(selector));
        named_as_one || selects_one
    }
}

/// Whether a permission of Kuma's lets everybody call everybody.
fn permits_everything(spec: &KumaPolicySpec) -> bool {
    let whole = |kind: &str| matches!(kind, "" | "Mesh");
    whole(&spec.target.kind)
        && !spec.from.is_empty()
        && spec.from.iter().all(|entry| {
            whole(&entry.target.kind) && entry.default.action.eq_ignore_ascii_case("allow")
        })
}
