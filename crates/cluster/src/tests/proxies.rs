use super::{CLASSIC, NATIVE, PROGRAM, deployment, namespace, pod};
use crate::paid::Component;
use crate::product::{Product, Shape};
use crate::sample::conclude;

#[test]
fn sidecars_are_counted_by_workload_and_by_running_pod_with_their_own_requests() {
    let yaml = deployment("cart", "", "")
        + &pod("cart", 1, "sidecar.istio.io/status: '{}'", NATIVE)
        + &pod("cart", 2, "sidecar.istio.io/status: '{}'", CLASSIC)
        + &pod("cart", 3, "", PROGRAM)
        + &pod("cart", 4, "sidecar.istio.io/status: '{}'", NATIVE).replace("Running", "Succeeded");
    let paid = conclude(&yaml).paid;
    assert_eq!((paid.workloads, paid.pods, paid.native), (1, Some(2), 1));
    assert_eq!((paid.cpu_millicores, paid.memory_mib), (150, 192));
}

#[test]
fn a_template_with_a_sidecar_counts_once_where_no_pod_is_visible() {
    let yaml = deployment("cart", "", "sidecar.istio.io/status: '{}'").replace(
        "{containers: [{name: app, image: registry.example/cart:1}]}",
        &format!("{{{CLASSIC}}}"),
    );
    let paid = conclude(&yaml).paid;
    assert_eq!((paid.workloads, paid.pods, paid.native), (1, None, 0));
    assert_eq!((paid.cpu_millicores, paid.memory_mib), (50, 64));
}

#[test]
fn a_proxy_that_is_none_beside_a_program_is_no_sidecar() {
    let proxy = "containers: [{name: istio-proxy, image: istio/proxyv2:1}]";
    let with = |labels: &str, annotations: &str, spec: &str| {
        deployment("x", labels, annotations).replace(
            "{containers: [{name: app, image: registry.example/x:1}]}",
            &format!("{{{spec}}}"),
        )
    };
    let cases = [
        (
            "ztunnel",
            with("app: ztunnel", "", proxy).replace("app: x, ", ""),
            Some(Component::NodeAgent),
        ),
        (
            "waypoint",
            with(
                "gateway.istio.io/managed: istio.io-mesh-controller",
                "",
                proxy,
            ),
            Some(Component::Waypoint),
        ),
        (
            "gateway of the Gateway API",
            with(
                "gateway.istio.io/managed: istio.io-gateway-controller",
                "",
                proxy,
            ),
            Some(Component::Gateway),
        ),
        (
            "gateway chart",
            with(
                "sidecar.istio.io/inject: 'true'",
                "inject.istio.io/templates: gateway",
                CLASSIC,
            ),
            Some(Component::Gateway),
        ),
        (
            "ingress gateway",
            with("istio: ingressgateway", "", CLASSIC),
            Some(Component::Gateway),
        ),
        (
            "a proxy alone",
            with("", "", proxy),
            Some(Component::Gateway),
        ),
        (
            "agentgateway",
            with("", "", "containers: [{name: agentgateway}]"),
            Some(Component::Gateway),
        ),
        (
            "a wish about the one to be injected",
            with(
                "",
                "",
                "containers: [{name: app}, {name: istio-proxy, image: auto}]",
            ),
            None,
        ),
        (
            "an init container that ends",
            with(
                "",
                "",
                "containers: [{name: app}], initContainers: [{name: istio-proxy, image: istio/proxyv2:1}]",
            ),
            None,
        ),
        (
            "linkerd's control plane",
            with(
                "linkerd.io/control-plane-component: destination",
                "",
                "containers: [{name: linkerd-proxy}, {name: destination}]",
            ),
            Some(Component::ControlPlane),
        ),
    ];
    for (what, yaml, component) in cases {
        let conclusion = conclude(&yaml);
        assert_eq!(conclusion.paid.workloads, 0, "{what}");
        let parts: Vec<Component> = conclusion
            .paid
            .by_component
            .iter()
            .map(|cost| cost.component)
            .collect();
        assert_eq!(parts, component.into_iter().collect::<Vec<_>>(), "{what}");
    }
}

#[test]
fn the_injectors_mark_may_stand_on_what_makes_the_pods() {
    let cron = "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: report, namespace: shop}\nspec:\n  jobTemplate:\n    \
                metadata: {annotations: {sidecar.istio.io/status: '{}'}}\n    \
                spec: {template: {spec: {containers: [{name: app}], initContainers: [{name: istio-proxy, image: x/y:1, \
                restartPolicy: Always}]}}}\n";
    assert_eq!(conclude(cron).paid.workloads, 1);
    assert_eq!(
        conclude(&cron.replace("sidecar.istio.io/status", "other"))
            .paid
            .workloads,
        0
    );
}

#[test]
fn other_meshes_have_proxies_of_their_own_name() {
    for (container, product) in [
        ("linkerd-proxy", Product::Linkerd),
        ("kuma-sidecar", Product::Kuma),
        ("consul-dataplane", Product::Consul),
    ] {
        let yaml = deployment("cart", "", "").replace(
            "{name: app,",
            &format!("{{name: {container}}}, {{name: app,"),
        );
        let conclusion = conclude(&yaml);
        let meshes: Vec<(Product, Option<Shape>)> = conclusion
            .meshes
            .iter()
            .map(|mesh| (mesh.product, mesh.shape))
            .collect();
        assert_eq!(meshes, [(product, Some(Shape::Sidecars))]);
        assert_eq!(conclusion.paid.workloads, 1);
    }
}

#[test]
fn what_the_cni_reports_as_captured_is_in_ambient() {
    let with = |mode: &str| {
        let annotation = format!("ambient.istio.io/redirection: {mode}");
        conclude(
            &(namespace("", "")
                + &deployment("cart", "", "")
                + &pod("cart", 1, &annotation, PROGRAM)),
        )
    };
    for mode in ["enabled", "pending"] {
        let conclusion = with(mode);
        let mesh = conclusion.meshes.first().expect("a mesh");
        assert_eq!(
            (mesh.product, mesh.shape, mesh.workloads.members),
            (Product::Istio, Some(Shape::Sidecarless), 1)
        );
    }
    assert!(with("disabled").meshes.is_empty());
}
