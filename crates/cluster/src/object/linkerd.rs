//! Linkerd's objects, and the SMI objects that it once read. Fields as in `linkerd/linkerd2@b24cd40`.

use smol_str::SmolStr;

use super::istio::TargetRef;
use super::meta::Labels;
use super::tolerant::{Given, read_struct};

read_struct! {
    Server {
        spec: ServerSpec = "spec",
    }

    ServerSpec {
        pod_selector: LabelSelector = "podSelector",
        access_policy: SmolStr = "accessPolicy",
    }

    LabelSelector {
        match_labels: Labels = "matchLabels",
    }

    /// `policy.linkerd.io` `AuthorizationPolicy`.
    LinkerdAuthorization {
        spec: LinkerdAuthorizationSpec = "spec",
    }

    LinkerdAuthorizationSpec {
        target: TargetRef = "targetRef",
        required: Vec<TargetRef> = "requiredAuthenticationRefs",
    }

    /// The older `ServerAuthorization`.
    ServerAuthorization {
        spec: ServerAuthorizationSpec = "spec",
    }

    ServerAuthorizationSpec {
        client: Client = "client",
    }

    Client {
        mesh_tls: Given = "meshTLS",
        unauthenticated: bool = "unauthenticated",
    }

    ServiceProfile {
        spec: ServiceProfileSpec = "spec",
    }

    ServiceProfileSpec {
        routes: Vec<ProfileRoute> = "routes",
        retry_budget: Given = "retryBudget",
        overrides: Given = "dstOverrides",
    }

    ProfileRoute {
        is_retryable: bool = "isRetryable",
        timeout: Given = "timeout",
    }

    TrafficSplit {
        spec: TrafficSplitSpec = "spec",
    }

    TrafficSplitSpec {
        backends: Vec<SplitBackend> = "backends",
    }

    /// Its weight is a quantity: `1`, `250m`.
    SplitBackend {
        service: SmolStr = "service",
        weight: SmolStr = "weight",
    }
}
