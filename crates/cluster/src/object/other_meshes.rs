//! Objects of Cilium, Calico, Kuma, Consul, and of the controllers that move traffic for them.

use smol_str::SmolStr;

use super::istio::TargetRef;
use super::tolerant::{Given, read_struct};

read_struct! {
    /// CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy: one `spec`, or several `specs`.
    CiliumPolicy {
        spec: CiliumPolicySpec = "spec",
        specs: Vec<CiliumPolicySpec> = "specs",
    }

    CiliumPolicySpec {
        ingress: Vec<CiliumRule> = "ingress",
        egress: Vec<CiliumRule> = "egress",
    }

    CiliumRule {
        to_ports: Vec<PortRule> = "toPorts",
        authentication: Authentication = "authentication",
    }

    PortRule {
        rules: L7Rules = "rules",
    }

    L7Rules {
        http: Given = "http",
        kafka: Given = "kafka",
        l7_proto: Given = "l7proto",
    }

    Authentication {
        mode: SmolStr = "mode",
    }

    /// Calico's `NetworkPolicy` and `GlobalNetworkPolicy`.
    CalicoPolicySpec {
        ingress: Vec<CalicoRule> = "ingress",
        egress: Vec<CalicoRule> = "egress",
    }

    CalicoRule {
        http: Given = "http",
    }

    /// Kuma's `Mesh`.
    KumaMeshSpec {
        mtls: KumaMtls = "mtls",
    }

    KumaMtls {
        enabled_backend: SmolStr = "enabledBackend",
        backends: Vec<KumaBackend> = "backends",
    }

    KumaBackend {
        name: SmolStr = "name",
        mode: SmolStr = "mode",
    }

    /// Kuma's newer policies: what they target, and the settings within.
    KumaPolicySpec {
        target: TargetRef = "targetRef",
        from: Vec<KumaEntry> = "from",
        to: Vec<KumaEntry> = "to",
        rules: Vec<KumaEntry> = "rules",
    }

    KumaEntry {
        default: KumaDefault = "default",
        target: TargetRef = "targetRef",
        rules: Vec<KumaRouteRule> = "rules",
    }

    KumaDefault {
        mode: SmolStr = "mode",
        action: SmolStr = "action",
        backends: Vec<KumaWeight> = "backendRefs",
    }

    KumaRouteRule {
        matches: Vec<Given> = "matches",
        default: KumaDefault = "default",
    }

    KumaWeight {
        weight: Option<i64> = "weight",
    }

    ServiceIntentionsSpec {
        sources: Vec<IntentionSource> = "sources",
    }

    IntentionSource {
        name: SmolStr = "name",
        action: SmolStr = "action",
        permissions: Vec<Permission> = "permissions",
    }

    Permission {
        http: Given = "http",
    }

    ServiceSplitterSpec {
        splits: Vec<ConsulSplit> = "splits",
    }

    ConsulSplit {
        weight: Option<i64> = "weight",
    }

    ServiceRouterSpec {
        routes: Vec<Given> = "routes",
    }

    /// Flagger's `Canary`.
    CanarySpec {
        provider: SmolStr = "provider",
        analysis: CanaryAnalysis = "analysis",
    }

    CanaryAnalysis {
        matches: Given = "match",
        step_weight: Given = "stepWeight",
        step_weights: Given = "stepWeights",
        max_weight: Given = "maxWeight",
    }
}
