//! Workloads and namespaces whose standing towards a mesh is not what somebody meant.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::{Anomaly, Scene};
use crate::inventory::kept::witness;
use crate::mesh::enrolment::Enrolment;
use crate::mesh::istio_sidecar;
use crate::mesh::members::Member;
use crate::product::{Product, Shape};
use crate::usage::mutual_tls::PeerPolicies;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    for member in scene
        .members
        .iter()
        .filter(|member| member.is_application())
    {
        found.extend(excluded(member));
        found.extend(not_restarted(member));
        found.extend(not_captured(member));
        found.extend(job(member));
        found.extend(dead_revision_of_pod(scene, member));
    }
    namespaces(scene, found);
    half_enrolled(scene, found);
    let fargate = scene.inventory.nodes.iter().filter(|(_, seen)| {
        seen.value
            .labels
            .is("eks.amazonaws.com/compute-type", "fargate")
    });
    found.extend(
        fargate.map(|(name, seen)| Anomaly::at("no-transparent-mesh", witness(name, seen))),
    );
}

/// A proxy that is told to let everything pass by. The detail is the annotation that tells it.
fn excluded(member: &Member<'_>) -> Option<Anomaly> {
    let sidecars = [Product::Istio, Product::Linkerd]
        .into_iter()
        .any(|product| {
            member.shows_sidecar(product) || member.declared(product, Shape::Sidecars).is_in()
        });
    let annotations = &member.workload().pod_annotations;
    let whole = [
        (
            "traffic.sidecar.istio.io/excludeOutboundIPRanges",
            "0.0.0.0/0",
        ),
        ("traffic.sidecar.istio.io/includeOutboundIPRanges", ""),
        ("traffic.sidecar.istio.io/includeInboundPorts", ""),
        ("config.linkerd.io/skip-outbound-ports", "1-65535"),
        ("config.linkerd.io/skip-inbound-ports", "1-65535"),
    ];
    let told = whole.iter().find(|(key, everything)| {
        annotations.get(key).is_some_and(|value| {
            value == *everything
                || !everything.is_empty() && value.split(',').any(|part| part.trim() == *everything)
        })
    });
    told.filter(|_| sidecars)
        .map(|(key, _)| Anomaly::at("paid-but-excluded", member.witness()).detail(key))
}

/// Pods that run without the proxy that is asked for, or with one that nobody asks for any more.
fn not_restarted(member: &Member<'_>) -> Option<Anomaly> {
    let pods = &member.pods;
    let live = match pods.live.saturating_sub(pods.on_host_network) {
        0 => pods.failed_without_sidecar,
        live => live,
    };
    [Product::Istio, Product::Linkerd, Product::Kuma]
        .into_iter()
        .find_map(|product| {
            let with = if pods.product == Some(product) {
                pods.with_sidecar
            } else {
                0
            };
            let anomaly = |detail, count| {
                let found = Anomaly::at("not-restarted", member.witness()).detail(detail);
                Some(found.counting(count, live))
            };
            match member.declared(product, Shape::Sidecars) {
                Enrolment::In(_) if with < live => anomaly("without", live - with),
                Enrolment::Out(reason) if with > 0 && !reason.starts_with("carries") => {
                    anomaly("leftover", with)
                }
                _ => None,
            }
        })
}

/// Pods that are asked into ambient, and of which Istio's CNI does not say that it captured them. The detail is `pending`
/// where all of them wait for ztunnel.
fn not_captured(member: &Member<'_>) -> Option<Anomaly> {
    let pods = &member.pods;
    let asked = member.declared(Product::Istio, Shape::Sidecarless).is_in();
    let elsewhere = pods.on_host_network + pods.with_sidecar;
    let live = pods.live.saturating_sub(elsewhere);
    let outside = live.saturating_sub(pods.captured);
    let is_pending = pods.pending == outside;
    let detail = if is_pending { "pending" } else { "" };
    (asked && outside > 0).then(|| {
        Anomaly::at("not-captured", member.witness())
            .detail(detail)
            .counting(outside, live)
    })
}

/// A Job whose sidecar does not end with it.
fn job(member: &Member<'_>) -> Option<Anomaly> {
    let workload = member.workload();
    let ends = matches!(member.name.kind.as_str(), "Job" | "CronJob");
    let in_template = workload.sidecar.is_some_and(|proxy| !proxy.native);
    let in_pods = member.pods.with_sidecar > member.pods.native;
    let asked = member.declared(Product::Istio, Shape::Sidecars).is_in()
        && member.pods.live == 0
        && workload.sidecar.is_none()
        && workload
            .pod_annotations
            .is("sidecar.istio.io/nativeSidecar", "false");
    let found = ends && (in_template || in_pods || asked);
    found.then(|| Anomaly::at("job-with-sidecar", member.witness()))
}

/// A Pod's own label that names a revision without a webhook. Namespaces are looked at by themselves.
fn dead_revision_of_pod(scene: &Scene<'_>, member: &Member<'_>) -> Option<Anomaly> {
    let own = member.workload().pod_labels.get("istio.io/rev")?;
    let decides = istio_sidecar::revision(member.namespace, member.workload()) == Some(own);
    (decides && scene.revisions.is_dead(own))
        .then(|| Anomaly::at("dead-revision", member.witness()).detail(own))
}

fn namespaces(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    for (name, seen) in scene.inventory.namespaces.iter() {
        let labels = &seen.value.labels;
        let Some(revision) = labels.get("istio.io/rev") else {
            continue;
        };
        let ambient = labels.is("istio.io/dataplane-mode", "ambient");
        if ambient {
            found.push(Anomaly::at("revision-and-ambient", witness(name, seen)).detail(revision));
        } else if labels.get("istio-injection").is_none() && scene.revisions.is_dead(revision) {
            found.push(Anomaly::at("dead-revision", witness(name, seen)).detail(revision));
        }
    }
}

/// Namespaces some of whose Pods are in a mesh while a policy refuses the others.
fn half_enrolled(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let policies = PeerPolicies::of(scene.inventory, scene.config);
    let pods_visible = !scene.inventory.pods.is_empty();
    let mut halves: BTreeMap<&SmolStr, (usize, usize)> = BTreeMap::new();
    for member in scene
        .members
        .iter()
        .filter(|member| member.is_application())
    {
        let (inside, all) = halves.entry(&member.name.namespace).or_default();
        if pods_visible {
            let pods = &member.pods;
            let captured = pods.captured + pods.pending;
            *inside += (pods.with_sidecar + captured).min(pods.live);
            *all += pods.live.saturating_sub(pods.on_host_network);
        } else {
            *inside += usize::from(member.mesh().is_some());
            *all += 1;
        }
    }
    for (namespace, (inside, all)) in halves {
        if inside == 0 || inside >= all {
            continue;
        }
        if let Some(policy) = policies.strict_for(namespace) {
            let at = scene.namespace(namespace).unwrap_or_else(|| policy.clone());
            let anomaly = Anomaly::at("half-enrolled", at).detail(namespace);
            found.push(anomaly.counting(inside, all).related(vec![policy.clone()]));
        }
    }
}
