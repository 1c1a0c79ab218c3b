//! Traffic policy: every route and rule that moves, retries, times out or breaks requests, between services or at an
//! edge, and those that do nothing.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use super::subsets::Subsets;
use super::{route, virtual_service};
use crate::evidence::{ObjectName, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::config::MeshConfig;
use crate::mesh::waypoint::Waypoints;
use crate::object::istio::{DestinationRuleSpec, TrafficPolicy};
use crate::object::{Body, Labels};
use crate::quantity::thousandths;

/// Where a route applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Placement {
    /// Between services.
    EastWest,
    /// At a gateway.
    Edge,
    Both,
    /// Nothing names it.
    Nowhere,
}

impl Placement {
    pub(crate) fn is_east_west(self) -> bool {
        matches!(self, Self::EastWest | Self::Both)
    }
}

/// What a route does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Features {
    /// Requests go to several versions by weight.
    pub(crate) splits: bool,
    /// Several destinations, of which one takes everything.
    pub(crate) idle_split: bool,
    /// Requests are told apart by who sends them or by their headers.
    pub(crate) cohorts: bool,
    pub(crate) retries: bool,
    pub(crate) timeouts: bool,
    /// Matches, redirects, rewrites, faults, mirrors, headers, other destinations.
    pub(crate) other: bool,
}

impl Features {
    /// Whether requests fare as they would without the route.
    pub(crate) fn do_nothing(self) -> bool {
        !(self.splits || self.cohorts || self.retries || self.timeouts || self.other)
    }
}

/// A service by name, or a host outside.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Host {
    pub(crate) namespace: SmolStr,
    pub(crate) name: SmolStr,
}

impl Host {
    pub(crate) fn named(name: &str, namespace: &str) -> Self {
        Self {
            namespace: namespace.into(),
            name: name.into(),
        }
    }

    /// Whether both name the same. In a manifest without a namespace only the names can be compared.
    pub(crate) fn is(&self, other: &Host) -> bool {
        self.name == other.name
            && (self.namespace == other.namespace
                || self.namespace.is_empty()
                || other.namespace.is_empty())
    }

    /// A host as Istio's objects write it: short, or with its namespace.
    pub(crate) fn of(text: &str, namespace: &str) -> Self {
        let parts: Vec<&str> = text.split('.').collect();
        match parts.as_slice() {
            [name] => Self::named(name, namespace),
            [name, namespace] => Self::named(name, namespace),
            [name, namespace, "svc", ..] => Self::named(name, namespace),
            _ => Self::named(text, ""),
        }
    }
}

/// A route, and what it amounts to.
#[derive(Debug)]
pub(crate) struct TrafficRoute<'a> {
    pub(crate) name: &'a ObjectName,
    pub(crate) witness: Witness,
    pub(crate) placement: Placement,
    pub(crate) features: Features,
    /// The services that it is for.
    pub(crate) hosts: Vec<Host>,
    pub(crate) is_virtual_service: bool,
    /// It is written in more than one way.
    pub(crate) is_disputed: bool,
}

impl TrafficRoute<'_> {
    /// Whether it is for calls between services and does something with them.
    pub(crate) fn is_in_use(&self) -> bool {
        self.placement.is_east_west() && !self.features.do_nothing()
    }

    /// Whether it is for calls between services and changes nothing at all. At a gateway it lets requests in, and in
    /// a caller's namespace it takes the place of the service's own route.
    pub(crate) fn is_no_op(&self) -> bool {
        self.placement == Placement::EastWest
            && self.features.do_nothing()
            && !self.features.idle_split
            && !self.is_disputed
            && !self.is_for_callers()
    }

    /// Whether it stands in a namespace other than its service's: a route of the Gateway API for that namespace's own
    /// calls.
    pub(crate) fn is_for_callers(&self) -> bool {
        let elsewhere = |host: &Host| host.namespace != self.name.namespace;
        !self.is_virtual_service && self.hosts.iter().any(elsewhere)
    }
}

/// All traffic policy of the input.
#[derive(Debug, Default)]
pub(crate) struct Traffic<'a> {
    pub(crate) routes: Vec<TrafficRoute<'a>>,
    /// Objects other than routes that do something with calls between services.
    pub(crate) policies: Vec<Witness>,
    /// Objects that set retries, with those among the routes.
    pub(crate) retries: Vec<Witness>,
    /// What moves weights at an edge, or where it does not show.
    pub(crate) edge_canaries: Vec<Witness>,
    /// What moves weights between services.
    pub(crate) mesh_canaries: Vec<Witness>,
}

impl<'a> Traffic<'a> {
    pub(crate) fn of(inventory: &'a Inventory, waypoints: &Waypoints, config: &MeshConfig) -> Self {
        let mut traffic = Self::default();
        let delegates = delegates(inventory);
        let subsets = Subsets::of(inventory);
        for (group, name, seen) in inventory.all_settings() {
            let here = || witness(name, seen);
            match &seen.value.body {
                Body::VirtualService(service) => {
                    let spec = &service.spec;
                    let own = virtual_service::placement(spec);
                    let delegated = delegates.get(&(name.namespace.clone(), name.name.clone()));
                    traffic.add(TrafficRoute {
                        name,
                        witness: here(),
                        placement: delegated
                            .copied()
                            .filter(|_| own == Placement::Nowhere)
                            .unwrap_or(own),
                        features: virtual_service::features(&subsets, &name.namespace, spec),
                        hosts: spec
                            .hosts
                            .iter()
                            .map(|host| Host::of(host, &name.namespace))
                            .collect(),
                        is_virtual_service: true,
                        is_disputed: seen.is_disputed,
                    });
                }
                Body::Route(body) => {
                    let mut features = route::features(&body.spec, &name.namespace);
                    features.retries |=
                        linkerd_setting(&seen.value.annotations, "retry.linkerd.io/");
                    features.timeouts |=
                        linkerd_setting(&seen.value.annotations, "timeout.linkerd.io/");
                    // A route that only names requests for a policy does nothing with them.
                    let for_policy = group == "policy.linkerd.io"
                        && body
                            .spec
                            .parents
                            .iter()
                            .all(|parent| parent.kind == "Server");
                    if !for_policy {
                        traffic.add(TrafficRoute {
                            name,
                            witness: here(),
                            placement: route::placement(&body.spec, &name.namespace, waypoints),
                            features,
                            hosts: route::services(&body.spec, &name.namespace),
                            is_virtual_service: false,
                            is_disputed: seen.is_disputed,
                        });
                    }
                }
                body => traffic.add_policy(body, &name.kind, here),
            }
        }
        for (name, seen) in inventory.services.iter() {
            let annotations = &seen.value.annotations;
            let retries = linkerd_setting(annotations, "retry.linkerd.io/");
            let breaks = annotations
                .get("balancer.linkerd.io/failure-accrual")
                .is_some_and(|kind| matches!(kind, "consecutive" | "unified"));
            if retries {
                traffic.retries.push(witness(name, seen));
            }
            if retries || breaks || linkerd_setting(annotations, "timeout.linkerd.io/") {
                traffic.policies.push(witness(name, seen));
            }
        }
        if let Some(setter) = config.setter("defaultHttpRetryPolicy") {
            traffic.policies.push(setter.clone());
            traffic.retries.push(setter.clone());
        }
        traffic
    }

    /// Routes for calls between services, whatever they do.
    pub(crate) fn east_west_routes(&self) -> impl Iterator<Item = &TrafficRoute<'a>> {
        self.routes
            .iter()
            .filter(|route| route.placement.is_east_west())
    }

    /// Routes that only a gateway serves.
    pub(crate) fn edge_routes(&self) -> impl Iterator<Item = &TrafficRoute<'a>> {
        self.routes
            .iter()
            .filter(|route| route.placement == Placement::Edge)
    }

    /// Everything that does something with calls between services.
    pub(crate) fn in_use(&self) -> Vec<Witness> {
        let routes = self.routes.iter().filter(|route| route.is_in_use());
        routes
            .map(|route| route.witness.clone())
            .chain(self.policies.iter().cloned())
            .collect()
    }

    fn add(&mut self, route: TrafficRoute<'a>) {
        if route.placement.is_east_west() && route.features.retries {
            self.retries.push(route.witness.clone());
        }
        self.routes.push(route);
    }

    fn add_policy(&mut self, body: &Body, kind: &str, here: impl Fn() -> Witness) {
        let in_use = match body {
            Body::DestinationRule(rule) => breaks_circuits(&rule.spec),
            Body::ServiceProfile(profile) => {
                let spec = &profile.spec;
                if spec.retry_budget.0 || spec.routes.iter().any(|route| route.is_retryable) {
                    self.retries.push(here());
                }
                !spec.routes.is_empty() || spec.retry_budget.0 || spec.overrides.0
            }
            Body::TrafficSplit(split) => {
                let backends = &split.spec.backends;
                backends
                    .iter()
                    .filter(|b| thousandths(&b.weight) != Some(0))
                    .count()
                    >= 2
            }
            Body::ServiceSplitter(splitter) => {
                splitter
                    .spec
                    .splits
                    .iter()
                    .filter(|split| split.weight != Some(0))
                    .count()
                    >= 2
            }
            Body::ServiceRouter(router) => !router.spec.routes.is_empty(),
            Body::KumaPolicy(policy) => {
                let of_a_gateway = policy.spec.target.kind == "MeshGateway";
                let moves = matches!(
                    kind,
                    "MeshHTTPRoute"
                        | "MeshTCPRoute"
                        | "MeshRetry"
                        | "MeshTimeout"
                        | "MeshCircuitBreaker"
                        | "MeshRateLimit"
                        | "MeshFaultInjection"
                );
                if kind == "MeshRetry" && !of_a_gateway {
                    self.retries.push(here());
                }
                moves && !of_a_gateway
            }
            Body::Canary(canary) => {
                let spec = &canary.spec;
                let weighs = spec.analysis.step_weight.0
                    || spec.analysis.step_weights.0
                    || spec.analysis.max_weight.0
                    || spec.analysis.matches.0;
                // With plain Kubernetes it swaps blue for green.
                let by_mesh = matches!(
                    spec.provider.as_str(),
                    "istio" | "linkerd" | "kuma" | "osm" | "appmesh" | "appmesh:v1beta2"
                );
                if weighs && spec.provider != "kubernetes" {
                    let canaries = if by_mesh {
                        &mut self.mesh_canaries
                    } else {
                        &mut self.edge_canaries
                    };
                    canaries.push(here());
                }
                weighs && by_mesh
            }
            Body::Other => kind == "HTTPLocalRateLimitPolicy",
            _ => false,
        };
        if in_use {
            self.policies.push(here());
        }
    }
}

/// For each VirtualService that others name as a delegate: where those apply.
fn delegates(inventory: &Inventory) -> BTreeMap<(SmolStr, SmolStr), Placement> {
    let mut delegates = BTreeMap::new();
    for (name, seen) in inventory.group("networking.istio.io") {
        let Body::VirtualService(service) = &seen.value.body else {
            continue;
        };
        let placement = virtual_service::placement(&service.spec);
        for delegate in service
            .spec
            .http
            .iter()
            .filter_map(|rule| rule.delegate.0.as_ref())
        {
            let namespace = if delegate.namespace.is_empty() {
                &name.namespace
            } else {
                &delegate.namespace
            };
            delegates
                .entry((namespace.clone(), delegate.name.clone()))
                .and_modify(|known| {
                    if *known != placement {
                        *known = Placement::Both;
                    }
                })
                .or_insert(placement);
        }
    }
    delegates
}

fn breaks_circuits(spec: &DestinationRuleSpec) -> bool {
    let breaks = |policy: &TrafficPolicy| {
        policy.outlier_detection.0
            || policy.connection_pool.0
            || policy
                .port_level_settings
                .iter()
                .any(|port| port.outlier_detection.0 || port.connection_pool.0)
    };
    breaks(&spec.traffic_policy)
        || spec
            .subsets
            .iter()
            .any(|subset| breaks(&subset.traffic_policy))
}

fn linkerd_setting(annotations: &Labels, prefix: &str) -> bool {
    annotations.iter().any(|(key, _)| key.starts_with(prefix))
}
