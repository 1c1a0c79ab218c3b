use super::{PROGRAM, deployment, namespace, pod};
use crate::evidence::Strength;
use crate::facts::{Fact, FactValue};
use crate::sample::conclude;

fn fact(yaml: &str, id: &str) -> Fact {
    conclude(yaml)
        .facts
        .into_iter()
        .find(|fact| fact.id == id)
        .expect("every fact is there")
}

fn service(name: &str, selector: &str) -> String {
    format!(
        "---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}, namespace: shop}}\nspec: {{selector: {{{selector}}}}}\n"
    )
}

fn left(fact: &Fact, reason: &str) -> Vec<String> {
    fact.left_out
        .iter()
        .filter(|left| left.reason.contains(reason))
        .flat_map(|left| left.names.clone())
        .collect()
}

#[test]
fn services_that_share_a_workload_are_one_and_stores_are_none() {
    let yaml = deployment("cart-v1", "version: v1", "").replace("app: cart-v1", "app: cart")
        + &deployment("cart-v2", "version: v2", "").replace("app: cart-v2", "app: cart")
        + &deployment("queue", "", "")
        + &deployment("store", "", "")
            .replace("registry.example/store:1", "docker.io/library/redis:8")
        + &deployment("vault-orders", "", "")
        + &service("cart", "app: cart")
        + &service("cart-v1", "app: cart, version: v1")
        + &service("store", "app: store")
        + &service("vault-orders", "app: vault-orders")
        + &service("gone", "app: gone")
        + &service("external", "");
    let fact = fact(&yaml, "services");
    assert_eq!(fact.value, Some(FactValue::Count(2)));
    assert_eq!(fact.counted, ["shop/cart", "shop/vault-orders"]);
    assert_eq!(left(&fact, "another vendor"), ["shop/store"]);
    assert_eq!(left(&fact, "same workloads"), ["shop/cart-v1"]);
    assert_eq!(left(&fact, "no workload"), ["shop/gone"]);
    assert_eq!(left(&fact, "no selector"), ["shop/external"]);
    assert_eq!(left(&fact, "without a Service"), ["shop/queue"]);
    assert_eq!(fact.strength, Strength::Declared);
}

#[test]
fn where_only_charts_are_seen_services_have_no_number() {
    let release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: cart, namespace: shop}\n\
                   spec: {chart: {spec: {chart: java}}, values: {java: {image: x}}}\n";
    let fact = fact(release, "services");
    assert_eq!((fact.value, fact.at_least), (None, None));
    assert!(fact.why_not.expect("a reason").contains("installs charts"));
}

#[test]
fn teams_are_counted_by_one_label_that_covers_half() {
    let owned = |name: &str, labels: &str| deployment(name, labels, "");
    let covered = owned("a", "team: red") + &owned("b", "team: blue") + &owned("c", "");
    assert_eq!(fact(&covered, "teams").value, Some(FactValue::Count(2)));
    let sparse = owned("a", "team: red") + &owned("b", "") + &owned("c", "");
    let sparse = fact(&sparse, "teams");
    assert_eq!(sparse.value, None);
    assert_eq!(
        sparse.why_not.as_deref(),
        Some("team is set on 1 of 3 workloads only")
    );
    // A key for teams goes before one for owners that covers more.
    let both = owned("a", "example.org/team-name: red, owner: x")
        + &owned("b", "example.org/team-name: red, owner: y")
        + &owned("c", "owner: z");
    assert_eq!(fact(&both, "teams").value, Some(FactValue::Count(1)));
    let by_namespace = namespace("example.org/team: red", "") + &owned("a", "");
    assert_eq!(
        fact(&by_namespace, "teams").value,
        Some(FactValue::Count(1))
    );
    assert_eq!(
        fact(&(namespace("", "") + &owned("a", "")), "teams").value,
        None
    );
}

#[test]
fn languages_are_a_lower_bound_and_proxies_give_none_away() {
    let with = |env: &str| {
        deployment("a", "", "").replace("{name: app,", &format!("{{name: app, env: [{env}],"))
    };
    let seen = fact(
        &with("{name: JAVA_TOOL_OPTIONS}, {name: NODE_ENV}, {name: DOTNET_gcServer}"),
        "languages",
    );
    assert_eq!(
        (seen.value, seen.at_least),
        (None, Some(FactValue::Count(3)))
    );
    assert_eq!(seen.counted, ["dotnet", "java", "node"]);
    let annotated = deployment(
        "a",
        "",
        "instrumentation.opentelemetry.io/inject-python: 'true'",
    );
    assert_eq!(fact(&annotated, "languages").counted, ["python"]);
    assert_eq!(fact(&with("{name: PORT}"), "languages").at_least, None);
    let proxy = deployment("a", "", "").replace(
        "{name: app,",
        "{name: istio-proxy, env: [{name: GOMAXPROCS}]}, {name: app,",
    );
    assert_eq!(fact(&proxy, "languages").at_least, None);
}

#[test]
fn pods_are_those_that_run_or_the_replicas_that_are_asked_for() {
    let running = deployment("a", "", "")
        .replace("spec:\n  template", "spec:\n  replicas: 9\n  template")
        + &pod("a", 1, "", PROGRAM)
        + &pod("a", 2, "", PROGRAM).replace("Running", "Failed")
        + &pod("a", 3, "", "hostNetwork: true, containers: [{name: app}]");
    let running = fact(&running, "pods");
    assert_eq!(
        (running.value, running.strength),
        (Some(FactValue::Count(1)), Strength::Observed)
    );
    let scaled = deployment("a", "", "")
        + "---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: h, namespace: shop}\n\
           spec: {minReplicas: 4, scaleTargetRef: {kind: Deployment, name: a}}\n"
        + &deployment("b", "", "").replace("spec:\n  template", "spec:\n  replicas: 0\n  template")
        + &deployment("c", "", "").replace("kind: Deployment", "kind: DaemonSet");
    let scaled = fact(&scaled, "pods");
    assert_eq!(
        (scaled.value, scaled.strength),
        (Some(FactValue::Count(4)), Strength::Declared)
    );
}

#[test]
fn nodes_that_take_no_applications_are_left_out() {
    let node = |name: &str, spec: &str| {
        format!("---\napiVersion: v1\nkind: Node\nmetadata: {{name: {name}}}\nspec: {spec}\n")
    };
    let yaml = node("a", "{}")
        + &node("b", "{taints: [{key: x, effect: NoSchedule}]}")
        + &node("c", "{unschedulable: true}")
        + &node("d", "{taints: [{key: x, effect: PreferNoSchedule}]}");
    assert_eq!(fact(&yaml, "nodes").value, Some(FactValue::Count(2)));
    assert_eq!(fact("", "nodes").value, None);
}

#[test]
fn waypoints_are_counted_by_their_proxies() {
    let gateway = "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: w, namespace: shop}\n\
                   spec: {gatewayClassName: istio-waypoint}\n";
    assert_eq!(fact(gateway, "waypoints").value, Some(FactValue::Count(1)));
    let labels = "gateway.istio.io/managed: istio.io-mesh-controller, gateway.networking.k8s.io/gateway-name: w";
    let scaled = deployment("w", labels, "")
        .replace("spec:\n  template", "spec:\n  replicas: 3\n  template");
    assert_eq!(
        fact(&(gateway.to_owned() + &scaled), "waypoints").value,
        Some(FactValue::Count(3))
    );
    let ambient = namespace("istio.io/dataplane-mode: ambient", "") + &deployment("a", "", "");
    assert_eq!(fact(&ambient, "waypoints").value, Some(FactValue::Count(0)));
    let between_clusters = gateway.replace("istio-waypoint", "istio-east-west");
    assert_eq!(fact(&between_clusters, "waypoints").value, None);
}

#[test]
fn canaries_are_told_by_weights_at_an_edge_or_between_services() {
    let route = |parent: &str| {
        format!(
            "---\napiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: r, namespace: shop}}\n\
             spec: {{parentRefs: [{parent}], rules: [{{backendRefs: [{{name: a, weight: 9}}, {{name: b, weight: 1}}]}}]}}\n"
        )
    };
    let value = |yaml: &str| fact(yaml, "canary").value;
    assert_eq!(
        value(&route("{name: public}")),
        Some(FactValue::Choice("edge-weighted"))
    );
    assert_eq!(
        value(&route("{group: '', kind: Service, name: a}")),
        Some(FactValue::Choice("service-weighted"))
    );
    let cohort = "rules: [{matches: [{headers: [{name: x-cohort, value: b}]}], ";
    assert_eq!(
        value(&route("{group: '', kind: Service, name: a}").replace("rules: [{", cohort)),
        Some(FactValue::Choice("cohort-some"))
    );
    assert_eq!(
        value(&route("{name: public}").replace("weight: 1", "weight: 0")),
        None
    );
    let flagger = |provider: &str| {
        format!(
            "---\napiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {{name: c}}\nspec: {{provider: {provider}, analysis: {{stepWeight: 5}}}}\n"
        )
    };
    assert_eq!(
        value(&flagger("istio")),
        Some(FactValue::Choice("service-weighted"))
    );
    assert_eq!(
        value(&flagger("nginx")),
        Some(FactValue::Choice("edge-weighted"))
    );
    assert_eq!(value(&flagger("kubernetes")), None);
}

#[test]
fn reasons_for_sidecars_need_more_than_a_filter_at_a_gateway() {
    let filter = |spec: &str| {
        format!(
            "---\napiVersion: networking.istio.io/v1alpha3\nkind: EnvoyFilter\nmetadata: {{name: f, namespace: shop}}\nspec: {spec}\n"
        )
    };
    let value = |yaml: &str| fact(yaml, "sidecar_reasons").value;
    let flags = |flag: &'static str| Some(FactValue::Flags(vec![flag]));
    assert_eq!(
        value(&filter(
            "{configPatches: [{match: {context: SIDECAR_INBOUND}}]}"
        )),
        flags("envoy-filters")
    );
    assert_eq!(
        value(&filter("{configPatches: [{applyTo: CLUSTER}]}")),
        flags("envoy-filters")
    );
    assert_eq!(
        value(&filter("{configPatches: [{match: {context: GATEWAY}}]}")),
        None
    );
    assert_eq!(
        value(&filter(
            "{workloadSelector: {labels: {istio: ingressgateway}}, configPatches: [{match: {context: ANY}}]}"
        )),
        None
    );
    let entry = |kind: &str, spec: &str| {
        format!(
            "---\napiVersion: networking.istio.io/v1\nkind: {kind}\nmetadata: {{name: x}}\nspec: {spec}\n"
        )
    };
    assert_eq!(
        value(&entry("WorkloadEntry", "{}")),
        flags("off-cluster-workloads")
    );
    assert_eq!(
        value(&entry(
            "ServiceEntry",
            "{workloadSelector: {labels: {a: b}}}"
        )),
        flags("off-cluster-workloads")
    );
    assert_eq!(
        value(&entry("ServiceEntry", "{hosts: [api.example.com]}")),
        None
    );
    let secret = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s, labels: {istio/multiCluster: 'true'}}\n";
    assert_eq!(value(secret), flags("unsupported-multicluster"));
    assert_eq!(
        value("---\napiVersion: v1\nkind: Node\nmetadata: {name: gk3-a}\n"),
        flags("no-node-agents")
    );
    assert_eq!(
        value("---\napiVersion: v1\nkind: Node\nmetadata: {name: gke-a}\n"),
        None
    );
}

#[test]
fn cilium_is_the_network_unless_it_is_chained() {
    let agent = deployment("cilium", "", "").replace("kind: Deployment", "kind: DaemonSet");
    let config = |mode: &str| {
        format!(
            "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: cilium-config, namespace: kube-system}}\ndata: {{cni-chaining-mode: {mode}}}\n"
        )
    };
    let value = |yaml: &str| fact(yaml, "cni").value;
    assert_eq!(value(&agent), Some(FactValue::Choice("cilium")));
    assert_eq!(
        value(&(agent.clone() + &config("none"))),
        Some(FactValue::Choice("cilium"))
    );
    assert_eq!(
        value(&(agent + &config("aws-cni"))),
        Some(FactValue::Choice("other"))
    );
    let calico = deployment("calico-node", "", "").replace("kind: Deployment", "kind: DaemonSet");
    assert_eq!(value(&calico), Some(FactValue::Choice("other")));
    assert_eq!(value(&deployment("cilium-operator", "", "")), None);
}

#[test]
fn authorization_is_l7_by_a_policy_between_services_and_else_not_known() {
    let policy = |spec: &str| {
        format!(
            "---\napiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: {{name: p, namespace: shop}}\nspec: {spec}\n"
        )
    };
    let value = |yaml: &str| fact(yaml, "authorization").value;
    assert_eq!(
        value(&policy("{rules: [{to: [{operation: {paths: [/x]}}]}]}")),
        Some(FactValue::Choice("l7"))
    );
    assert_eq!(
        value(&policy("{rules: [{to: [{operation: {ports: ['80']}}]}]}")),
        None
    );
    assert_eq!(
        value(&policy(
            "{selector: {matchLabels: {istio: ingressgateway}}, rules: [{to: [{operation: {paths: [/x]}}]}]}"
        )),
        None
    );
}

#[test]
fn what_is_installed_is_none_only_where_pods_would_show_it() {
    let value = |yaml: &str| fact(yaml, "installed").value;
    assert_eq!(value(&deployment("a", "", "")), None);
    assert_eq!(
        value(&(deployment("a", "", "") + &pod("a", 1, "", PROGRAM))),
        Some(FactValue::Choice("none"))
    );
    let enrolled = namespace("istio-injection: enabled", "") + &deployment("a", "", "");
    assert_eq!(value(&enrolled), Some(FactValue::Choice("sidecars")));
}

#[test]
fn gifts_are_used_only_where_something_binds_and_a_mesh_is_there() {
    let strict = "---\napiVersion: security.istio.io/v1\nkind: PeerAuthentication\n\
                  metadata: {name: default, namespace: shop}\nspec: {mtls: {mode: STRICT}}\n";
    let enrolled = namespace("istio-injection: enabled", "") + &deployment("a", "", "");
    let used = |yaml: &str| fact(yaml, "gifts_used").value;
    let flags = |words: &[&'static str]| Some(FactValue::Flags(words.to_vec()));
    assert_eq!(used(&(enrolled.clone() + strict)), flags(&["mtls"]));
    let permissive = strict.replace("STRICT", "PERMISSIVE");
    assert_eq!(used(&(enrolled + &permissive)), flags(&[]));
    // Configuration of a mesh without anybody in it, or a control plane, is no mesh.
    assert_eq!(used(&(deployment("a", "", "") + strict)), None);
}

#[test]
fn the_same_input_in_another_order_leads_to_the_same_values() {
    let parts = [
        namespace("istio-injection: enabled", ""),
        deployment("a", "team: red", ""),
        pod("a", 1, "", super::NATIVE),
        service("a", "app: a"),
        deployment("b", "", ""),
    ];
    let forward = conclude(&parts.concat());
    let backward = conclude(&parts.iter().rev().cloned().collect::<String>());
    let values = |conclusion: crate::Conclusion| {
        conclusion
            .facts
            .into_iter()
            .map(|fact| (fact.id, fact.value, fact.at_least, fact.counted))
            .collect::<Vec<_>>()
    };
    assert_eq!(values(forward), values(backward));
}
