//! Who is in Kuma, in Consul and in Cilium's ztunnel, as labels and annotations declare it.

use super::enrolment::Enrolment::{self, In, NotVisible, Out};
use crate::inventory::Namespace;
use crate::inventory::workload::Workload;

/// Kuma and Kong Mesh: a label of the Pod, else of its namespace. The annotation of that name is refused.
pub(crate) fn kuma(namespace: Option<&Namespace>, workload: &Workload) -> Enrolment {
    const INJECTION: &str = "kuma.io/sidecar-injection";
    if workload.host_network {
        return Out("host network");
    }
    match workload.pod_labels.get(INJECTION) {
        Some("enabled" | "true") => return In("pod label sidecar-injection"),
        Some(_) => return Out("pod label sidecar-injection"),
        None => {}
    }
    match namespace.map(|namespace| namespace.labels.get(INJECTION)) {
        None => NotVisible,
        Some(Some("enabled" | "true")) => In("namespace label sidecar-injection"),
        Some(_) => Out("nothing asks for it"),
    }
}

/// Consul: an annotation of the Pod. Its chart can turn the default round, which manifests do not show.
pub(crate) fn consul(workload: &Workload) -> Enrolment {
    match workload
        .pod_annotations
        .get("consul.hashicorp.com/connect-inject")
    {
        Some("true") => In("pod annotation connect-inject"),
        Some(_) => Out("pod annotation connect-inject"),
        None => NotVisible,
    }
}

/// Cilium's ztunnel: a label of the namespace.
pub(crate) fn cilium_ztunnel(namespace: Option<&Namespace>, workload: &Workload) -> Enrolment {
    match namespace {
        _ if workload.host_network => Out("host network"),
        None => NotVisible,
        Some(namespace) if namespace.labels.is("io.cilium/mtls-enabled", "true") => {
            In("namespace label mtls-enabled")
        }
        Some(_) => Out("nothing asks for it"),
    }
}
