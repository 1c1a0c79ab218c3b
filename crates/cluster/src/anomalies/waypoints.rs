//! Waypoints that are named and not there, there and not named, or there for nothing that needs one.

use super::{Anomaly, Scene};
use crate::mesh::waypoint::Waypoint;
use crate::object::Body;
use crate::usage::layer::Layer;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    for wish in &scene.waypoints.missing {
        found.push(Anomaly::at("waypoint-missing", wish.by.clone()).detail(&wish.name));
    }
    for waypoint in &scene.waypoints.all {
        let here = waypoint.witness.clone();
        if waypoint.users.is_empty() {
            found.push(Anomaly::at("waypoint-unused", here));
        } else if !serves_requests(scene, waypoint) {
            let users = waypoint.users.len();
            found.push(Anomaly::at("waypoint-l4-only", here).counting(users, users));
        }
    }
}

/// Whether anything in the namespaces that a waypoint serves, or at itself, needs requests to be read.
fn serves_requests(scene: &Scene<'_>, waypoint: &Waypoint) -> bool {
    let own = &waypoint.witness.object.namespace;
    let near = |namespace: &str| {
        namespace.is_empty()
            || namespace == own
            || waypoint.serves.iter().any(|served| served == namespace)
    };
    let routed = scene
        .traffic
        .routes
        .iter()
        .any(|route| route.is_in_use() && near(&route.name.namespace));
    let governed = scene
        .traffic
        .policies
        .iter()
        .any(|policy| near(&policy.object.namespace));
    let authorized = scene.authorizations.iter().any(|policy| {
        policy.layer == Layer::L7 && policy.is_in_use() && near(&policy.witness.object.namespace)
    });
    let extended = scene.inventory.all_settings().any(|(group, name, seen)| {
        let extension =
            group == "extensions.istio.io" || matches!(seen.value.body, Body::EnvoyFilter(_));
        extension && near(&name.namespace)
    });
    routed || governed || authorized || extended
}
