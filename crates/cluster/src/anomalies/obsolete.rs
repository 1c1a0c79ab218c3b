//! Objects of APIs that are gone or on their way out. The detail says which.

use super::cilium::authenticates;
use super::{Anomaly, Scene};
use crate::inventory::kept::witness;
use crate::object::Body;
use crate::object::other_meshes::CiliumPolicySpec;
use crate::product::Product;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let linkerd = scene
        .control_planes
        .iter()
        .find(|plane| plane.product == Product::Linkerd);
    let has_routes = linkerd
        .and_then(|plane| plane.version.as_deref())
        .is_some_and(reads_routes);
    for (group, name, seen) in scene.inventory.all_settings() {
        let what = match &seen.value.body {
            Body::TrafficSplit(_) => Some("smi"),
            Body::Other if group.ends_with("smi-spec.io") => Some("smi"),
            Body::ServiceProfile(_) if has_routes => Some("service-profile"),
            Body::CiliumPolicy(policy) => {
                let specs: Vec<&CiliumPolicySpec> =
                    std::iter::once(&policy.spec).chain(&policy.specs).collect();
                if specs.iter().any(|spec| names_a_removed_protocol(spec)) {
                    Some("kafka")
                } else {
                    specs
                        .iter()
                        .any(|spec| authenticates(spec))
                        .then_some("mutual-authentication")
                }
            }
            _ => None,
        };
        if let Some(what) = what {
            found.push(Anomaly::at("obsolete-api", witness(name, seen)).detail(what));
        }
    }
}

/// `rules.kafka` and `l7proto`, which Cilium 1.20 no longer reads (cilium#43557).
fn names_a_removed_protocol(spec: &CiliumPolicySpec) -> bool {
    let rules = spec
        .ingress
        .iter()
        .chain(&spec.egress)
        .flat_map(|rule| &rule.to_ports);
    rules
        .into_iter()
        .any(|port| port.rules.kafka.0 || port.rules.l7_proto.0)
}

/// Whether this version of Linkerd sets retries and deadlines by routes: 2.16 and later, edge releases since 24.8.
fn reads_routes(version: &str) -> bool {
    let numbers = |text: &str| -> Option<(u32, u32)> {
        let mut parts = text.split('.');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    if let Some(edge) = version.strip_prefix("edge-") {
        return numbers(edge).is_some_and(|release| release >= (24, 8));
    }
    let stable = version
        .trim_start_matches("stable-")
        .trim_start_matches("enterprise-");
    numbers(stable).is_some_and(|release| ((2, 16)..(3, 0)).contains(&release))
}

#[cfg(test)]
mod tests {
    use super::reads_routes;

    #[test]
    fn routes_replace_profiles_since_2_16() {
        for version in [
            "stable-2.16.0",
            "2.18.1",
            "enterprise-2.17.0",
            "edge-24.8.2",
            "edge-26.9.1",
        ] {
            assert!(reads_routes(version), "{version}");
        }
        for version in [
            "stable-2.14.10",
            "edge-24.7.1",
            "2024.1.1",
            "1.9.0",
            "",
            "dev",
        ] {
            assert!(!reads_routes(version), "{version}");
        }
    }
}
