//! `authz-l7-allow`: an ALLOW policy that ztunnel turns into a refusal.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-l7-allow",
        severity: Severity::Error,
        summary: "An ALLOW policy loses its rules in ambient",
        what: "An AuthorizationPolicy without a target holds for Pods in ambient, and an ALLOW \
               rule in it names methods, paths, hosts, request identities or another attribute of \
               HTTP.",
        why: "ztunnel understands connections, not requests: it drops such a rule, and what the \
               rule would allow is refused.",
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
  rules:
  - to: [{operation: {methods: [GET]}}]
```",
        fix: "Attach the policy to a Service or a waypoint with `targetRefs`, or say it with \
               ports and identities.",
    },
    help: "attach the policy to a waypoint with targetRefs, or allow by identity and port",
    message: |_| {
        "An ALLOW rule with attributes of HTTP is dropped by ztunnel: what it allows is refused"
            .to_owned()
    },
};
