//! Linkerd's objects, and the SMI objects that it once read. Fields as in `linkerd/linkerd2@b24cd40`.

use smol_str::SmolStr;

use super::istio::TargetRef;
use super::meta::Labels;
use super::tolerant::{Given, read_struct};

read_struct! {
    ServerSpec {
        pod_selector: LabelSelector = "podSelector",
        access_policy: SmolStr = "accessPolicy",
    }

    LabelSelector {
        match_labels: Labels = "matchLabels",
    }

    /// `policy.linkerd.io` `AuthorizationPolicy`.
    LinkerdAuthorizationSpec {
        target: TargetRef = "targetRef",
        required: Vec<TargetRef> = "requiredAuthenticationRefs",
    }

    /// The older `ServerAuthorization`.
    ServerAuthorizationSpec {
        client: Client = "client",
    }

    Client {
        mesh_tls: Given = "meshTLS",
        unauthenticated: bool = "unauthenticated",
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

    TrafficSplitSpec {
        backends: Vec<SplitBackend> = "backends",
    }

    /// Its weight is a quantity: `1`, `250m`.
    SplitBackend {
        service: SmolStr = "service",
        weight: SmolStr = "weight",
    }
}
