//! Whether Istio's CNI captures a Pod for ztunnel: `istio/istio@86c9f01`, `cni/pkg/util/enablement_selector.go` with
//! the default selectors of `charts/istio-cni/values.yaml`.

use super::enrolment::Enrolment::{self, In, NotVisible, Out};
use crate::inventory::Namespace;
use crate::inventory::workload::Workload;

/// Whether the Pods of a workload are to be in ambient. `sidecar`: whether they get one, which goes before.
pub(crate) fn declared(
    namespace: Option<&Namespace>,
    workload: &Workload,
    sidecar: Enrolment,
) -> Enrolment {
    const MODE: &str = "istio.io/dataplane-mode";
    if workload.host_network {
        return Out("host network");
    }
    let injected = workload
        .pod_annotations
        .get("sidecar.istio.io/status")
        .is_some();
    if sidecar.is_in() || injected || workload.sidecar.is_some() {
        return Out("has a sidecar");
    }
    match workload.pod_labels.get(MODE) {
        Some("ambient") => return In("pod label dataplane-mode=ambient"),
        Some("none") => return Out("pod label dataplane-mode=none"),
        _ => {}
    }
    match namespace {
        None => NotVisible,
        Some(namespace) if namespace.labels.is(MODE, "ambient") => {
            In("namespace label dataplane-mode=ambient")
        }
        Some(_) => Out("nothing asks for it"),
    }
}
