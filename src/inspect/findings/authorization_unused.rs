//! `authorization-unused`: members, and no policy that says who may call whom.

use super::{Check, Subject, are};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authorization-unused",
        severity: Severity::Note,
        summary: "No policy says who may call whom",
        what: "Workloads are in a mesh, and between services there is no authorization policy, or \
               only some that allow everything. Policies at an ingress gateway do not count, nor \
               do those that ztunnel drops.",
        why: "Identities are issued and renewed for every workload, and nothing reads them.",
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
        fix: "Allow the callers that a sensitive service has, by service account, and refuse the \
               others.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    subject.each(
        &CHECK.kind,
        "start with the service that matters most: allow its callers, refuse the rest",
        |anomaly| {
            format!(
                "{} in a mesh, and no policy between services uses their identities",
                are(anomaly)
            )
        },
    )
}
