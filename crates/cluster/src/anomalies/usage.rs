//! A mesh that is paid for and not used, as a whole or in one of its gifts.

use super::{Anomaly, Scene};
use crate::mesh::control_plane::ControlPlane;
use crate::mesh::present::Mesh;
use crate::product::{Product, Shape};
use crate::usage::gifts::{GiftId, GiftState};
use crate::usage::layer::Layer;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    for plane in scene.control_planes {
        found.extend(unused(scene, plane));
    }
    let Some(mesh) = scene.meshes.iter().find(|mesh| mesh.workloads.members > 0) else {
        return;
    };
    let Some(witness) = mesh.witnesses.first() else {
        return;
    };
    let members: usize = scene.meshes.iter().map(|mesh| mesh.workloads.members).sum();
    let idle = |id: GiftId| {
        scene
            .gifts
            .iter()
            .any(|gift| gift.id == id && gift.witnesses.is_empty())
    };
    let at = |id| Anomaly::at(id, witness.clone()).counting(members, mesh.workloads.of);
    if idle(GiftId::Mtls) {
        found.push(at("mtls-not-enforced"));
    }
    if idle(GiftId::IdentityAuthorization) {
        found.push(at("authorization-unused"));
    }
    let routed = scene.traffic.routes.iter().any(|route| route.is_in_use());
    if idle(GiftId::L7TrafficPolicy) {
        found.push(at("traffic-policy-unused"));
        let edge: Vec<_> = scene
            .traffic
            .edge_routes()
            .map(|route| route.witness.clone())
            .collect();
        if let Some(first) = edge.first().filter(|_| !routed) {
            found.push(
                Anomaly::at("edge-only", first.clone())
                    .counting(edge.len(), edge.len())
                    .related(edge),
            );
        }
    }
    found.extend(sidecars_for_l4(scene));
    duplicate_duty(scene, found);
}

/// U1: a control plane, and nobody in its mesh. Where it cannot be told who is, nothing is said.
fn unused(scene: &Scene<'_>, plane: &ControlPlane) -> Option<Anomaly> {
    let of_product = || {
        scene
            .meshes
            .iter()
            .filter(|mesh| mesh.product == plane.product)
    };
    let nobody = |mesh: &Mesh| {
        let workloads = &mesh.workloads;
        workloads.members == 0 && workloads.declared == 0 && workloads.not_visible == 0
    };
    let empty = of_product().next().is_some() && of_product().all(nobody);
    let witness = plane
        .witnesses
        .first()
        .filter(|_| empty && plane.has_own_objects)?;
    let of = of_product()
        .map(|mesh| mesh.workloads.of)
        .max()
        .unwrap_or(0);
    let unused = Anomaly::at("mesh-unused", witness.clone()).detail(plane.product.word());
    Some(unused.counting(0, of).related(plane.witnesses.clone()))
}

/// U7: sidecars that do nothing that a node's agent could not do.
fn sidecars_for_l4(scene: &Scene<'_>) -> Option<Anomaly> {
    let mesh = scene.meshes.iter().find(|mesh| {
        mesh.product == Product::Istio
            && mesh.shape == Some(Shape::Sidecars)
            && mesh.workloads.members > 0
    })?;
    let reads_requests = scene
        .authorizations
        .iter()
        .any(|policy| policy.layer == Layer::L7 && policy.is_in_use());
    let used = |id: GiftId| {
        scene
            .gifts
            .iter()
            .any(|gift| gift.id == id && !gift.witnesses.is_empty())
    };
    let at_l4 = used(GiftId::Mtls) || used(GiftId::IdentityAuthorization);
    let at_l7 = reads_requests || used(GiftId::L7TrafficPolicy);
    let witness = mesh.witnesses.first().filter(|_| at_l4 && !at_l7)?;
    let found = Anomaly::at("sidecars-for-l4", witness.clone());
    Some(found.counting(mesh.workloads.members, mesh.workloads.of))
}

/// U8: programs that retry where the mesh does, or send telemetry where the mesh's is collected.
fn duplicate_duty(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let inside = || {
        scene
            .members
            .iter()
            .filter(|member| member.mesh().is_some())
    };
    let duties = [
        ("retries", !scene.traffic.retries.is_empty()),
        (
            "telemetry",
            scene.gifts.iter().any(|gift| {
                gift.id == GiftId::UniformObservability && gift.state > GiftState::Idle
            }),
        ),
    ];
    for (duty, _) in duties.into_iter().filter(|(_, by_mesh)| *by_mesh) {
        let twice: Vec<_> = inside()
            .filter(|member| {
                let hints = &member.workload().hints;
                if duty == "retries" {
                    hints.own_retries
                } else {
                    hints.own_telemetry
                }
            })
            .map(|member| member.witness())
            .collect();
        if let Some(first) = twice.first() {
            let anomaly = Anomaly::at("duplicate-duty", first.clone()).detail(duty);
            found.push(
                anomaly
                    .counting(twice.len(), inside().count())
                    .related(twice),
            );
        }
    }
}
