//! Istio's objects: traffic, security, telemetry, extension. Field names as in `istio/api@b8f8791`.

use smol_str::SmolStr;

use super::meta::Labels;
use super::tolerant::{Given, Maybe, read_struct};

read_struct! {
    VirtualServiceSpec {
        hosts: Vec<SmolStr> = "hosts",
        gateways: Vec<SmolStr> = "gateways",
        http: Vec<HttpRule> = "http",
        tcp: Vec<StreamRule> = "tcp",
        tls: Vec<StreamRule> = "tls",
    }

    /// An entry of `http`.
    HttpRule {
        matches: Vec<HttpMatch> = "match",
        route: Vec<WeightedDestination> = "route",
        redirect: Given = "redirect",
        direct_response: Given = "directResponse",
        delegate: Maybe<Delegate> = "delegate",
        retries: Maybe<Retries> = "retries",
        timeout: Given = "timeout",
        fault: Given = "fault",
        mirror: Given = "mirror",
        mirrors: Given = "mirrors",
        rewrite: Given = "rewrite",
        headers: Given = "headers",
        cors_policy: Given = "corsPolicy",
    }

    HttpMatch {
        uri: Given = "uri",
        scheme: Given = "scheme",
        method: Given = "method",
        authority: Given = "authority",
        headers: Given = "headers",
        port: Given = "port",
        source_labels: Given = "sourceLabels",
        source_namespace: Given = "sourceNamespace",
        query_params: Given = "queryParams",
        without_headers: Given = "withoutHeaders",
        gateways: Vec<SmolStr> = "gateways",
    }

    /// An entry of `tcp` or `tls`.
    StreamRule {
        matches: Vec<Given> = "match",
        route: Vec<WeightedDestination> = "route",
    }

    WeightedDestination {
        destination: Destination = "destination",
        weight: Option<i64> = "weight",
        headers: Given = "headers",
    }

    Destination {
        host: SmolStr = "host",
        subset: SmolStr = "subset",
    }

    Delegate {
        name: SmolStr = "name",
        namespace: SmolStr = "namespace",
    }

    Retries {
        attempts: Option<i64> = "attempts",
    }

    DestinationRuleSpec {
        host: SmolStr = "host",
        traffic_policy: TrafficPolicy = "trafficPolicy",
        subsets: Vec<Subset> = "subsets",
    }

    TrafficPolicy {
        outlier_detection: Given = "outlierDetection",
        connection_pool: Given = "connectionPool",
        load_balancer: Given = "loadBalancer",
        port_level_settings: Vec<PortPolicy> = "portLevelSettings",
    }

    PortPolicy {
        outlier_detection: Given = "outlierDetection",
        connection_pool: Given = "connectionPool",
    }

    Subset {
        name: SmolStr = "name",
        labels: Labels = "labels",
        traffic_policy: TrafficPolicy = "trafficPolicy",
    }

    PeerAuthenticationSpec {
        selector: Selector = "selector",
        mtls: MutualTls = "mtls",
    }

    MutualTls {
        mode: SmolStr = "mode",
    }

    Selector {
        match_labels: Labels = "matchLabels",
    }

    AuthorizationPolicySpec {
        selector: Selector = "selector",
        target_ref: Maybe<TargetRef> = "targetRef",
        target_refs: Vec<TargetRef> = "targetRefs",
        action: SmolStr = "action",
        rules: Vec<AuthorizationRule> = "rules",
    }

    TargetRef {
        group: SmolStr = "group",
        kind: SmolStr = "kind",
        name: SmolStr = "name",
        namespace: SmolStr = "namespace",
    }

    AuthorizationRule {
        from: Vec<From> = "from",
        to: Vec<To> = "to",
        when: Vec<When> = "when",
    }

    From {
        source: Source = "source",
    }

    Source {
        principals: Given = "principals",
        not_principals: Given = "notPrincipals",
        request_principals: Given = "requestPrincipals",
        not_request_principals: Given = "notRequestPrincipals",
        namespaces: Given = "namespaces",
        not_namespaces: Given = "notNamespaces",
        ip_blocks: Given = "ipBlocks",
        not_ip_blocks: Given = "notIpBlocks",
        remote_ip_blocks: Given = "remoteIpBlocks",
        not_remote_ip_blocks: Given = "notRemoteIpBlocks",
        service_accounts: Given = "serviceAccounts",
        not_service_accounts: Given = "notServiceAccounts",
        trust_domains: Given = "trustDomains",
        not_trust_domains: Given = "notTrustDomains",
    }

    To {
        operation: Operation = "operation",
    }

    Operation {
        hosts: Given = "hosts",
        not_hosts: Given = "notHosts",
        methods: Given = "methods",
        not_methods: Given = "notMethods",
        paths: Given = "paths",
        not_paths: Given = "notPaths",
        ports: Given = "ports",
        not_ports: Given = "notPorts",
    }

    When {
        key: SmolStr = "key",
    }

    RequestAuthenticationSpec {
        selector: Selector = "selector",
        target_ref: Maybe<TargetRef> = "targetRef",
        target_refs: Vec<TargetRef> = "targetRefs",
        jwt_rules: Given = "jwtRules",
    }

    TelemetrySpec {
        tracing: Vec<Signal> = "tracing",
        metrics: Vec<Signal> = "metrics",
        access_logging: Vec<Signal> = "accessLogging",
    }

    Signal {
        providers: Vec<Provider> = "providers",
    }

    Provider {
        name: SmolStr = "name",
    }

    EnvoyFilterSpec {
        workload_selector: WorkloadSelector = "workloadSelector",
        target_refs: Vec<TargetRef> = "targetRefs",
        config_patches: Vec<ConfigPatch> = "configPatches",
    }

    WorkloadSelector {
        labels: Labels = "labels",
    }

    ConfigPatch {
        matched: PatchMatch = "match",
        patch: Patch = "patch",
    }

    PatchMatch {
        context: SmolStr = "context",
    }

    Patch {
        value: PatchValue = "value",
    }

    PatchValue {
        name: SmolStr = "name",
    }

    SidecarScopeSpec {
        outbound: OutboundTrafficPolicy = "outboundTrafficPolicy",
    }

    OutboundTrafficPolicy {
        mode: SmolStr = "mode",
    }

    ServiceEntrySpec {
        hosts: Vec<SmolStr> = "hosts",
        workload_selector: Given = "workloadSelector",
    }
}

impl Signal {
    /// Whether it sends somewhere that somebody chose.
    pub(crate) fn names_a_provider(&self) -> bool {
        self.providers
            .iter()
            .any(|provider| !provider.name.is_empty())
    }
}

impl AuthorizationPolicySpec {
    /// What it is attached to by reference.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &TargetRef> {
        self.target_ref.0.iter().chain(&self.target_refs)
    }
}

impl RequestAuthenticationSpec {
    /// What it is attached to by reference.
    pub(crate) fn targets(&self) -> impl Iterator<Item = &TargetRef> {
        self.target_ref.0.iter().chain(&self.target_refs)
    }
}
