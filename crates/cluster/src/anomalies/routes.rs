//! Routes that do nothing, contradict each other, or are not read by who would have to.

use super::{Anomaly, Scene};
use crate::inventory::kept::witness;
use crate::object::Body;

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
    let (services, routes): (Vec<_>, Vec<_>) = scene
        .traffic
        .east_west_routes()
        .partition(|route| route.is_virtual_service);
    for service in services {
        let same = routes.iter().filter(|route| {
            route
                .hosts
                .iter()
                .any(|host| service.hosts.iter().any(|its| its.is(host)))
        });
        let related: Vec<_> = same.map(|route| route.witness.clone()).collect();
        if !related.is_empty() {
            let host = service
                .hosts
                .first()
                .map(|host| host.name.as_str())
                .unwrap_or_default();
            let anomaly = Anomaly::at("route-conflict", service.witness.clone()).detail(host);
            found.push(anomaly.related(related));
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
