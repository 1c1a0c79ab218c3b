//! `obsolete-api`: objects of an API that is gone or going.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "obsolete-api",
        severity: Severity::Warning,
        summary: "An object belongs to an API that is gone or on its way out",
        what: "SMI objects; `kafka` and `l7proto` rules, which Cilium 1.20 no longer reads; \
               `authentication.mode`, which it deprecates; ServiceProfiles beside a Linkerd that \
               sets retries by routes (2.16 and later).",
        why: "What nothing reads looks like protection or like a canary, and is neither.",
        example: "\
```yaml
apiVersion: split.smi-spec.io/v1alpha2
kind: TrafficSplit
metadata: {name: cart, namespace: shop}
spec:
  service: cart
  backends: [{service: cart-v1, weight: 90}, {service: cart-v2, weight: 10}]
```",
        fix: "Write it anew in the API that took its place: routes of the Gateway API, or \
               policies of the product.",
    },
    help: "write it anew in the API that took its place",
    message: |anomaly| format!("{} is {}", anomaly.witness.object, what(&anomaly.detail)),
};

/// What is the matter with an object, by the word of the rule for it.
fn what(detail: &str) -> &'static str {
    match detail {
        "smi" => "an SMI object, which no mesh reads any more",
        "kafka" => "read by Cilium up to 1.19 only: it has `kafka` or `l7proto` rules",
        "mutual-authentication" => "asking for mutual authentication, which Cilium deprecates",
        _ => "a ServiceProfile, whose place routes have taken",
    }
}
