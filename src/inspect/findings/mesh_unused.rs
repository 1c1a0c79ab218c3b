//! `mesh-unused`: a control plane, and nobody in its mesh.

use super::Check;
use crate::finding::{Kind, Severity};
use crate::words::counted;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "mesh-unused",
        severity: Severity::Warning,
        summary: "A mesh is installed and nobody is in it",
        what: "A control plane is in the input, and no workload carries its proxy or is asked in \
               by a label or an annotation. Where the namespaces are not in the input, nothing is \
               said.",
        why: "Everything is paid and nothing is used: upgrades, certificates, a webhook in the \
               way of every Pod.",
        example: "\
```yaml
apiVersion: apps/v1
kind: Deployment
metadata: {name: istiod, namespace: istio-system}
spec:
  template:
    metadata: {labels: {app: istiod}}
    spec: {containers: [{name: discovery}]}
```",
        fix: "Enrol the namespaces that need it, or remove the mesh.",
    },
    help: "enrol those that need it, or remove the control plane",
    message: |anomaly| {
        format!(
            "A control plane ({}) is there and none of {} is in its mesh",
            anomaly.detail,
            counted(anomaly.of, "workload")
        )
    },
};
