//! Mutual TLS: where a policy makes it binding. Encryption between members without such a policy is not enforcement.

use crate::evidence::{ObjectName, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::charts::Chart;
use crate::mesh::config::MeshConfig;
use crate::mesh::members::Member;
use crate::object::Body;
use crate::object::istio::PeerAuthenticationSpec;
use crate::product::{Product, Shape};

/// Linkerd's default policies under which a client without an identity is refused; `audit` only writes it down.
const LINKERD_BINDING: [&str; 3] = ["all-authenticated", "cluster-authenticated", "deny"];

const INBOUND_POLICY: &str = "config.linkerd.io/default-inbound-policy";

/// Every object that makes mutual TLS binding somewhere.
pub(crate) fn enforcers(
    inventory: &Inventory,
    members: &[Member<'_>],
    charts: &[Chart],
) -> Vec<Witness> {
    let mut found = Vec::new();
    for (_, name, seen) in inventory.all_settings() {
        let binds = match &seen.value.body {
            Body::PeerAuthentication(policy) => policy.spec.mtls.mode == "STRICT",
            Body::KumaMesh(mesh) => {
                let mtls = &mesh.spec.mtls;
                let permissive = |backend: &crate::object::other_meshes::KumaBackend| {
                    backend.name == mtls.enabled_backend && backend.mode == "PERMISSIVE"
                };
                !mtls.enabled_backend.is_empty() && !mtls.backends.iter().any(permissive)
            }
            Body::KumaPolicy(policy) if name.kind == "MeshTLS" => {
                let entries = policy.spec.from.iter().chain(&policy.spec.rules);
                entries
                    .into_iter()
                    .any(|entry| entry.default.mode == "Strict")
            }
            Body::LinkerdAuthorization(policy) => policy.spec.required.iter().any(|required| {
                matches!(
                    required.kind.as_str(),
                    "MeshTLSAuthentication" | "ServiceAccount"
                )
            }),
            Body::ServerAuthorization(policy) => policy.spec.client.mesh_tls.0,
            _ => false,
        };
        if binds {
            found.push(witness(name, seen));
        }
    }
    found.extend(
        members
            .iter()
            .filter(|member| linkerd_binds(member))
            .map(Member::witness),
    );
    found.extend(linkerd_default(inventory, charts));
    found
}

/// Whether a workload in Linkerd refuses clients without an identity by its own or its namespace's annotation.
fn linkerd_binds(member: &Member<'_>) -> bool {
    let inside = member.declared(Product::Linkerd, Shape::Sidecars).is_in()
        || member.shows_sidecar(Product::Linkerd);
    let of_pod = member.workload().pod_annotations.get(INBOUND_POLICY);
    let of_namespace = member
        .namespace
        .and_then(|namespace| namespace.annotations.get(INBOUND_POLICY));
    inside
        && of_pod
            .or(of_namespace)
            .is_some_and(|policy| LINKERD_BINDING.contains(&policy))
}

/// What makes Linkerd refuse such clients everywhere: a value of its chart.
fn linkerd_default(inventory: &Inventory, charts: &[Chart]) -> Option<Witness> {
    let binding = |value: Option<&str>| value.is_some_and(|value| LINKERD_BINDING.contains(&value));
    let chart = charts.iter().find(|chart| {
        chart.name == "linkerd-control-plane"
            && binding(chart.values.get("proxy.defaultInboundPolicy"))
    });
    let config = || {
        inventory
            .config_maps
            .iter()
            .filter(|(name, _)| name.name == "linkerd-config")
            .find(|(_, seen)| {
                let values = crate::object::settings::Settings::parse(
                    seen.value.get("values").unwrap_or_default(),
                );
                binding(values.get("proxy.defaultInboundPolicy"))
            })
    };
    chart
        .map(|chart| chart.witness.clone())
        .or_else(|| config().map(|(name, seen)| witness(name, seen)))
}

/// Istio's policies by the namespaces that they hold for. The narrowest wins.
pub(crate) struct PeerPolicies<'a> {
    policies: Vec<(&'a ObjectName, Witness, &'a PeerAuthenticationSpec)>,
    root: &'a str,
}

impl<'a> PeerPolicies<'a> {
    pub(crate) fn of(inventory: &'a Inventory, config: &'a MeshConfig) -> Self {
        let of_kind = inventory
            .group("security.istio.io")
            .filter_map(|(name, seen)| {
                let Body::PeerAuthentication(policy) = &seen.value.body else {
                    return None;
                };
                Some((name, witness(name, seen), &policy.spec))
            });
        Self {
            policies: of_kind.collect(),
            root: config.root_namespace(),
        }
    }

    /// The policy that makes mutual TLS binding for a whole namespace.
    pub(crate) fn strict_for(&self, namespace: &str) -> Option<&Witness> {
        self.whole(namespace)
            .or_else(|| self.whole(self.root))
            .filter(|(_, mode)| *mode == "STRICT")
            .map(|(witness, _)| witness)
    }

    /// The mode that is set for a whole namespace. A selector without labels is none (`authentication.go`, L151).
    fn whole(&self, namespace: &str) -> Option<(&Witness, &str)> {
        let (_, witness, spec) = self.policies.iter().find(|(name, _, spec)| {
            name.namespace == namespace
                && spec.selector.match_labels.is_empty()
                && !matches!(spec.mtls.mode.as_str(), "" | "UNSET")
        })?;
        Some((witness, spec.mtls.mode.as_str()))
    }
}
