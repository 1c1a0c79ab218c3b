//! `authz-trust-domain`: a rule that names trust domains and nothing else.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authz-trust-domain",
        severity: Severity::Error,
        summary: "A rule by trust domain matches nothing in ambient",
        what: "An AuthorizationPolicy without a target holds for Pods in ambient, and a source in \
               it names `trustDomains` or `notTrustDomains` alone. Derived from the source of \
               istiod, not run in a cluster.",
        why: "ztunnel has no field for trust domains: an ALLOW never matches, a DENY has no \
               effect, and up to Istio 1.31 no status says so.",
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
  - from: [{source: {trustDomains: [other.example]}}]
```",
        fix: "Name principals with their trust domain, or attach the policy to a waypoint.",
    },
    help: "name principals with their trust domain instead",
    message: |_| "A rule that names trust domains alone matches nothing at ztunnel".to_owned(),
};
