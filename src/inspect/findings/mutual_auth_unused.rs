//! `mutual-auth-unused`: Cilium's mutual authentication, switched on and asked for by nobody.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "mutual-auth-unused",
        severity: Severity::Warning,
        summary: "Mutual authentication is on and no policy asks for it",
        what: "The configuration of Cilium has `mesh-auth-mutual-enabled: \"true\"`, and no \
               policy has an `authentication.mode`. The key `mesh-auth-enabled` says nothing: it \
               was always written.",
        why: "A SPIRE server and its agents run for nobody, for a feature that Cilium has \
               deprecated.",
        example: "\
```yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: cilium-config, namespace: kube-system}
data:
  mesh-auth-mutual-enabled: \"true\"
```",
        fix: "Switch it off: it is deprecated, and nothing depends on it.",
    },
    help: "switch it off in the values of the chart",
    message: |_| "Mutual authentication is switched on, and no policy asks for it".to_owned(),
};
