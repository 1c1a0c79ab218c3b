//! What part a Pod plays in a mesh, told from its labels and containers: an application with a sidecar or without, a
//! waypoint, a gateway, an agent on a node, or the control plane itself.
//!
//! The same container name stands for all of them: `istio-proxy` runs in waypoints, ztunnel and gateways too
//! (`istio/istio@86c9f01`: `files/waypoint.yaml`, `ztunnel/templates/daemonset.yaml`, `files/kube-gateway.yaml`,
//! `charts/gateway/values.yaml`).

use crate::object::Labels;
use crate::object::workload::{Container, PodSpec};
use crate::product::Product;
use crate::quantity::thousandths;

/// What a Pod is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    /// Somebody's program, in a mesh or not.
    Application,
    /// A proxy of the mesh for a namespace or a service.
    Waypoint,
    /// A proxy at an edge.
    Gateway,
    /// The mesh's proxy on each node.
    NodeAgent(Product),
    /// What prepares nodes and Pods for the proxies: the plugin of the cluster's network.
    NodeSetup(Product),
    /// The mesh's control plane, or an extension of it.
    ControlPlane(Product),
}

/// A proxy in a Pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Proxy {
    pub(crate) product: Product,
    /// An init container that keeps running: it starts first, and does not keep a Job from finishing.
    pub(crate) native: bool,
    /// What it asks for; `None` where nothing is written.
    pub(crate) requests: Resources,
}

/// CPU in millicores and memory in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Resources {
    pub(crate) cpu_millicores: u64,
    pub(crate) memory_bytes: u64,
}

impl std::ops::AddAssign for Resources {
    fn add_assign(&mut self, other: Self) {
        self.cpu_millicores = self.cpu_millicores.saturating_add(other.cpu_millicores);
        self.memory_bytes = self.memory_bytes.saturating_add(other.memory_bytes);
    }
}

impl Resources {
    /// What a container asks for; what is not written is nothing.
    fn of(container: &Container) -> Self {
        Self::written(
            &container.resources.requests.cpu,
            &container.resources.requests.memory,
        )
    }

    /// From two quantities as written.
    pub(crate) fn written(cpu: &str, memory: &str) -> Self {
        Self {
            cpu_millicores: thousandths(cpu).unwrap_or(0),
            memory_bytes: thousandths(memory).map_or(0, |thousandths| thousandths.div_ceil(1000)),
        }
    }
}

/// Names of the containers in which the proxies run.
const CONTAINERS: [(&str, Product); 4] = [
    ("istio-proxy", Product::Istio),
    ("linkerd-proxy", Product::Linkerd),
    ("kuma-sidecar", Product::Kuma),
    ("consul-dataplane", Product::Consul),
];

/// Whether a container is a mesh's proxy, whatever it does there.
pub(crate) fn is_proxy(container: &Container) -> bool {
    CONTAINERS.iter().any(|(name, _)| container.name == *name)
}

/// What the Pods of a spec are for.
pub(crate) fn role(labels: &Labels, annotations: &Labels, spec: &PodSpec) -> Role {
    if let Some(product) = control_plane(labels) {
        return Role::ControlPlane(product);
    }
    if let Some(role) = on_nodes(labels) {
        return role;
    }
    match labels.get("gateway.istio.io/managed") {
        Some("istio.io-mesh-controller" | "istio.io-agentgateway-waypoint-controller") => {
            return Role::Waypoint;
        }
        Some(_) => return Role::Gateway,
        None => {}
    }
    let templates = annotations
        .get("inject.istio.io/templates")
        .unwrap_or_default();
    if templates
        .split(',')
        .any(|template| template.trim() == "gateway")
    {
        return Role::Gateway;
    }
    let only =
        |name: &str| spec.containers.len() == 1 && spec.containers.iter().all(|c| c.name == name);
    let names_a_gateway = labels
        .get("istio")
        .is_some_and(|value| value.ends_with("gateway"));
    if only("istio-proxy")
        || only("agentgateway")
        || (names_a_gateway && spec.containers.iter().any(is_proxy))
    {
        return Role::Gateway;
    }
    if labels.is("app", "consul")
        && labels
            .get("component")
            .is_some_and(|part| part.ends_with("-gateway"))
    {
        return Role::Gateway;
    }
    Role::Application
}

/// The proxy beside the program of a Pod. `marks` are the annotations of the Pod and of what makes it: the injector
/// leaves its status on one of them.
pub(crate) fn sidecar(role: Role, marks: &[&Labels], spec: &PodSpec) -> Option<Proxy> {
    if role != Role::Application {
        return None;
    }
    CONTAINERS.iter().find_map(|&(name, product)| {
        let native = spec
            .init_containers
            .iter()
            .find(|container| container.name == name && container.restart_policy == "Always");
        let classic = spec
            .containers
            .iter()
            .find(|container| container.name == name);
        let container = native.or(classic)?;
        let has_a_program = spec.containers.iter().any(|other| other.name != name);
        // A container of that name may be no more than a wish about the one to be injected: image `auto`.
        let injected = product != Product::Istio
            || marks
                .iter()
                .any(|annotations| annotations.get("sidecar.istio.io/status").is_some())
            || is_proxy_image(&container.image);
        (has_a_program && injected).then(|| Proxy {
            product,
            native: native.is_some(),
            requests: Resources::of(container),
        })
    })
}

/// What the mesh's own container of a Pod asks for, where it is not a sidecar.
pub(crate) fn own_requests(role: Role, spec: &PodSpec) -> Resources {
    let mut sum = Resources::default();
    if role != Role::Application {
        for container in &spec.containers {
            sum += Resources::of(container);
        }
        for container in spec
            .init_containers
            .iter()
            .filter(|c| c.restart_policy == "Always")
        {
            sum += Resources::of(container);
        }
    }
    sum
}

fn is_proxy_image(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or(image);
    name.starts_with("proxyv2") || name.starts_with("istio-proxy")
}

fn control_plane(labels: &Labels) -> Option<Product> {
    if labels.is("app", "istiod") || labels.is("istio", "pilot") {
        return Some(Product::Istio);
    }
    let linkerd = ["linkerd.io/control-plane-component", "linkerd.io/extension"];
    if linkerd.iter().any(|key| labels.get(key).is_some()) {
        return Some(Product::Linkerd);
    }
    if labels.is("app", "kuma-control-plane") || labels.is("app", "kong-mesh-control-plane") {
        return Some(Product::Kuma);
    }
    let consul = labels.is("app", "consul")
        && labels
            .get("component")
            .is_some_and(|part| matches!(part, "server" | "connect-injector"));
    consul.then_some(Product::Consul)
}

fn on_nodes(labels: &Labels) -> Option<Role> {
    if labels.is("app", "ztunnel") {
        return Some(Role::NodeAgent(Product::Istio));
    }
    let plugins = [
        ("k8s-app", "istio-cni-node", Product::Istio),
        ("k8s-app", "linkerd-cni", Product::Linkerd),
        ("app", "kuma-cni", Product::Kuma),
    ];
    let plugin = plugins.iter().find(|(key, value, _)| labels.is(key, value));
    plugin.map(|(.., product)| Role::NodeSetup(*product))
}
