use std::io;
use std::num::NonZeroUsize;

use cluster::read::{Progress, Reason, Source, inventory};

use super::*;

struct Text(&'static str, String);

impl Source for Text {
    fn size(&self) -> Option<u64> {
        Some(self.1.len() as u64)
    }

    fn is_expected(&self) -> bool {
        true
    }

    fn open(&self) -> Result<Box<dyn io::Read + Send + '_>, Reason> {
        Ok(Box::new(self.1.as_bytes()))
    }
}

/// What the checks find in one file, `cluster.yaml`.
fn found(yaml: &str) -> Vec<Finding> {
    let sources = [Text("cluster.yaml", yaml.to_owned())];
    let (inventory, coverage) = inventory(&sources, NonZeroUsize::MIN, &Progress::default());
    assert!(coverage.objects > 0, "no object in\n{yaml}");
    let conclusion = inventory.conclude();
    let path = |place: cluster::Place| {
        sources
            .get(place.file as usize)
            .map_or("", |text| text.0)
            .to_owned()
    };
    findings(&conclusion, &path)
}

fn example(kind: &Kind) -> String {
    kind.example.replace("```yaml\n", "").replace("```", "")
}

/// For each kind: the line at which its example is found, and a change after which it is not found any more.
const CASES: &str = r#"
mesh-unused               1  app: istiod => app: other
mtls-not-enforced         5  enabled => disabled
authorization-unused      5  enabled => disabled
traffic-policy-unused     5  enabled => disabled
edge-only                13  {name: public} => {group: '', kind: Service, name: other}
waypoint-l4-only          5  use-waypoint: shop => use-waypoint: none
sidecars-for-l4           5  STRICT => PERMISSIVE
duplicate-duty            5  HTTP_RETRY_COUNT => HTTP_PORT
mutual-auth-unused        1  mesh-auth-mutual-enabled => mesh-auth-enabled
obsolete-api              1  split.smi-spec.io/v1alpha2 => example.org/v1
authz-l7-allow            5  methods: [GET] => ports: ['80']
authz-l7-deny-mixed       5  methods: [DELETE],  =>
authz-l7-deny-lost        5  methods: [DELETE] => ports: ['80']
authz-trust-domain        5  trustDomains: [other.example] => namespaces: [other]
authz-unsupported         5  AUDIT => DENY
authz-no-waypoint         5  kind: Service, name: cart => kind: GatewayClass, name: istio-waypoint
authz-selector           10  gateway.networking.k8s.io/gateway-name => app
not-restarted             5  Running => Succeeded
not-captured              5  Running => Succeeded
dead-revision             1  labels: {istio.io/rev: 1-28} => labels: {istio.io/rev: 1-30}
revision-and-ambient      1  , istio.io/rev: stable =>
waypoint-missing          1  use-waypoint: shop => use-waypoint: none
waypoint-unused           1  istio-waypoint => istio-east-west
paid-but-excluded         5  0.0.0.0/0 => 10.0.0.0/8
job-with-sidecar          1  kind: Job => kind: ReplicationController
half-enrolled             1  STRICT => PERMISSIVE
no-transparent-mesh       1  fargate} => ec2}
cilium-prerequisite      13  cni-exclusive: "true" => cni-exclusive: "false"
accrual-on-route          1  balancer.linkerd.io/failure-accrual: consecutive => retry.linkerd.io/http: 5xx
route-conflict            1  hosts: [cart] => hosts: [other]
consumer-route-on-cilium  7  name: cart, namespace: other}]\n  rules => name: cart, namespace: shop}]\n  rules
encryption-best-effort    1    enable-wireguard: "true" =>   enable-wireguard: "true"\n  enable-encryption-strict-mode-egress: "true"
no-op-route               1  hosts: [cart] => hosts: [other]
"#;

/// The cases: kind, line, and what is replaced by what.
fn cases() -> Vec<(&'static str, usize, String, String)> {
    let case = |row: &'static str| {
        let (id, rest) = row.split_once(' ').expect("an id");
        let (line, change) = rest.trim_start().split_once("  ").expect("a line");
        let (from, to) = change.split_once(" =>").expect("a change");
        let text = |part: &str| part.replace("\\n", "\n");
        let to = text(to.strip_prefix(' ').unwrap_or(to));
        (id, line.parse().expect("a number"), text(from), to)
    };
    CASES.trim().lines().map(case).collect()
}

#[test]
fn each_example_is_found_at_its_line_and_is_not_after_one_change() {
    let cases = cases();
    assert_eq!(cases.len(), CHECKS.len());
    for (check, (id, line, from, to)) in CHECKS.iter().zip(cases) {
        assert_eq!(check.kind.id, id);
        let yaml = example(&check.kind);
        let here: Vec<Finding> = found(&yaml)
            .into_iter()
            .filter(|finding| finding.kind.id == id)
            .collect();
        let places: Vec<(&str, usize)> = here
            .iter()
            .map(|finding| (finding.path.as_str(), finding.place.line))
            .collect();
        assert_eq!(places, [("cluster.yaml", line)], "{id}");
        let near = yaml.replace(&from, &to);
        assert_ne!(near, yaml, "{id}");
        assert!(
            found(&near).iter().all(|finding| finding.kind.id != id),
            "{id} in\n{near}"
        );
    }
}

#[test]
fn messages_begin_with_a_capital_and_end_without_a_full_stop() {
    for check in CHECKS {
        for finding in found(&example(&check.kind)) {
            let first = finding.message.chars().next().unwrap_or(' ');
            assert!(
                first.is_uppercase() || first.is_ascii_digit() || finding.message.contains('/'),
                "{}",
                finding.message
            );
            assert!(!finding.message.ends_with('.'), "{}", finding.message);
            let help = finding.help.unwrap_or_default();
            assert!(!help.is_empty() && !help.ends_with('.'), "{help}");
        }
    }
}
