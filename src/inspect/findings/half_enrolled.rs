//! `half-enrolled`: a namespace partly in the mesh, under a policy that refuses the rest.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "half-enrolled",
        severity: Severity::Warning,
        summary: "A namespace is half in the mesh under a STRICT policy",
        what: "Of the Pods of a namespace some are in the mesh and some are not (of its \
               workloads, where no Pods are visible), and a PeerAuthentication makes mutual TLS \
               binding for it.",
        why: "Pods outside the mesh cannot call those inside: what breaks depends on which Pod \
               was restarted last.",
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
apiVersion: apps/v1
kind: Deployment
metadata: {name: old, namespace: shop}
spec:
  template:
    metadata: {labels: {app: old, sidecar.istio.io/inject: 'false'}}
    spec: {containers: [{name: old}]}
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
```",
        fix: "Bring the rest in, or set PERMISSIVE for the workloads that they call.",
    },
    help: "bring the rest in before STRICT, or exempt what they call",
    message: |anomaly| {
        format!(
            "{} of {} in this namespace are in the mesh, and a STRICT policy refuses the others",
            anomaly.count, anomaly.of
        )
    },
};
