//! `dead-revision`: a revision that no webhook serves.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "dead-revision",
        severity: Severity::Error,
        summary: "A label names a revision that nothing serves",
        what: "A namespace or a Pod names a revision or a tag with `istio.io/rev`, webhooks of \
               Istio are in the input, and none of them is for it.",
        why: "Nothing is injected, and nothing says so: new Pods start without a proxy.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/rev: 1-28}}
---
apiVersion: admissionregistration.k8s.io/v1
kind: MutatingWebhookConfiguration
metadata: {name: istio-sidecar-injector-1-30, labels: {istio.io/rev: 1-30}}
```",
        fix: "Name a revision that runs, or better a tag, which outlives upgrades.",
    },
    help: "name a revision or a tag that runs",
    message: |anomaly| {
        format!(
            "No webhook serves the revision {}: new Pods get no proxy",
            anomaly.detail
        )
    },
};
