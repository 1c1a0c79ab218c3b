use super::{CLASSIC, NATIVE, PROGRAM, deployment, found, namespace, pod};
use crate::sample::conclude;

fn object(api: &str, kind: &str, name: &str, rest: &str) -> String {
    format!(
        "---\napiVersion: {api}\nkind: {kind}\nmetadata: {{name: {name}, namespace: shop}}\n{rest}\n"
    )
}

fn gateway_api(kind: &str, name: &str, spec: &str) -> String {
    object(
        "gateway.networking.k8s.io/v1",
        kind,
        name,
        &format!("spec: {spec}"),
    )
}

fn policy(spec: &str) -> String {
    object(
        "security.istio.io/v1",
        "AuthorizationPolicy",
        "p",
        &format!("spec: {spec}"),
    )
}

/// Whether a rule finds something in each of the first and nothing in the others.
fn fires(id: &str, fires: &[String], near: &[String]) {
    for yaml in fires {
        assert!(
            !found(&conclude(yaml), id).is_empty(),
            "{id} does not see\n{yaml}"
        );
    }
    for yaml in near {
        assert!(found(&conclude(yaml), id).is_empty(), "{id} sees\n{yaml}");
    }
}

fn ambient() -> String {
    namespace("istio.io/dataplane-mode: ambient", "") + &deployment("cart", "", "")
}

fn enrolled() -> String {
    namespace("istio-injection: enabled", "") + &deployment("cart", "", "")
}

fn istiod() -> String {
    deployment("istiod", "", "")
}

const STRICT: &str = "---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\n\
                      metadata: {name: strict, namespace: shop}\nspec: {mtls: {mode: STRICT}}\n";

#[test]
fn a_control_plane_without_members_is_unused() {
    let nobody = namespace("", "") + &istiod() + &deployment("cart", "", "");
    let unseen = istiod() + &deployment("cart", "", "");
    fires(
        "mesh-unused",
        &[istiod(), nobody],
        &[unseen, istiod() + &enrolled(), deployment("cart", "", "")],
    );
}

#[test]
fn members_without_a_use_are_said_gift_by_gift() {
    let l4 = policy("{rules: [{from: [{source: {namespaces: [shop]}}]}]}");
    let timeout = object(
        "networking.istio.io/v1",
        "VirtualService",
        "v",
        "spec: {hosts: [cart], http: [{timeout: 1s, route: [{destination: {host: cart}}]}]}",
    );
    let nobody = namespace("", "") + &deployment("cart", "", "");
    fires(
        "mtls-not-enforced",
        &[enrolled(), ambient()],
        &[enrolled() + STRICT, nobody.clone()],
    );
    fires(
        "authorization-unused",
        &[enrolled(), enrolled() + &policy("{rules: [{}]}")],
        &[enrolled() + &l4, nobody.clone()],
    );
    fires(
        "traffic-policy-unused",
        &[enrolled()],
        &[enrolled() + &timeout, nobody],
    );
    fires(
        "sidecars-for-l4",
        &[enrolled() + STRICT, enrolled() + &l4],
        &[
            enrolled(),
            ambient() + STRICT,
            enrolled() + STRICT + &timeout,
        ],
    );
    let edge = gateway_api(
        "HTTPRoute",
        "r",
        "{parentRefs: [{name: public}], rules: [{backendRefs: [{name: cart}]}]}",
    );
    fires(
        "edge-only",
        &[enrolled() + &edge],
        &[enrolled(), edge.clone(), enrolled() + &edge + &timeout],
    );
}

#[test]
fn a_duty_is_done_twice_where_programs_retry_beside_the_mesh() {
    let retries = object(
        "networking.istio.io/v1",
        "VirtualService",
        "v",
        "spec: {hosts: [cart], http: [{retries: {attempts: 2}, route: [{destination: {host: cart}}]}]}",
    );
    let own = enrolled().replace(
        "{name: app,",
        "{name: app, env: [{name: HTTP_RETRY_COUNT}],",
    );
    fires(
        "duplicate-duty",
        &[own.clone() + &retries],
        &[own, enrolled() + &retries],
    );
}

#[test]
fn ztunnel_does_not_do_what_these_policies_say() {
    let with = |spec: &str| ambient() + &policy(spec);
    let cases = [
        (
            "authz-l7-allow",
            "{rules: [{to: [{operation: {methods: [GET]}}]}]}",
        ),
        (
            "authz-l7-deny-mixed",
            "{action: DENY, rules: [{to: [{operation: {methods: [GET], ports: ['80']}}]}]}",
        ),
        (
            "authz-l7-deny-lost",
            "{action: DENY, rules: [{to: [{operation: {methods: [GET]}}]}]}",
        ),
        (
            "authz-trust-domain",
            "{rules: [{from: [{source: {trustDomains: [x]}}]}]}",
        ),
        ("authz-unsupported", "{action: AUDIT, rules: [{}]}"),
    ];
    for (id, spec) in cases {
        let in_sidecars = enrolled() + &policy(spec);
        let fine = with("{rules: [{from: [{source: {namespaces: [shop]}}]}]}");
        fires(id, &[with(spec)], &[in_sidecars, fine]);
    }
    let rehearsed = with("{}").replace(
        "{name: p,",
        "{annotations: {istio.io/dry-run: 'true'}, name: p,",
    );
    fires("authz-unsupported", &[rehearsed], &[with("{}")]);
}

#[test]
fn a_policy_with_a_target_needs_a_waypoint_that_serves_it() {
    let waypoint = gateway_api("Gateway", "w", "{gatewayClassName: istio-waypoint}");
    let bound = ambient().replace("ambient}", "ambient, istio.io/use-waypoint: w}");
    let to_service = policy("{targetRefs: [{kind: Service, name: cart}], rules: [{}]}");
    let to_gateway = policy("{targetRefs: [{kind: Gateway, name: w}], action: DENY, rules: [{}]}");
    fires(
        "authz-no-waypoint",
        &[
            ambient() + &to_service,
            ambient() + &waypoint + &to_service,
            bound.clone() + &to_service,
        ],
        &[
            bound.clone() + &waypoint + &to_service,
            bound.clone() + &waypoint + &to_gateway,
        ],
    );
    let selecting = policy(
        "{selector: {matchLabels: {gateway.networking.k8s.io/gateway-name: w}}, action: DENY, rules: [{}]}",
    );
    fires(
        "authz-selector",
        &[bound.clone() + &waypoint + &selecting],
        &[bound + &waypoint + &to_gateway],
    );
}

#[test]
fn pods_older_than_their_label_run_without_the_proxy() {
    let without = enrolled() + &pod("cart", 1, "", PROGRAM);
    let with = enrolled() + &pod("cart", 1, "sidecar.istio.io/status: x", NATIVE);
    let over = enrolled() + &pod("cart", 1, "", PROGRAM).replace("Running", "Succeeded");
    let evicted = enrolled() + &pod("cart", 1, "", PROGRAM).replace("Running", "Failed");
    let left_over = namespace("", "") + &deployment("cart", "", "") + &pod("cart", 1, "", NATIVE);
    fires(
        "not-restarted",
        &[without, evicted, left_over],
        &[with, over, enrolled()],
    );
}

#[test]
fn pods_that_ambient_did_not_capture_run_past_it() {
    let cart = |annotations: &str, spec: &str| {
        ambient() + &deployment("cart", "", "") + &pod("cart", 1, annotations, spec)
    };
    let outside = cart("", PROGRAM);
    let waiting = cart("ambient.istio.io/redirection: pending", PROGRAM);
    let captured = cart("ambient.istio.io/redirection: enabled", PROGRAM);
    let in_sidecar = cart("sidecar.istio.io/status: x", NATIVE);
    let on_the_node = cart("", "hostNetwork: true, containers: [{name: app}]");
    let over = cart("", PROGRAM).replace("Running", "Succeeded");
    let not_asked = namespace("", "") + &deployment("cart", "", "") + &pod("cart", 1, "", PROGRAM);
    fires(
        "not-captured",
        &[outside, waiting],
        &[captured, in_sidecar, on_the_node, over, not_asked],
    );
}

#[test]
fn a_revision_without_a_webhook_is_dead() {
    let webhook = |labels: &str| {
        format!(
            "---\napiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\n\
             metadata: {{name: istio-sidecar-injector, labels: {{{labels}}}}}\n"
        )
    };
    let asks = namespace("istio.io/rev: stable", "");
    let pod_asks = namespace("", "") + &deployment("cart", "istio.io/rev: stable", "");
    fires(
        "dead-revision",
        &[
            asks.clone() + &webhook("istio.io/rev: default"),
            pod_asks + &webhook("istio.io/rev: default"),
        ],
        &[
            asks.clone(),
            asks.clone() + &webhook("istio.io/rev: stable"),
            asks.clone() + &webhook("istio.io/rev: x, istio.io/tag: stable"),
        ],
    );
    let both = namespace("istio.io/rev: stable, istio.io/dataplane-mode: ambient", "");
    fires(
        "revision-and-ambient",
        &[both],
        &[asks, namespace("istio.io/dataplane-mode: ambient", "")],
    );
}

#[test]
fn waypoints_are_missing_unused_or_there_for_nothing() {
    let waypoint = gateway_api("Gateway", "w", "{gatewayClassName: istio-waypoint}");
    let bound = ambient().replace("ambient}", "ambient, istio.io/use-waypoint: w}");
    let opted_out = ambient().replace("ambient}", "ambient, istio.io/use-waypoint: none}");
    let foreign = gateway_api("Gateway", "w", "{gatewayClassName: someone-elses}");
    let route = gateway_api(
        "HTTPRoute",
        "r",
        "{parentRefs: [{group: '', kind: Service, name: cart}], rules: [{backendRefs: [{name: cart}], timeouts: {request: 1s}}]}",
    );
    let l7 = policy(
        "{targetRefs: [{kind: Service, name: cart}], rules: [{to: [{operation: {methods: [GET]}}]}]}",
    );
    fires(
        "waypoint-missing",
        std::slice::from_ref(&bound),
        &[
            bound.clone() + &waypoint,
            bound.clone() + &foreign,
            opted_out,
        ],
    );
    fires(
        "waypoint-unused",
        &[waypoint.clone(), ambient() + &waypoint],
        &[bound.clone() + &waypoint, foreign],
    );
    fires(
        "waypoint-l4-only",
        &[bound.clone() + &waypoint],
        &[
            bound.clone() + &waypoint + &route,
            bound + &waypoint + &l7,
            waypoint,
        ],
    );
}

#[test]
fn a_proxy_that_carries_nothing_is_paid_for_and_excluded() {
    let told = |key: &str, value: &str| {
        namespace("istio-injection: enabled", "")
            + &deployment("cart", "", &format!("{key}: '{value}'"))
    };
    let traffic = "traffic.sidecar.istio.io";
    fires(
        "paid-but-excluded",
        &[
            told(&format!("{traffic}/excludeOutboundIPRanges"), "0.0.0.0/0"),
            told(&format!("{traffic}/includeOutboundIPRanges"), ""),
            told(&format!("{traffic}/includeInboundPorts"), ""),
            deployment(
                "cart",
                "",
                "linkerd.io/inject: enabled, config.linkerd.io/skip-outbound-ports: 1-65535",
            ),
        ],
        &[
            told(&format!("{traffic}/excludeInboundPorts"), "*"),
            told(&format!("{traffic}/excludeOutboundIPRanges"), "10.0.0.0/8"),
            namespace("", "")
                + &deployment(
                    "cart",
                    "",
                    &format!("{traffic}/includeOutboundIPRanges: ''"),
                ),
        ],
    );
}

#[test]
fn a_job_does_not_end_beside_a_classic_sidecar() {
    let job = |spec: &str| {
        deployment("cart", "", "sidecar.istio.io/status: x")
            .replace("kind: Deployment", "kind: Job")
            .replace("apps/v1", "batch/v1")
            .replace(
                "{containers: [{name: app, image: registry.example/cart:1}]}",
                &format!("{{{spec}}}"),
            )
    };
    let no_job = job(CLASSIC)
        .replace("kind: Job", "kind: Deployment")
        .replace("batch/v1", "apps/v1");
    fires(
        "job-with-sidecar",
        &[job(CLASSIC)],
        &[job(NATIVE), job(PROGRAM), no_job],
    );
}

#[test]
fn a_namespace_is_half_enrolled_where_a_policy_refuses_the_rest() {
    let mixed = enrolled() + &deployment("old", "sidecar.istio.io/inject: 'false'", "");
    let permissive = STRICT.replace("STRICT", "PERMISSIVE");
    let mesh_wide = STRICT.replace("namespace: shop", "namespace: istio-system");
    fires(
        "half-enrolled",
        &[mixed.clone() + STRICT, mixed.clone() + &mesh_wide],
        &[
            mixed.clone(),
            mixed.clone() + &permissive,
            mixed + &permissive.replace("name: strict", "name: p") + &mesh_wide,
            enrolled() + STRICT,
        ],
    );
}

#[test]
fn fargate_takes_neither_shape() {
    let node = |labels: &str| {
        format!("---\napiVersion: v1\nkind: Node\nmetadata: {{name: n, labels: {{{labels}}}}}\n")
    };
    fires(
        "no-transparent-mesh",
        &[node("eks.amazonaws.com/compute-type: fargate")],
        &[node("eks.amazonaws.com/compute-type: ec2")],
    );
}

#[test]
fn cilium_stands_in_ambients_way_by_its_settings() {
    let config = |data: &str| {
        format!(
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: cilium-config, namespace: kube-system}}\ndata: {{{data}}}\n"
        )
    };
    let good = "cni-exclusive: 'false', bpf-lb-sock-hostns-only: 'true'";
    fires(
        "cilium-prerequisite",
        &[
            ambient() + &config("cni-exclusive: 'true', bpf-lb-sock-hostns-only: 'true'"),
            ambient() + &config("bpf-lb-sock-hostns-only: 'true', enable-bpf-masquerade: 'true'"),
            ambient() + &config("cni-exclusive: 'false'"),
        ],
        &[
            ambient() + &config(good),
            enrolled() + &config("cni-exclusive: 'true'"),
        ],
    );
    fires(
        "encryption-best-effort",
        &[config("enable-wireguard: 'true'")],
        &[
            config("enable-wireguard: 'false'"),
            config("enable-wireguard: 'true', enable-encryption-strict-mode-egress: 'true'"),
        ],
    );
    let asking = object(
        "cilium.io/v2",
        "CiliumNetworkPolicy",
        "c",
        "spec: {ingress: [{authentication: {mode: required}}]}",
    );
    fires(
        "mutual-auth-unused",
        &[config("mesh-auth-mutual-enabled: 'true'")],
        &[
            config("mesh-auth-enabled: 'true'"),
            config("mesh-auth-mutual-enabled: 'true'") + &asking,
        ],
    );
    let consumer = gateway_api(
        "HTTPRoute",
        "r",
        "{parentRefs: [{group: '', kind: Service, name: cart, namespace: other}], rules: [{backendRefs: [{name: x}]}]}",
    );
    let producer = consumer.replace(", namespace: other", "");
    let reads = config("enable-gateway-api: 'true'");
    fires(
        "consumer-route-on-cilium",
        &[reads.clone() + &consumer],
        &[reads + &producer, consumer],
    );
}

#[test]
fn apis_that_are_gone_are_named() {
    let cilium = |rule: &str| {
        object(
            "cilium.io/v2",
            "CiliumNetworkPolicy",
            "c",
            &format!("spec: {{ingress: [{rule}]}}"),
        )
    };
    let profile = object(
        "linkerd.io/v1alpha2",
        "ServiceProfile",
        "s",
        "spec: {routes: [{name: x}]}",
    );
    let linkerd = |version: &str| {
        deployment(
            "linkerd-destination",
            "linkerd.io/control-plane-component: destination",
            "",
        )
        .replace("linkerd-destination:1", &format!("controller:{version}"))
    };
    fires(
        "obsolete-api",
        &[
            object(
                "split.smi-spec.io/v1alpha2",
                "TrafficSplit",
                "t",
                "spec: {}",
            ),
            object(
                "access.smi-spec.io/v1alpha3",
                "TrafficTarget",
                "t",
                "spec: {}",
            ),
            cilium("{toPorts: [{rules: {kafka: [{topic: x}]}}]}"),
            cilium("{toPorts: [{rules: {l7proto: x}}]}"),
            cilium("{authentication: {mode: required}}"),
            linkerd("stable-2.16.0") + &profile,
        ],
        &[
            cilium("{toPorts: [{rules: {http: [{method: GET}]}}]}"),
            profile.clone(),
            linkerd("stable-2.14.0") + &profile,
        ],
    );
}

#[test]
fn routes_do_nothing_contradict_or_are_not_read() {
    let service = |host: &str| {
        object(
            "networking.istio.io/v1",
            "VirtualService",
            "v",
            &format!(
                "spec: {{hosts: [{host}], http: [{{route: [{{destination: {{host: cart}}}}]}}]}}"
            ),
        )
    };
    let route = gateway_api(
        "HTTPRoute",
        "r",
        "{parentRefs: [{group: '', kind: Service, name: cart}], rules: [{backendRefs: [{name: cart}], timeouts: {request: 1s}}]}",
    );
    let idle = route.replace(", timeouts: {request: 1s}", "");
    let at_gateway = service("cart").replace("spec: {", "spec: {gateways: [public], ");
    fires(
        "no-op-route",
        &[
            service("cart"),
            service("cart.shop.svc.cluster.local"),
            idle,
        ],
        &[service("other"), route.clone(), at_gateway.clone()],
    );
    fires(
        "route-conflict",
        &[service("cart") + &route],
        &[
            service("other") + &route,
            at_gateway + &route,
            service("cart"),
        ],
    );
    let accrual = |kind: &str| {
        format!(
            "---\napiVersion: {}\nkind: {kind}\nmetadata: {{name: x, namespace: shop, \
             annotations: {{balancer.linkerd.io/failure-accrual: consecutive}}}}\n",
            if kind == "Service" {
                "v1"
            } else {
                "gateway.networking.k8s.io/v1"
            }
        )
    };
    fires(
        "accrual-on-route",
        &[accrual("HTTPRoute")],
        &[accrual("Service")],
    );
}
