//! `paid-but-excluded`: a proxy that is told to let everything pass by.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "paid-but-excluded",
        severity: Severity::Warning,
        summary: "A proxy is told to let everything pass by",
        what: "A workload has a sidecar, or asks for one, and an annotation keeps all outbound or \
               all inbound traffic from it: `0.0.0.0/0` excluded, nothing included, or every port \
               skipped.",
        why: "The proxy is paid for in every Pod and sees nothing.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata: {labels: {app: cart}, annotations: {traffic.sidecar.istio.io/excludeOutboundIPRanges: 0.0.0.0/0}}
    spec: {containers: [{name: cart}]}
```",
        fix: "Take the workload out of the mesh, or let its traffic in.",
    },
    help: "take the workload out of the mesh, or narrow what is excluded",
    message: |anomaly| {
            format!(
                "{} keeps all traffic of that direction from the proxy",
                anomaly.detail
            )
        },
};
