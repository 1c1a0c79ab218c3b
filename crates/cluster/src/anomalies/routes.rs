//! Routes that do nothing, contradict each other, or are not read by who would have to.

use std::collections::BTreeMap;

use super::{Anomaly, Scene};
use crate::evidence::Witness;
use crate::inventory::kept::witness;
use crate::object::Body;
use crate::usage::traffic::Host;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let no_ops = scene.traffic.routes.iter().filter(|route| route.is_no_op());
    found.extend(no_ops.map(|route| Anomaly::at("no-op-route", route.witness.clone())));
    conflicts(scene, found);
    consumers_on_cilium(scene, found);
    for (_, name, seen) in scene.inventory.all_settings() {
        if !matches!(seen.value.body, Body::Route(_)) {
            continue;
        }
        let balances = seen.value.annotations.iter().find(|(key, _)| {
            key.starts_with("balancer.linkerd.io/") || key.starts_with("balancer.alpha.linkerd.io/")
        });
        if let Some((key, _)) = balances {
            found.push(Anomaly::at("accrual-on-route", witness(name, seen)).detail(key));
        }
    }
}

/// A VirtualService and a route of the Gateway API for the same host: which one holds is undefined.
fn conflicts(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let mut routes: BTreeMap<&str, Vec<(&Host, &Witness)>> = BTreeMap::new();
    for route in scene
        .traffic
        .east_west_routes()
        .filter(|route| !route.is_virtual_service)
    {
        for host in &route.hosts {
            routes
                .entry(host.name.as_str())
                .or_default()
                .push((host, &route.witness));
        }
    }
    for service in scene
        .traffic
        .east_west_routes()
        .filter(|route| route.is_virtual_service)
    {
        for host in &service.hosts {
            let named = routes.get(host.name.as_str()).into_iter().flatten();
            let same = named.filter(|(other, _)| other.is(host));
            let related: Vec<Witness> = same.map(|(_, witness)| (*witness).clone()).collect();
            if !related.is_empty() {
                let conflict = Anomaly::at("route-conflict", service.witness.clone());
                found.push(conflict.detail(&host.name).related(related));
            }
        }
    }
}

/// Routes that a caller's namespace keeps for itself, where Cilium's Gateway API is the only one that reads routes.
fn consumers_on_cilium(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    let by_cilium = scene.inventory.config_maps.iter().any(|(name, seen)| {
        name.name == "cilium-config" && seen.value.get("enable-gateway-api") == Some("true")
    });
    if !by_cilium || scene.meshes.iter().any(|mesh| mesh.workloads.members > 0) {
        return;
    }
    for route in scene
        .traffic
        .east_west_routes()
        .filter(|route| route.is_for_callers())
    {
        let host = route
            .hosts
            .first()
            .map(|host| host.name.as_str())
            .unwrap_or_default();
        found.push(Anomaly::at("consumer-route-on-cilium", route.witness.clone()).detail(host));
    }
}
