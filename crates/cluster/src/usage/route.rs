//! Routes of the Gateway API: where they apply, and whether they do anything.

use super::traffic::{Features, Host, Placement};
use crate::mesh::waypoint::Waypoints;
use crate::object::gateway_api::{BackendRef, ParentRef, RouteRule, RouteSpec};

/// Where a route applies. A parent that is a Service is a mesh, whose ever; a waypoint is one too.
pub(crate) fn placement(spec: &RouteSpec, namespace: &str, waypoints: &Waypoints) -> Placement {
    let east_west = |parent: &ParentRef| {
        is_service(parent)
            || matches!(
                parent.kind.as_str(),
                "ServiceEntry" | "Server" | "EgressNetwork" | "Hostname"
            )
            || names_a_waypoint(parent, namespace, waypoints)
    };
    let inside = spec.parents.iter().any(east_west);
    let edge = spec.default_gateways.0 || spec.parents.iter().any(|parent| !east_west(parent));
    match (inside, edge) {
        (true, true) => Placement::Both,
        (true, false) => Placement::EastWest,
        (false, true) => Placement::Edge,
        (false, false) => Placement::Nowhere,
    }
}

/// The services that a route is for.
pub(crate) fn services(spec: &RouteSpec, namespace: &str) -> Vec<Host> {
    let services = spec.parents.iter().filter(|parent| is_service(parent));
    services
        .map(|parent| Host::named(&parent.name, or(&parent.namespace, namespace)))
        .collect()
}

/// What a route does beyond sending a service's requests to that service.
pub(crate) fn features(spec: &RouteSpec, namespace: &str) -> Features {
    let mut features = Features::default();
    let parents = services(spec, namespace);
    let itself = |backend: &BackendRef| {
        let host = Host::named(&backend.name, or(&backend.namespace, namespace));
        matches!(backend.kind.as_str(), "" | "Service")
            && !parents.is_empty()
            && parents.iter().all(|parent| parent.is(&host))
    };
    for rule in &spec.rules {
        let weighted = rule
            .backends
            .iter()
            .filter(|backend| backend.weight != Some(0))
            .count();
        features.splits |= weighted >= 2;
        features.idle_split |= rule.backends.len() > 1 && weighted == 1;
        features.retries |= rule.retry.0;
        features.timeouts |= rule.timeouts.0;
        features.cohorts |= rule
            .matches
            .iter()
            .any(|matched| matched.selects_requests());
        features.other |= acts_otherwise(rule);
        features.other |= rule.backends.is_empty()
            || rule.backends.len() == 1 && !rule.backends.iter().all(itself);
    }
    features
}

fn acts_otherwise(rule: &RouteRule) -> bool {
    !rule.filters.is_empty()
        || rule.session_persistence.0
        || rule.matches.iter().any(|matched| !matched.is_everything())
        || rule.backends.iter().any(|backend| backend.filters.0)
}

fn is_service(parent: &ParentRef) -> bool {
    let core = matches!(parent.group.as_deref(), Some("" | "core"));
    parent.kind == "Service" && (core || parent.group.is_none())
}

fn names_a_waypoint(parent: &ParentRef, namespace: &str, waypoints: &Waypoints) -> bool {
    matches!(parent.kind.as_str(), "" | "Gateway")
        && waypoints.includes(or(&parent.namespace, namespace), &parent.name)
}

fn or<'a>(written: &'a str, otherwise: &'a str) -> &'a str {
    if written.is_empty() {
        otherwise
    } else {
        written
    }
}
