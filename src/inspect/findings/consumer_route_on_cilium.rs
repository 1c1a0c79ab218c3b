//! `consumer-route-on-cilium`: a route of a caller, where only Cilium reads routes.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "consumer-route-on-cilium",
        severity: Severity::Warning,
        summary: "A caller's route is not read by Cilium",
        what: "A route has a Service of another namespace as its parent, Cilium's Gateway API is \
               switched on, and no other mesh has members.",
        why: "Such a route is for the calls of its own namespace; Cilium passes it over.",
        example: "\
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data:
  enable-gateway-api: \"true\"
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: cart, namespace: shop}
spec:
  parentRefs: [{group: '', kind: Service, name: cart, namespace: other}]
  rules: [{backendRefs: [{name: cart-v2, namespace: other, port: 80}]}]
```",
        fix: "Move the route to the Service's namespace, where it holds for every caller.",
    },
    help: "move the route to the Service's namespace",
    message: |anomaly| {
        format!(
            "Cilium passes over a route for {} that stands in another namespace than the Service",
            anomaly.detail
        )
    },
};
