//! `sidecars-for-l4`: sidecars that do what an agent on the node could do.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "sidecars-for-l4",
        severity: Severity::Note,
        summary: "Sidecars are used for nothing that needs a sidecar",
        what: "Workloads have Istio sidecars, mutual TLS or authorization by identity is used, \
               and no policy or route between services reads requests.",
        why: "Ambient does the same with a proxy for each node instead of one for each Pod.",
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
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: {name: default, namespace: shop}
spec: {mtls: {mode: STRICT}}
```",
        fix: "Reckon the move to ambient; look first at the reasons for sidecars that `inspect` \
               lists.",
    },
    help: "ambient does that without a proxy in each Pod",
    message: |anomaly| {
        format!(
            "Sidecars of {} only encrypt and authorize connections",
            counted(anomaly.count, "workload")
        )
    },
};
