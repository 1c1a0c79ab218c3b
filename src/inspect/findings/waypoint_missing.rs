//! `waypoint-missing`: a waypoint that is named and not there.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "waypoint-missing",
        severity: Severity::Error,
        summary: "A waypoint is named that does not exist",
        what: "A namespace, a Service or a Pod names a waypoint with `istio.io/use-waypoint`, and \
               no Gateway of that name is in the input.",
        why: "What is to go through the waypoint does not: routes and policies for it are not \
               carried out.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient, istio.io/use-waypoint: shop}}
```",
        fix: "Make the Gateway, or remove the label.",
    },
    help: "make the Gateway, or remove the label",
    message: |anomaly| {
        format!(
            "The waypoint {} is named here and is not in the input",
            anomaly.detail
        )
    },
};
