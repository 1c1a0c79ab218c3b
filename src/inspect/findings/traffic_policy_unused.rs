//! `traffic-policy-unused`: members, and nothing that steers the calls between them.

use super::{Check, Subject, are};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "traffic-policy-unused",
        severity: Severity::Note,
        summary: "Nothing steers the calls between services",
        what: "Workloads are in a mesh, and between services there is no split, retry, timeout, \
               circuit breaker or match that changes anything. Routes that send a host to itself \
               do not count.",
        why: "Traffic policy is the part of a mesh that libraries cannot replace easily; without \
               it the proxies only forward.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio-injection: enabled}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart}]}
```",
        fix: "Use it where it helps, or ask whether the other gifts are worth the proxies.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    subject.each(
        &CHECK.kind,
        "use it where it helps, or reckon without it",
        |anomaly| {
            format!(
                "{} in a mesh, and no route or rule changes a call between services",
                are(anomaly)
            )
        },
    )
}
