//! `not-restarted`: Pods whose proxy does not fit what is asked for them.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "not-restarted",
        severity: Severity::Warning,
        summary: "Pods run without the proxy that is asked for, or with one that is no longer \
               asked for",
        what: "A label or an annotation asks the Pods of a workload into a mesh, and Pods that \
               run do not carry its proxy; or they carry one and nothing asks for it.",
        why: "The webhook acts when a Pod is made. Pods from before the label was set, or \
               removed, stay as they were.",
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
apiVersion: v1
kind: Pod
metadata:
  name: cart-7d9-x1
  namespace: shop
  labels: {app: cart, pod-template-hash: 7d9}
  ownerReferences: [{kind: ReplicaSet, name: cart-7d9, controller: true}]
spec: {containers: [{name: cart}]}
status: {phase: Running}
```",
        fix: "Restart the workload: `kubectl rollout restart`.",
    },
    help: "restart the workload",
    message: |anomaly| {
        if anomaly.detail == "leftover" {
            format!(
                "{} of {} carry a proxy that nothing asks for",
                anomaly.count,
                counted(anomaly.of, "Pod")
            )
        } else {
            format!(
                "{} of {} run without the proxy that is asked for",
                anomaly.count,
                counted(anomaly.of, "Pod")
            )
        }
    },
};
