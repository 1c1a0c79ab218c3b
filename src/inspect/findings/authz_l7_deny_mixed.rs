//! `authz-l7-deny-mixed`: a DENY policy that refuses more than it says.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-l7-deny-mixed",
        severity: Severity::Warning,
        summary: "A DENY policy refuses more than it says in ambient",
        what: "An AuthorizationPolicy without a target holds for Pods in ambient, and a DENY rule \
               in it names attributes of HTTP beside others.",
        why: "ztunnel leaves the HTTP part out and keeps the rest: the rule refuses every request \
               of the connections that it names.",
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
  - to: [{operation: {methods: [DELETE], ports: ['80']}}]
```",
        fix: "Attach the policy to a Service or a waypoint with `targetRefs`.",
    },
    help: "attach the policy to a waypoint with targetRefs",
    message: |_| {
        "A DENY rule is enforced without its HTTP part: it refuses more than it says".to_owned()
    },
};
