//! Whether Istio's webhook injects a sidecar: the selectors of the webhook, then the injector's own look at the Pod.
//!
//! From `istio/istio@86c9f01`: `manifests/charts/istio-control/istio-discovery/templates/mutatingwebhook.yaml` and
//! `injectRequired` in `pkg/kube/inject/inject.go`. `istioctl analyze` approximates this otherwise.

use super::enrolment::Enrolment::{self, In, NotVisible, Out};
use crate::inventory::Namespace;
use crate::inventory::workload::Workload;

/// Namespaces whose Pods the injector passes over.
const NEVER: [&str; 4] = [
    "kube-system",
    "kube-public",
    "kube-node-lease",
    "local-path-storage",
];

/// Whether the Pods of a workload get a sidecar. `everywhere`: the installation injects where nothing is said.
pub(crate) fn declared(
    name: &str,
    namespace: Option<&Namespace>,
    workload: &Workload,
    everywhere: bool,
) -> Enrolment {
    let labels = &workload.pod_labels;
    let asks = labels.get("sidecar.istio.io/inject");
    if workload.host_network {
        return Out("host network");
    }
    if NEVER.contains(&name) {
        return Out("system namespace");
    }
    if asks == Some("false") {
        return Out("pod label inject=false");
    }
    // The annotation of the old days can only refuse: the webhook selects by labels.
    if asks.is_none()
        && workload
            .pod_annotations
            .is("sidecar.istio.io/inject", "false")
    {
        return Out("pod annotation inject=false");
    }
    let by_pod = || {
        if labels.get("istio.io/rev").is_some() {
            Some(In("pod label istio.io/rev"))
        } else {
            (asks == Some("true")).then_some(In("pod label inject=true"))
        }
    };
    let Some(namespace) = namespace else {
        return by_pod().unwrap_or(NotVisible);
    };
    match namespace.labels.get("istio-injection") {
        Some("enabled") => return In("namespace label istio-injection=enabled"),
        Some(_) => return Out("namespace label istio-injection"),
        None => {}
    }
    if namespace.labels.get("istio.io/rev").is_some() {
        return In("namespace label istio.io/rev");
    }
    let nothing = if everywhere {
        In("injected by default")
    } else {
        Out("nothing asks for it")
    };
    by_pod().unwrap_or(nothing)
}

/// The revision that is to inject the Pods of a workload, where one is named.
pub(crate) fn revision<'a>(
    namespace: Option<&'a Namespace>,
    workload: &'a Workload,
) -> Option<&'a str> {
    let of_namespace = namespace.and_then(|namespace| {
        let by_name = namespace.labels.get("istio.io/rev");
        by_name.filter(|_| namespace.labels.get("istio-injection").is_none())
    });
    let injects_default = namespace.is_some_and(|n| n.labels.get("istio-injection").is_some());
    of_namespace.or_else(|| {
        workload
            .pod_labels
            .get("istio.io/rev")
            .filter(|_| !injects_default)
    })
}
