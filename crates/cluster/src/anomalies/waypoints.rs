//! Waypoints that are named and not there, there and not named, or there for nothing that needs one.

use std::collections::BTreeSet;

use super::{Anomaly, Scene};
use crate::mesh::waypoint::Waypoint;
use crate::object::Body;
use crate::usage::layer::Layer;

pub(super) fn look(scene: &Scene<'_>, found: &mut Vec<Anomaly>) {
    for wish in &scene.waypoints.missing {
        found.push(Anomaly::at("waypoint-missing", wish.by.clone()).detail(&wish.name));
    }
    let reading = reading_namespaces(scene);
    for waypoint in &scene.waypoints.all {
        let here = waypoint.witness.clone();
        if waypoint.users.is_empty() {
            found.push(Anomaly::at("waypoint-unused", here));
        } else if !serves_requests(&reading, waypoint) {
            let users = waypoint.users.len();
            found.push(Anomaly::at("waypoint-l4-only", here).counting(users, users));
        }
    }
}

/// The namespaces in which something needs requests to be read; the empty name where one is not written.
fn reading_namespaces<'a>(scene: &Scene<'a>) -> BTreeSet<&'a str> {
    let routes = scene
        .traffic
        .routes
        .iter()
        .filter(|route| route.is_in_use());
    let policies = scene.authorizations.iter();
    let authorized = policies.filter(|policy| policy.layer == Layer::L7 && policy.is_in_use());
    let extended = scene.inventory.all_settings().filter(|(group, _, seen)| {
        *group == "extensions.istio.io" || matches!(seen.value.body, Body::EnvoyFilter(_))
    });
    routes
        .map(|route| route.name.namespace.as_str())
        .chain(
            scene
                .traffic
                .policies
                .iter()
                .map(|policy| policy.object.namespace.as_str()),
        )
        .chain(authorized.map(|policy| policy.witness.object.namespace.as_str()))
        .chain(extended.map(|(_, name, _)| name.namespace.as_str()))
        .collect()
}

/// Whether anything in the namespaces that a waypoint serves, or at itself, needs requests to be read.
fn serves_requests(reading: &BTreeSet<&str>, waypoint: &Waypoint) -> bool {
    let own = waypoint.witness.object.namespace.as_str();
    let served = waypoint.serves.iter().map(|namespace| namespace.as_str());
    served
        .chain(["", own])
        .any(|namespace| reading.contains(namespace))
}
