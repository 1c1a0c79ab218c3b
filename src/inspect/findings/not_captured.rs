//! `not-captured`: Pods that a label asks into ambient, and that run past ztunnel.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "not-captured",
        severity: Severity::Warning,
        summary: "Pods that are asked into ambient are not captured",
        what: "A label asks the Pods of a workload into Istio's ambient mode, and Pods that run do not carry the \
               annotation `ambient.istio.io/redirection: enabled`, by which Istio's CNI says that it captured them.",
        why: "What they send is plaintext and passes no policy, and where mutual TLS is STRICT nobody inside takes \
              their calls. Ambient captures running Pods; where it does not, its CNI agent or ztunnel is missing on \
              their node.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
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
        fix: "See whether `istio-cni-node` and `ztunnel` run on their nodes: `kubectl -n istio-system get pods -o wide`.",
    },
    help: "see whether istio-cni-node and ztunnel run on their nodes",
    message: |anomaly| {
        let state = match anomaly.detail.as_str() {
            "pending" => "wait for ztunnel",
            _ => "are not captured",
        };
        let pods = counted(anomaly.of, "Pod");
        format!(
            "{} of {pods} that are asked into ambient {state}",
            anomaly.count
        )
    },
};
