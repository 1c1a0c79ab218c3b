//! `authz-l7-deny-lost`: a DENY policy that refuses nothing.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-l7-deny-lost",
        severity: Severity::Error,
        summary: "A DENY policy has no effect in ambient",
        what: "An AuthorizationPolicy without a target holds for Pods in ambient, and its DENY \
               rules need HTTP to be understood: nothing is left of a clause once that is gone.",
        why: "It reads like protection, and ztunnel lets everything through.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata: {name: cart, namespace: shop}
spec:
  action: DENY
  rules:
  - to: [{operation: {methods: [DELETE]}}]
```",
        fix: "Attach the policy to a Service or a waypoint with `targetRefs`.",
    },
    help: "attach the policy to a waypoint with targetRefs",
    message: |_| {
        "A DENY policy that only speaks of HTTP has no effect at ztunnel: nothing is refused"
            .to_owned()
    },
};
