//! `accrual-on-route`: an annotation that Linkerd reads on Services only.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "accrual-on-route",
        severity: Severity::Warning,
        summary: "A circuit breaker is set on a route, where it does nothing",
        what: "A route carries an annotation `balancer.linkerd.io/…` or \
               `balancer.alpha.linkerd.io/…`.",
        why: "Linkerd reads these on a Service or an EgressNetwork; on a route they are passed \
               over.",
        example: "\
```yaml
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: cart
  namespace: shop
  annotations: {balancer.linkerd.io/failure-accrual: consecutive}
spec:
  parentRefs: [{group: '', kind: Service, name: cart}]
  rules: [{backendRefs: [{name: cart-v2, port: 80}]}]
```",
        fix: "Move the annotation to the Service.",
    },
    help: "move the annotation to the Service",
    message: |anomaly| format!("{} is read on Services only, not on routes", anomaly.detail),
};
