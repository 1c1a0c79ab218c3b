//! `encryption-best-effort`: encryption between nodes that lets plain text through where it cannot encrypt.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "encryption-best-effort",
        severity: Severity::Note,
        summary: "WireGuard encrypts where it can, and lets the rest through",
        what: "Cilium has `enable-wireguard: \"true\"` and no strict mode for egress or ingress.",
        why: "Whoever relies on it for a mandate of encryption in transit has no guarantee: what \
               is sent before a peer is known goes in plain text.",
        example: "\
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data:
  enable-wireguard: \"true\"
```",
        fix: "Set the strict mode of encryption, if encryption is a must.",
    },
    help: "set the strict mode, if encryption is a must",
    message: |_| {
        "WireGuard is on without its strict mode: what it cannot encrypt goes in plain text"
            .to_owned()
    },
};
