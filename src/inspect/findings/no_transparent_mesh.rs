//! `no-transparent-mesh`: nodes on which neither shape works.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "no-transparent-mesh",
        severity: Severity::Note,
        summary: "Nodes run that take neither sidecars nor node agents",
        what: "A node is of EKS Fargate (`eks.amazonaws.com/compute-type: fargate`): Pods there \
               can have no NET_ADMIN, and no DaemonSet runs.",
        why: "Neither shape of a transparent mesh works there; whoever plans one has to leave \
               these Pods out.",
        example: "\
```yaml
apiVersion: v1
kind: Node
metadata: {name: fargate-ip-10-0-0-1, labels: {eks.amazonaws.com/compute-type: fargate}}
```",
        fix: "Keep libraries for what runs there, or move it to other nodes first.",
    },
    help: "keep libraries for what runs there, or move it to other nodes",
    message: |_| "Pods on this node can be in no transparent mesh, of either shape".to_owned(),
};
