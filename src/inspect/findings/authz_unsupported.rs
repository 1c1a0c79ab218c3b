//! `authz-unsupported`: an action, or a trial run, that ztunnel does not know.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-unsupported",
        severity: Severity::Warning,
        summary: "ztunnel does not enforce this policy at all",
        what: "An AuthorizationPolicy without a target holds for Pods in ambient, and its action \
               is CUSTOM or AUDIT, or it is annotated as a dry run.",
        why: "Only a waypoint knows these; ztunnel passes over the whole policy.",
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
  action: AUDIT
  rules: [{from: [{source: {namespaces: [shop]}}]}]
```",
        fix: "Attach the policy to a waypoint with `targetRefs`.",
    },
    help: "attach the policy to a waypoint with targetRefs",
    message: |anomaly| {
        if anomaly.detail.is_empty() || anomaly.detail == "ALLOW" || anomaly.detail == "DENY" {
            "A dry run is not known to ztunnel: the policy is passed over".to_owned()
        } else {
            format!(
                "The action {} is not known to ztunnel: the policy is passed over",
                anomaly.detail
            )
        }
    },
};
