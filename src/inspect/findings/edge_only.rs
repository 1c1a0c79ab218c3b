//! `edge-only`: routes, all of them at a gateway.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "edge-only",
        severity: Severity::Note,
        summary: "Every route is served by a gateway at the edge",
        what: "Workloads are in a mesh, there are routes, and none of them is for calls between \
               services.",
        why: "A gateway does that without a mesh.",
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
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec:
  parentRefs: [{name: public}]
  rules: [{backendRefs: [{name: cart, port: 80}]}]
```",
        fix: "Keep the gateway, and ask what the mesh behind it is for.",
    },
    help: "a gateway does this without a mesh",
    message: |anomaly| {
        format!(
            "All {} are served by a gateway at the edge, none is for calls between services",
            counted(anomaly.count, "route")
        )
    },
};
