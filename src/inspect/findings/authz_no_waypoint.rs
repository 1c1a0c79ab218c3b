//! `authz-no-waypoint`: a policy for a waypoint that is not there.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-no-waypoint",
        severity: Severity::Error,
        summary: "A policy is attached to something that no waypoint serves",
        what: "An AuthorizationPolicy in an ambient namespace has a target, and no waypoint of \
               the input is named by that Service or by its namespace, or the Gateway that it \
               names is not there.",
        why: "A policy with a target is for a waypoint: where none serves the target, nobody \
               enforces it.",
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
  targetRefs: [{kind: Service, name: cart}]
  rules: [{to: [{operation: {methods: [GET]}}]}]
```",
        fix: "Make a waypoint and name it with `istio.io/use-waypoint` on the Service or its \
               namespace.",
    },
    help: "name a waypoint with istio.io/use-waypoint on the Service or its namespace",
    message: |anomaly| {
        format!(
            "The policy is attached to {}, which no waypoint serves: nobody enforces it",
            anomaly.detail
        )
    },
};
