//! Istio's `VirtualService`: where it applies, and whether it does anything.

use super::subsets::Subsets;
use super::traffic::{Features, Host, Placement};
use crate::object::istio::{HttpMatch, HttpRule, VirtualServiceSpec, WeightedDestination};

/// Where a VirtualService applies by what it says itself: a delegate says nothing.
pub(crate) fn placement(spec: &VirtualServiceSpec) -> Placement {
    let mesh = spec.gateways.iter().any(|gateway| gateway == "mesh");
    match (spec.gateways.is_empty(), mesh) {
        (true, _) if spec.hosts.is_empty() => Placement::Nowhere,
        (true, _) => Placement::EastWest,
        (false, true) if spec.gateways.len() > 1 => Placement::Both,
        (false, true) => Placement::EastWest,
        (false, false) => Placement::Edge,
    }
}

/// What a VirtualService does beyond sending a host's requests to that host.
pub(crate) fn features(
    subsets: &Subsets<'_>,
    namespace: &str,
    spec: &VirtualServiceSpec,
) -> Features {
    let mut features = Features::default();
    let hosts: Vec<Host> = spec
        .hosts
        .iter()
        .map(|host| Host::of(host, namespace))
        .collect();
    let itself = |route: &WeightedDestination| {
        let destination = Host::of(&route.destination.host, namespace);
        let subset = route.destination.subset.as_str();
        hosts.iter().all(|host| host.is(&destination))
            && (subset.is_empty() || subsets.is_only(&destination, subset))
    };
    for rule in &spec.http {
        features.retries |= rule
            .retries
            .0
            .as_ref()
            .is_some_and(|retries| retries.attempts != Some(0));
        features.timeouts |= rule.timeout.0;
        features.cohorts |= rule.matches.iter().any(selects_callers);
        features.splits |= is_split(&rule.route);
        features.other |= acts_otherwise(rule) || rule.matches.iter().any(selects_anything);
        features.note_routes(&rule.route, itself);
    }
    for rule in spec.tcp.iter().chain(&spec.tls) {
        features.splits |= is_split(&rule.route);
        features.note_routes(&rule.route, itself);
    }
    features
}

impl Features {
    fn note_routes(
        &mut self,
        routes: &[WeightedDestination],
        itself: impl Fn(&WeightedDestination) -> bool,
    ) {
        let weighted = routes
            .iter()
            .filter(|route| route.weight != Some(0))
            .count();
        if routes.len() > 1 && weighted == 1 {
            self.idle_split = true;
        } else if routes.len() == 1 && !routes.iter().all(itself) {
            // A subset pins requests to a version, another host sends them elsewhere.
            self.other = true;
        }
        self.other |= routes.iter().any(|route| route.headers.0);
    }
}

fn is_split(routes: &[WeightedDestination]) -> bool {
    let between = |route: &&WeightedDestination| {
        route
            .weight
            .is_some_and(|weight| (1..100).contains(&weight))
    };
    routes.iter().filter(between).count() >= 2
}

/// Whether a match picks by who asks or what for, not by path.
fn selects_callers(matched: &HttpMatch) -> bool {
    [
        matched.headers,
        matched.query_params,
        matched.source_labels,
        matched.source_namespace,
        matched.without_headers,
    ]
    .iter()
    .any(|field| field.0)
}

fn selects_anything(matched: &HttpMatch) -> bool {
    let fields = [
        matched.uri,
        matched.scheme,
        matched.method,
        matched.authority,
        matched.port,
    ];
    selects_callers(matched) || fields.iter().any(|field| field.0)
}

fn acts_otherwise(rule: &HttpRule) -> bool {
    let fields = [
        rule.redirect,
        rule.direct_response,
        rule.fault,
        rule.mirror,
        rule.mirrors,
        rule.rewrite,
        rule.headers,
        rule.cors_policy,
    ];
    fields.iter().any(|field| field.0)
        || rule.delegate.0.is_some()
        || rule
            .retries
            .0
            .as_ref()
            .is_some_and(|retries| retries.attempts == Some(0))
}
