//! `authz-selector`: a policy that tries to reach a waypoint by its labels.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-selector",
        severity: Severity::Error,
        summary: "A policy selects a waypoint by its labels",
        what: "An AuthorizationPolicy in an ambient namespace has a selector with the name of a \
               waypoint.",
        why: "Waypoints do not look at selectors, only at `targetRefs`: the policy does nothing.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shop, namespace: shop}
spec: {gatewayClassName: istio-waypoint}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec:
  selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: shop}}
  action: DENY
  rules: [{from: [{source: {namespaces: [other]}}]}]
```",
        fix: "Write `targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: …}]` \
               instead of the selector.",
    },
    help: "attach it with targetRefs instead of the selector",
    message: |_| "A waypoint does not look at selectors: the policy does nothing there".to_owned(),
};
