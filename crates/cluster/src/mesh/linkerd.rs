//! Whether Linkerd's injector adds a proxy: `linkerd/linkerd2@b24cd40`, `pkg/inject/report.go`. Unlike Istio, a Pod
//! that asks is injected although its namespace says `disabled`.

use super::enrolment::Enrolment::{self, In, NotVisible, Out};
use crate::inventory::Namespace;
use crate::inventory::workload::Workload;

/// Whether the Pods of a workload get a proxy.
pub(crate) fn declared(namespace: Option<&Namespace>, workload: &Workload) -> Enrolment {
    const INJECT: &str = "linkerd.io/inject";
    let asks = |value: Option<&str>| matches!(value, Some("enabled" | "ingress"));
    if workload.host_network {
        return Out("host network");
    }
    if workload.hints.carries_a_proxy {
        return Out("carries a proxy already");
    }
    let of_pod = workload.pod_annotations.get(INJECT);
    if asks(of_pod) {
        return In("pod annotation linkerd.io/inject");
    }
    if of_pod.is_some() {
        return Out("pod annotation linkerd.io/inject");
    }
    match namespace {
        None => NotVisible,
        Some(namespace) if asks(namespace.annotations.get(INJECT)) => {
            In("namespace annotation linkerd.io/inject")
        }
        Some(_) => Out("nothing asks for it"),
    }
}
