use super::{deployment, namespace};
use crate::mesh::enrolment::Enrolment;
use crate::mesh::members::members;
use crate::mesh::revision::Revisions;
use crate::product::{Product, Shape};
use crate::sample::inventory;

/// Whether the first workload is asked in, asked out, or not visible: `in`, `out`, `?`.
fn standing(yaml: &str, product: Product, shape: Shape) -> &'static str {
    let inventory = inventory(yaml);
    let everywhere = Revisions::of(&inventory).injects_everywhere;
    let members = members(&inventory, everywhere);
    match members
        .first()
        .expect("a workload")
        .declared(product, shape)
    {
        Enrolment::In(_) => "in",
        Enrolment::Out(_) => "out",
        Enrolment::NotVisible => "?",
    }
}

#[test]
fn istio_injects_by_the_first_row_that_holds() {
    // (namespace labels or none, Pod labels, Pod annotations) -> standing; rows as in the detection's table.
    let inject = "sidecar.istio.io/inject";
    let cases = [
        (Some(""), format!("{inject}: 'false'"), String::new(), "out"),
        (
            Some("istio-injection: enabled"),
            format!("{inject}: 'false'"),
            String::new(),
            "out",
        ),
        (
            Some("istio-injection: enabled"),
            String::new(),
            format!("{inject}: 'false'"),
            "out",
        ),
        // The label goes before the annotation of the same name.
        (
            Some("istio-injection: enabled"),
            format!("{inject}: 'true'"),
            format!("{inject}: 'false'"),
            "in",
        ),
        (
            Some("istio-injection: enabled"),
            String::new(),
            String::new(),
            "in",
        ),
        (
            Some("istio-injection: enabled, istio.io/rev: x"),
            String::new(),
            String::new(),
            "in",
        ),
        (
            Some("istio-injection: disabled"),
            format!("{inject}: 'true'"),
            String::new(),
            "out",
        ),
        (
            Some("istio-injection: disabled, istio.io/rev: x"),
            String::new(),
            String::new(),
            "out",
        ),
        (Some("istio.io/rev: x"), String::new(), String::new(), "in"),
        (Some(""), "istio.io/rev: x".to_owned(), String::new(), "in"),
        (Some(""), format!("{inject}: 'true'"), String::new(), "in"),
        // The annotation of the old days never asks anybody in.
        (Some(""), String::new(), format!("{inject}: 'true'"), "out"),
        (Some(""), String::new(), String::new(), "out"),
        (None, String::new(), String::new(), "?"),
        (None, format!("{inject}: 'true'"), String::new(), "in"),
        (None, format!("{inject}: 'false'"), String::new(), "out"),
        (None, String::new(), format!("{inject}: 'true'"), "?"),
    ];
    for (labels, pod_labels, annotations, expected) in cases {
        let namespace = labels
            .map(|labels| namespace(labels, ""))
            .unwrap_or_default();
        let yaml = namespace + &deployment("cart", &pod_labels, &annotations);
        let seen = standing(&yaml, Product::Istio, Shape::Sidecars);
        assert_eq!(seen, expected, "{labels:?} {pod_labels} {annotations}");
    }
}

#[test]
fn istio_passes_over_host_network_and_system_namespaces() {
    let enabled = namespace("istio-injection: enabled", "");
    let host = deployment("cart", "", "")
        .replace("spec: {containers", "spec: {hostNetwork: true, containers");
    assert_eq!(
        standing(&(enabled.clone() + &host), Product::Istio, Shape::Sidecars),
        "out"
    );
    let system = deployment("cart", "", "").replace("namespace: shop", "namespace: kube-system");
    assert_eq!(standing(&system, Product::Istio, Shape::Sidecars), "out");
    let near = deployment("cart", "", "").replace("namespace: shop", "namespace: kube-systems");
    assert_eq!(standing(&near, Product::Istio, Shape::Sidecars), "?");
}

#[test]
fn a_webhook_for_namespaces_that_say_nothing_injects_everywhere() {
    let webhook = "---\napiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\n\
                   metadata: {name: istio-sidecar-injector, labels: {app: sidecar-injector, istio.io/rev: default}}\n\
                   webhooks: [{name: auto.sidecar-injector.istio.io}]\n";
    let plain = namespace("", "") + &deployment("cart", "", "");
    assert_eq!(
        standing(
            &(webhook.to_owned() + &plain),
            Product::Istio,
            Shape::Sidecars
        ),
        "in"
    );
    let other = webhook.replace("name: auto.", "name: rev.namespace.");
    assert_eq!(
        standing(&(other + &plain), Product::Istio, Shape::Sidecars),
        "out"
    );
}

#[test]
fn ambient_goes_by_the_pod_then_by_its_namespace_and_after_sidecars() {
    let mode = "istio.io/dataplane-mode";
    let cases = [
        (
            Some("istio.io/dataplane-mode: ambient"),
            String::new(),
            String::new(),
            "in",
        ),
        (
            Some("istio.io/dataplane-mode: ambient"),
            format!("{mode}: none"),
            String::new(),
            "out",
        ),
        (Some(""), format!("{mode}: ambient"), String::new(), "in"),
        (Some(""), String::new(), String::new(), "out"),
        (None, String::new(), String::new(), "?"),
        (None, format!("{mode}: ambient"), String::new(), "in"),
        (
            Some("istio.io/dataplane-mode: ambient, istio-injection: enabled"),
            String::new(),
            String::new(),
            "out",
        ),
        (
            Some("istio.io/dataplane-mode: ambient"),
            String::new(),
            "sidecar.istio.io/status: '{}'".to_owned(),
            "out",
        ),
    ];
    for (labels, pod_labels, annotations, expected) in cases {
        let namespace = labels
            .map(|labels| namespace(labels, ""))
            .unwrap_or_default();
        let yaml = namespace + &deployment("cart", &pod_labels, &annotations);
        let seen = standing(&yaml, Product::Istio, Shape::Sidecarless);
        assert_eq!(seen, expected, "{labels:?} {pod_labels} {annotations}");
    }
}

#[test]
fn linkerd_injects_a_pod_that_asks_whatever_its_namespace_says() {
    let inject = |value: &str| format!("linkerd.io/inject: {value}");
    let cases = [
        (Some("enabled"), None, "in"),
        (Some("ingress"), None, "in"),
        (Some("enabled"), Some("disabled"), "out"),
        (Some("disabled"), Some("enabled"), "in"),
        (Some("disabled"), Some("ingress"), "in"),
        (Some("disabled"), None, "out"),
        (Some("true"), None, "out"),
        (None, Some("enabled"), "in"),
        (None, Some("yes"), "out"),
        (None, None, "?"),
    ];
    for (of_namespace, of_pod, expected) in cases {
        let namespace = of_namespace
            .map(|value| namespace("", &inject(value)))
            .unwrap_or_default();
        let yaml = namespace + &deployment("cart", "", &of_pod.map(inject).unwrap_or_default());
        let seen = standing(&yaml, Product::Linkerd, Shape::Sidecars);
        assert_eq!(seen, expected, "{of_namespace:?} {of_pod:?}");
    }
    let another = namespace("", &inject("enabled"))
        + &deployment("cart", "", "").replace("name: app,", "name: app}, {name: istio-proxy,");
    assert_eq!(standing(&another, Product::Linkerd, Shape::Sidecars), "out");
}

#[test]
fn the_other_meshes_go_by_their_own_label_or_annotation() {
    let kuma = |labels: &str| namespace(labels, "") + &deployment("cart", "", "");
    assert_eq!(
        standing(
            &kuma("kuma.io/sidecar-injection: enabled"),
            Product::Kuma,
            Shape::Sidecars
        ),
        "in"
    );
    assert_eq!(
        standing(
            &kuma("kuma.io/sidecar-injection: disabled"),
            Product::Kuma,
            Shape::Sidecars
        ),
        "out"
    );
    let as_annotation =
        namespace("", "kuma.io/sidecar-injection: enabled") + &deployment("cart", "", "");
    assert_eq!(
        standing(&as_annotation, Product::Kuma, Shape::Sidecars),
        "out"
    );
    let consul = |value: &str| {
        deployment(
            "cart",
            "",
            &format!("consul.hashicorp.com/connect-inject: '{value}'"),
        )
    };
    assert_eq!(
        standing(&consul("true"), Product::Consul, Shape::Sidecars),
        "in"
    );
    assert_eq!(
        standing(&consul("false"), Product::Consul, Shape::Sidecars),
        "out"
    );
    assert_eq!(
        standing(
            &kuma("io.cilium/mtls-enabled: 'true'"),
            Product::Cilium,
            Shape::Sidecarless
        ),
        "in"
    );
    assert_eq!(
        standing(
            &kuma("io.cilium/mtls-enabled: 'false'"),
            Product::Cilium,
            Shape::Sidecarless
        ),
        "out"
    );
}
