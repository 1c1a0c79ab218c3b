//! `traffic-policy-unused`: members, and nothing that steers the calls between them.

use super::{Check, ENROLLED, are};
use crate::finding::{Kind, Severity};

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
        example: ENROLLED,
        fix: "Use it where it helps, or ask whether the other gifts are worth the proxies.",
    },
    help: "use it where it helps, or reckon without it",
    message: |anomaly| {
        format!(
            "{} in a mesh, and no route or rule changes a call between services",
            are(anomaly)
        )
    },
};
