//! `job-with-sidecar`: a Job that cannot end beside its sidecar.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "job-with-sidecar",
        severity: Severity::Warning,
        summary: "A Job has a sidecar that does not end with it",
        what: "A Job or a CronJob has a proxy among its ordinary containers, not as an init \
               container that is restarted (a native sidecar).",
        why: "The program ends and the proxy does not: the Job never completes, and the next run \
               may wait for it.",
        example: "\
```yaml
apiVersion: batch/v1
kind: Job
metadata: {name: export, namespace: shop}
spec:
  template:
    metadata: {annotations: {sidecar.istio.io/status: '{}'}}
    spec: {containers: [{name: export}, {name: istio-proxy, image: istio/proxyv2:1.27}]}
```",
        fix: "Use native sidecars (default since Istio 1.29 and Linkerd 2.20 on Kubernetes 1.33), \
               or keep the Job out of the mesh.",
    },
    help: "use native sidecars, or keep the Job out of the mesh",
    message: |_| "The proxy does not end with the program: the Job does not complete".to_owned(),
};
