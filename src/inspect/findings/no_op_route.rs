//! `no-op-route`: a route that changes nothing.

use super::Check;
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "no-op-route",
        severity: Severity::Note,
        summary: "A route between services changes nothing",
        what: "A VirtualService for the mesh, or a route with a Service as its parent, sends \
               every request of a host to that host, with one destination and no match, retry, \
               timeout, fault, mirror, rewrite or header. A subset that is not the only one pins \
               a version and counts as a change.",
        why: "It looks like a use of the mesh and is none; whoever reads it looks for what it \
               does.",
        example: "\
```yaml
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: {name: cart, namespace: shop}
spec:
  hosts: [cart]
  http: [{route: [{destination: {host: cart, port: {number: 80}}}]}]
```",
        fix: "Remove it, or say in it what it is for.",
    },
    help: "remove it",
    message: |_| "The route sends a host to itself and changes nothing".to_owned(),
};
