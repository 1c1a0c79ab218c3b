//! `revision-and-ambient`: a label that asks for sidecars beside one that asks for ambient.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "revision-and-ambient",
        severity: Severity::Warning,
        summary: "A namespace in ambient also asks for sidecars",
        what: "A namespace has `istio.io/dataplane-mode: ambient` and `istio.io/rev`. The second \
               picks the control plane, and it also makes the webhook of that revision inject.",
        why: "Pods that get a sidecar stay out of ambient: the namespace becomes half one and \
               half the other as Pods restart.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/rev: stable}}
```",
        fix: "Remove `istio.io/rev` from the namespace; waypoints and gateways may carry it.",
    },
    help: "remove istio.io/rev from the namespace",
    message: |anomaly| {
        format!(
            "The namespace is in ambient, and istio.io/rev={} makes the webhook inject sidecars",
            anomaly.detail
        )
    },
};
