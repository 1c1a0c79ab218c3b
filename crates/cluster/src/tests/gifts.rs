use super::{deployment, namespace};
use crate::conclusion::Conclusion;
use crate::sample::conclude;
use crate::usage::gifts::{GiftId, GiftState};

fn gift(conclusion: &Conclusion, id: GiftId) -> (GiftState, Vec<String>) {
    let gift = conclusion
        .gifts
        .iter()
        .find(|gift| gift.id == id)
        .expect("all four are there");
    (
        gift.state,
        gift.witnesses
            .iter()
            .map(|witness| witness.object.to_string())
            .collect(),
    )
}

fn enrolled() -> String {
    namespace("istio-injection: enabled", "") + &deployment("cart", "", "")
}

fn object(api: &str, kind: &str, name: &str, spec: &str) -> String {
    format!(
        "---\napiVersion: {api}\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\nspec: {spec}\n"
    )
}

#[test]
fn mutual_tls_is_enforced_by_strict_and_by_nothing_less() {
    for (mode, state) in [
        ("STRICT", GiftState::Enforced),
        ("PERMISSIVE", GiftState::Declared),
        ("UNSET", GiftState::Declared),
        ("DISABLE", GiftState::Declared),
    ] {
        let policy = object(
            "security.istio.io/v1",
            "PeerAuthentication",
            "p",
            &format!("{{mtls: {{mode: {mode}}}}}"),
        );
        assert_eq!(
            gift(&conclude(&(enrolled() + &policy)), GiftId::Mtls).0,
            state,
            "{mode}"
        );
    }
    assert_eq!(gift(&conclude(""), GiftId::Mtls).0, GiftState::NotVisible);
}

#[test]
fn linkerd_enforces_by_default_policies_that_ask_for_an_identity() {
    for (policy, state) in [
        ("all-authenticated", GiftState::Enforced),
        ("cluster-authenticated", GiftState::Enforced),
        ("deny", GiftState::Enforced),
        ("audit", GiftState::Declared),
        ("all-unauthenticated", GiftState::Declared),
    ] {
        let annotations = format!(
            "linkerd.io/inject: enabled, config.linkerd.io/default-inbound-policy: {policy}"
        );
        let yaml = deployment("cart", "", &annotations);
        assert_eq!(gift(&conclude(&yaml), GiftId::Mtls).0, state, "{policy}");
    }
}

#[test]
fn kuma_enforces_with_a_backend_that_is_not_permissive() {
    let with = |mtls: &str| {
        let mesh = format!(
            "---\napiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: {{name: default}}\nspec: {{mtls: {mtls}}}\n"
        );
        gift(&conclude(&mesh), GiftId::Mtls).1
    };
    assert_eq!(
        with("{enabledBackend: ca, backends: [{name: ca}]}"),
        ["Mesh/-/default"]
    );
    assert!(with("{enabledBackend: ca, backends: [{name: ca, mode: PERMISSIVE}]}").is_empty());
    assert!(with("{backends: [{name: ca}]}").is_empty());
}

#[test]
fn a_policy_that_allows_everything_or_stands_at_an_edge_is_no_use_of_identities() {
    let with = |spec: &str| {
        let policy = object("security.istio.io/v1", "AuthorizationPolicy", "p", spec);
        gift(
            &conclude(&(enrolled() + &policy)),
            GiftId::IdentityAuthorization,
        )
        .1
    };
    let here = ["AuthorizationPolicy/shop/p"];
    assert_eq!(
        with("{rules: [{from: [{source: {namespaces: [shop]}}]}]}"),
        here
    );
    assert_eq!(with("{}"), here, "no rule refuses everything");
    assert!(with("{rules: [{}]}").is_empty());
    let edge = "{selector: {matchLabels: {istio: ingressgateway}}, rules: [{to: [{operation: {methods: [GET]}}]}]}";
    assert!(with(edge).is_empty());
}

#[test]
fn a_policy_that_ztunnel_cannot_carry_out_is_no_use_of_identities() {
    let policy = object(
        "security.istio.io/v1",
        "AuthorizationPolicy",
        "p",
        "{rules: [{to: [{operation: {methods: [GET]}}]}]}",
    );
    let ambient =
        namespace("istio.io/dataplane-mode: ambient", "") + &deployment("cart", "", "") + &policy;
    assert!(
        gift(&conclude(&ambient), GiftId::IdentityAuthorization)
            .1
            .is_empty()
    );
    assert_eq!(
        gift(
            &conclude(&(enrolled() + &policy)),
            GiftId::IdentityAuthorization
        )
        .1
        .len(),
        1
    );
}

#[test]
fn traffic_policy_is_used_by_what_changes_calls_between_services() {
    let service = |http: &str| {
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "v",
            &format!("{{hosts: [cart], http: [{http}]}}"),
        )
    };
    let used = [
        service(
            "{route: [{destination: {host: cart, subset: a}, weight: 90}, {destination: {host: cart, subset: b}, weight: 10}]}",
        ),
        service("{route: [{destination: {host: cart}}], timeout: 3s}"),
        service("{route: [{destination: {host: cart}}], retries: {attempts: 2}}"),
        service("{route: [{destination: {host: cart, subset: v1}}]}"),
        service("{route: [{destination: {host: other}}]}"),
        service("{match: [{headers: {x: {exact: y}}}], route: [{destination: {host: cart}}]}"),
        object(
            "networking.istio.io/v1",
            "DestinationRule",
            "d",
            "{host: cart, trafficPolicy: {outlierDetection: {interval: 1s}}}",
        ),
        object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "r",
            "{parentRefs: [{group: '', kind: Service, name: cart}], rules: [{backendRefs: [{name: cart}], timeouts: {request: 1s}}]}",
        ),
        object(
            "split.smi-spec.io/v1alpha1",
            "TrafficSplit",
            "t",
            "{backends: [{service: a, weight: 250m}, {service: b, weight: 750m}]}",
        ),
    ];
    for yaml in used {
        let conclusion = conclude(&(enrolled() + &yaml));
        assert_eq!(
            gift(&conclusion, GiftId::L7TrafficPolicy).1.len(),
            1,
            "{yaml}"
        );
    }
    let idle = [
        service("{route: [{destination: {host: cart}}]}"),
        service(
            "{route: [{destination: {host: cart.shop.svc.cluster.local, port: {number: 80}}}]}",
        ),
        service(
            "{route: [{destination: {host: cart, subset: a}, weight: 100}, {destination: {host: cart, subset: b}, weight: 0}]}",
        ),
        service("{route: [{destination: {host: other}}]}")
            .replace("{hosts", "{gateways: [istio-system/public], hosts"),
        object(
            "networking.istio.io/v1",
            "DestinationRule",
            "d",
            "{host: cart, trafficPolicy: {tls: {mode: ISTIO_MUTUAL}}}",
        ),
        object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "r",
            "{parentRefs: [{group: '', kind: Service, name: cart}], rules: [{matches: [{path: {type: PathPrefix, value: /}}], backendRefs: [{name: cart, weight: 1}]}]}",
        ),
        object(
            "gateway.networking.k8s.io/v1",
            "HTTPRoute",
            "r",
            "{parentRefs: [{name: public}], rules: [{backendRefs: [{name: a}, {name: b}]}]}",
        ),
        object(
            "split.smi-spec.io/v1alpha1",
            "TrafficSplit",
            "t",
            "{backends: [{service: a, weight: 1000m}, {service: b, weight: 0m}]}",
        ),
        object(
            "appmesh.k8s.aws/v1beta2",
            "VirtualService",
            "v",
            "{hosts: [cart], http: [{timeout: 1s}]}",
        ),
    ];
    for yaml in idle {
        let conclusion = conclude(&(enrolled() + &yaml));
        assert!(
            gift(&conclusion, GiftId::L7TrafficPolicy).1.is_empty(),
            "{yaml}"
        );
    }
}

#[test]
fn telemetry_is_used_where_somebody_collects_it() {
    let used = [
        object(
            "telemetry.istio.io/v1",
            "Telemetry",
            "t",
            "{tracing: [{providers: [{name: otel}]}]}",
        ),
        object(
            "monitoring.coreos.com/v1",
            "PodMonitor",
            "m",
            "{selector: {matchLabels: {app: ztunnel}}}",
        ),
    ];
    for yaml in used {
        let conclusion = conclude(&(enrolled() + &yaml));
        assert_eq!(
            gift(&conclusion, GiftId::UniformObservability).1.len(),
            1,
            "{yaml}"
        );
    }
    let idle = [
        object(
            "telemetry.istio.io/v1",
            "Telemetry",
            "t",
            "{tracing: [{randomSamplingPercentage: 1}]}",
        ),
        object(
            "monitoring.coreos.com/v1",
            "PodMonitor",
            "m",
            "{selector: {matchLabels: {app: cart}}}",
        ),
        object(
            "monitoring.coreos.com/v1",
            "ServiceMonitor",
            "m",
            "{selector: {matchLabels: {istio: pilot}}}",
        ),
    ];
    for yaml in idle {
        let conclusion = conclude(&(enrolled() + &yaml));
        assert!(
            gift(&conclusion, GiftId::UniformObservability).1.is_empty(),
            "{yaml}"
        );
    }
}
