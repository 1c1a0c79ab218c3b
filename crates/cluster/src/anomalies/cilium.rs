//! Settings of Cilium that stand in ambient's way, promise less than they seem to, or are switched on for nobody.

use super::{Anomaly, Scene};
use crate::evidence::Witness;
use crate::inventory::kept::witness;
use crate::object::Body;
use crate::object::other_meshes::CiliumPolicySpec;
use crate::object::service::Data;
use crate::product::{Product, Shape};

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let ambient = scene
        .meshes
        .iter()
        .any(|mesh| mesh.product == Product::Istio && mesh.shape == Some(Shape::Sidecarless));
    for (name, seen) in scene
        .inventory
        .config_maps
        .iter()
        .filter(|(name, _)| name.name == "cilium-config")
    {
        let (config, here) = (&seen.value, witness(name, seen));
        if ambient {
            prerequisites(config, &here, found);
        }
        let on = |key: &str| config.get(key) == Some("true");
        let strict = on("enable-encryption-strict-mode-egress")
            || on("enable-encryption-strict-mode-ingress")
            || on("enable-encryption-strict-mode");
        if on("enable-wireguard") && !strict {
            found.push(Anomaly::at("encryption-best-effort", here.clone()));
        }
        if on("mesh-auth-mutual-enabled") && !asks_for_authentication(scene) {
            found.push(Anomaly::at("mutual-auth-unused", here));
        }
    }
    if ambient {
        for chart in scene.charts.iter().filter(|chart| chart.name == "cilium") {
            let set = [("cni.exclusive", "true"), ("bpf.masquerade", "true")];
            for (key, _) in set
                .iter()
                .filter(|(key, bad)| chart.values.get(key) == Some(bad))
            {
                found.push(Anomaly::at("cilium-prerequisite", chart.witness.clone()).detail(key));
            }
        }
    }
}

/// What ambient asks of Cilium: <https://istio.io/latest/docs/ambient/install/platform-prerequisites/>.
fn prerequisites(config: &Data, here: &Witness, found: &mut Vec<Anomaly>) {
    let mut breaks = Vec::new();
    for key in ["cni-exclusive", "enable-bpf-masquerade"] {
        if config.get(key) == Some("true") {
            breaks.push(key);
        }
    }
    if config.get("bpf-lb-sock-hostns-only") != Some("true") {
        breaks.push("bpf-lb-sock-hostns-only");
    }
    found.extend(
        breaks
            .into_iter()
            .map(|key| Anomaly::at("cilium-prerequisite", here.clone()).detail(key)),
    );
}

fn asks_for_authentication(scene: &Scene<'_>) -> bool {
    scene
        .inventory
        .group("cilium.io")
        .any(|(_, seen)| match &seen.value.body {
            Body::CiliumPolicy(policy) => std::iter::once(&policy.spec)
                .chain(&policy.specs)
                .any(authenticates),
            _ => false,
        })
}

/// Whether a rule of a policy asks both sides for an identity.
pub(super) fn authenticates(spec: &CiliumPolicySpec) -> bool {
    spec.ingress
        .iter()
        .chain(&spec.egress)
        .any(|rule| !rule.authentication.mode.is_empty())
}
