//! `mtls-not-enforced`: members, and no policy that refuses who is not one.

use super::{Check, Subject, are};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "mtls-not-enforced",
        severity: Severity::Warning,
        summary: "Mutual TLS is not enforced anywhere",
        what: "Workloads are in a mesh, and no policy makes mutual TLS binding: no \
               PeerAuthentication with STRICT, no Linkerd policy that asks for an identity, no \
               enabled backend in Kuma.",
        why: "Members encrypt between themselves, but whoever is not one is still let in, in \
               plain text.",
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
        fix: "When every caller is in the mesh, set STRICT for the namespace, then for the mesh.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Vec<Finding> {
    subject.each(
        &CHECK.kind,
        "when every caller is in the mesh, enforce mutual TLS namespace by namespace",
        |anomaly| {
            format!(
                "{} in a mesh, and no policy refuses callers without an identity",
                are(anomaly)
            )
        },
    )
}
