//! `mtls-not-enforced`: members, and no policy that refuses who is not one.

use super::{Check, ENROLLED, are};
use crate::finding::{Kind, Severity};

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
        example: ENROLLED,
        fix: "When every caller is in the mesh, set STRICT for the namespace, then for the mesh.",
    },
    help: "when every caller is in the mesh, enforce mutual TLS namespace by namespace",
    message: |anomaly| {
        format!(
            "{} in a mesh, and no policy refuses callers without an identity",
            are(anomaly)
        )
    },
};
