//! `duplicate-duty`: programs that do themselves what the mesh does for them.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "duplicate-duty",
        severity: Severity::Note,
        summary: "Programs and mesh both do the same",
        what: "The mesh retries, or its telemetry is collected, and workloads in it carry \
               variables that set up retries or telemetry of their own. Told by names of \
               variables: a hint, not a proof.",
        why: "Retries multiply: three in the program and three in the mesh are nine calls to a \
               service that is down.",
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
    spec: {containers: [{name: cart, env: [{name: HTTP_RETRY_COUNT}]}]}
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{retries: {attempts: 2}, route: [{destination: {host: cart}}]}]
```",
        fix: "Decide in one place who retries and who reports, and switch the other off.",
    },
    help: "let one of the two do it",
    message: |anomaly| {
        format!(
            "{} set up {} of their own, which the mesh does too",
            counted(anomaly.count, "workload"),
            anomaly.detail
        )
    },
};
