//! `route-conflict`: two kinds of routes for one host.

use super::{Check, others};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "route-conflict",
        severity: Severity::Warning,
        summary: "A VirtualService and a route are for the same host",
        what: "A VirtualService for calls between services and a route of the Gateway API with a \
               Service as its parent name the same host.",
        why: "Which of them holds is not defined: it can change with a version of Istio.",
        example: "\
```yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{timeout: 3s, route: [{destination: {host: cart}}]}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec:
  parentRefs: [{group: '', kind: Service, name: cart}]
  rules: [{backendRefs: [{name: cart-v2, port: 80}]}]
```",
        fix: "Keep one of them; on a waypoint, keep the route.",
    },
    help: "keep one of them",
    message: |anomaly| {
        format!(
            "{} and this VirtualService are both for {}: which one holds is undefined",
            others(anomaly),
            anomaly.detail
        )
    },
};
