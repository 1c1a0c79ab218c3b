//! `waypoint-unused`: a waypoint that nothing names.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "waypoint-unused",
        severity: Severity::Warning,
        summary: "A waypoint is named by nothing",
        what: "A Gateway is a waypoint, and no namespace, Service, ServiceEntry or Pod in the \
               input names it with `istio.io/use-waypoint`.",
        why: "It runs and costs, and no call goes through it.",
        example: "\
```yaml
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: spare, namespace: shop}
spec:
  gatewayClassName: istio-waypoint
```",
        fix: "Name it where it is to serve, or remove it.",
    },
    help: "name it with istio.io/use-waypoint, or remove it",
    message: |_| "No object names this waypoint: nothing goes through it".to_owned(),
};
