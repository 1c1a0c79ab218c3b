//! `authorization-unused`: members, and no policy that says who may call whom.

use super::{Check, ENROLLED, are};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "authorization-unused",
        severity: Severity::Note,
        summary: "No policy says who may call whom",
        what: "Workloads are in a mesh, and between services there is no authorization policy, or \
               only some that allow everything. Policies at an ingress gateway do not count, nor \
               do those that ztunnel drops.",
        why: "Identities are issued and renewed for every workload, and nothing reads them.",
        example: ENROLLED,
        fix: "Allow the callers that a sensitive service has, by service account, and refuse the \
               others.",
    },
    help: "start with the service that matters most: allow its callers, refuse the rest",
    message: |anomaly| {
        format!(
            "{} in a mesh, and no policy between services uses their identities",
            are(anomaly)
        )
    },
};
