//! `cilium-prerequisite`: a setting of Cilium that stands in ambient's way.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "cilium-prerequisite",
        severity: Severity::Error,
        summary: "A setting of Cilium stands in the way of ambient",
        what: "Istio runs in ambient mode, and Cilium has `cni-exclusive: \"true\"`, \
               `enable-bpf-masquerade: \"true\"`, or `bpf-lb-sock-hostns-only` not set to \
               `\"true\"`.",
        why: "Cilium removes the plugin of ambient, breaks its health checks, or answers for a \
               service before ztunnel sees the call.",
        example: "\
```yaml
apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {istio.io/dataplane-mode: ambient}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: cart, namespace: shop}
spec:
  template:
    metadata: {labels: {app: cart}}
    spec: {containers: [{name: cart}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data:
  cni-exclusive: \"true\"
  bpf-lb-sock-hostns-only: \"true\"
```",
        fix: "Set `cni.exclusive=false`, `socketLB.hostNamespaceOnly=true` and \
               `bpf.masquerade=false` in the values of Cilium.",
    },
    help: "see the platform prerequisites in Istio's documentation of ambient",
    message: |anomaly| {
        format!(
            "The setting {} of Cilium stands in the way of ambient",
            anomaly.detail
        )
    },
};
