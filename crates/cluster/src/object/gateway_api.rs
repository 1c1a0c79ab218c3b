//! The Gateway API: gateways and routes, for the edge and between services. Fields as in 1.6.

use smol_str::SmolStr;

use super::tolerant::{Given, read_struct};

read_struct! {
    Gateway {
        spec: GatewaySpec = "spec",
        status: GatewayStatus = "status",
    }

    GatewaySpec {
        class: SmolStr = "gatewayClassName",
        listeners: Vec<Listener> = "listeners",
    }

    Listener {
        protocol: SmolStr = "protocol",
        port: Option<i64> = "port",
    }

    GatewayStatus {
        addresses: Given = "addresses",
    }

    /// HTTPRoute, GRPCRoute, TCPRoute, TLSRoute, UDPRoute.
    RouteSpec {
        parents: Vec<ParentRef> = "parentRefs",
        default_gateways: Given = "useDefaultGateways",
        hostnames: Vec<SmolStr> = "hostnames",
        rules: Vec<RouteRule> = "rules",
    }

    ParentRef {
        group: Option<SmolStr> = "group",
        kind: SmolStr = "kind",
        name: SmolStr = "name",
        namespace: SmolStr = "namespace",
    }

    RouteRule {
        matches: Vec<RouteMatch> = "matches",
        filters: Vec<Filter> = "filters",
        backends: Vec<BackendRef> = "backendRefs",
        timeouts: Given = "timeouts",
        retry: Given = "retry",
        session_persistence: Given = "sessionPersistence",
    }

    RouteMatch {
        path: PathMatch = "path",
        headers: Given = "headers",
        query_params: Given = "queryParams",
        method: Given = "method",
    }

    PathMatch {
        kind: SmolStr = "type",
        value: SmolStr = "value",
    }

    Filter {
        kind: SmolStr = "type",
    }

    BackendRef {
        kind: SmolStr = "kind",
        name: SmolStr = "name",
        namespace: SmolStr = "namespace",
        weight: Option<i64> = "weight",
        filters: Given = "filters",
    }
}

impl super::tolerant::Tolerant<'_> for Option<SmolStr> {
    fn from_text(text: &str) -> Self {
        Some(SmolStr::new(text))
    }
}

impl RouteMatch {
    /// What the API server fills in where nothing is written: every path.
    pub(crate) fn is_everything(&self) -> bool {
        let any_path = matches!(self.path.value.as_str(), "" | "/")
            && matches!(self.path.kind.as_str(), "" | "PathPrefix");
        any_path && !self.selects_requests()
    }

    /// Whether it picks requests by something else than their path.
    pub(crate) fn selects_requests(&self) -> bool {
        self.headers.0 || self.query_params.0 || self.method.0
    }
}
