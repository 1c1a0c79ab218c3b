//! `waypoint-l4-only`: a waypoint with nothing to do that ztunnel does not do.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "waypoint-l4-only",
        severity: Severity::Note,
        summary: "A waypoint reads requests and nothing needs it to",
        what: "A waypoint is named by a namespace or a service, and neither a route, nor a \
               traffic rule, nor an authorization policy at L7 stands near it.",
        why: "A waypoint costs a proxy on the path of every call; ztunnel alone encrypts and \
               authorizes by identity.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: shop}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shop, namespace: shop}
spec:
  gatewayClassName: istio-waypoint
  listeners: [{name: mesh, port: 15008, protocol: HBONE}]
```",
        fix: "Remove the waypoint until a route or a policy needs it.",
    },
    help: "remove it, and the label that names it, until a route or a policy needs it",
    message: |anomaly| {
        format!(
            "This waypoint is used by {}, and nothing there reads requests",
            counted(anomaly.count, "object")
        )
    },
};
