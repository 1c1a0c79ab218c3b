//! Control planes: running, declared by their objects, or declared by what installs them. Custom resource definitions
//! that were left behind are none.

use smol_str::SmolStr;

use super::charts::Chart;
use super::members::Member;
use crate::evidence::{Strength, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::inventory::proxy::Role;
use crate::object::Body;
use crate::product::{Product, Shape};

/// The control plane of a product.
#[derive(Debug, Clone)]
pub(crate) struct ControlPlane {
    pub(crate) product: Product,
    pub(crate) strength: Strength,
    /// As a label, an image or a chart has it.
    pub(crate) version: Option<SmolStr>,
    pub(crate) witnesses: Vec<Witness>,
    /// Its own objects are in the input, not only what installs them.
    pub(crate) has_own_objects: bool,
    /// The shape that it is set up for, where that shows.
    pub(crate) shape: Option<Shape>,
}

/// The control planes that the input shows, by product.
pub(crate) fn control_planes(
    inventory: &Inventory,
    members: &[Member<'_>],
    charts: &[Chart],
) -> Vec<ControlPlane> {
    let products = [
        Product::Istio,
        Product::Linkerd,
        Product::Kuma,
        Product::Consul,
        Product::Cilium,
    ];
    products
        .into_iter()
        .filter_map(|product| of(product, inventory, members, charts))
        .collect()
}

fn of(
    product: Product,
    inventory: &Inventory,
    members: &[Member<'_>],
    charts: &[Chart],
) -> Option<ControlPlane> {
    let mut found = ControlPlane {
        product,
        strength: Strength::NotVisible,
        version: None,
        witnesses: Vec::new(),
        has_own_objects: false,
        shape: (!matches!(product, Product::Istio | Product::Cilium)).then_some(Shape::Sidecars),
    };
    let mut agents = false;
    for member in members {
        match member.workload().role {
            Role::ControlPlane(its) if its == product && is_core(product, member) => {
                found.add_workload(member);
            }
            Role::NodeAgent(its) if its == product => {
                agents = true;
            }
            _ => {}
        }
    }
    if product == Product::Istio {
        found.add_operators(inventory);
    }
    if product == Product::Cilium {
        found.add_cilium(inventory);
    }
    for chart in charts.iter().filter(|chart| installs(product, chart)) {
        found.strength = found.strength.max(Strength::Declared);
        found.witnesses.push(chart.witness.clone());
        if found.version.is_none() && !chart.version.is_empty() {
            found.version = Some(chart.version.clone());
        }
        agents |=
            product == Product::Istio && (chart.name == "ztunnel" || chart.asks_for_ambient());
    }
    if found.witnesses.is_empty() {
        return None;
    }
    if product == Product::Istio {
        found.shape = match (agents, found.shape) {
            (true, _) => Some(Shape::Sidecarless),
            (false, None) if found.has_own_objects => Some(Shape::Sidecars),
            (false, shape) => shape,
        };
    }
    Some(found)
}

impl ControlPlane {
    fn add_workload(&mut self, member: &Member<'_>) {
        let workload = member.workload();
        let runs = workload.running || member.pods.live > 0;
        let strength = if runs {
            Strength::Observed
        } else {
            Strength::Declared
        };
        self.strength = self.strength.max(strength);
        self.has_own_objects = true;
        self.witnesses.push(member.witness());
        let labelled = ["app.kubernetes.io/version", "operator.istio.io/version"]
            .iter()
            .find_map(|key| {
                workload
                    .pod_labels
                    .get(key)
                    .or_else(|| workload.labels.get(key))
            });
        let version = labelled
            .map(SmolStr::new)
            .unwrap_or_else(|| workload.hints.image_tag.clone());
        if self.version.is_none() && !version.is_empty() {
            self.version = Some(version);
        }
    }

    fn add_operators(&mut self, inventory: &Inventory) {
        for (group, name, seen) in inventory.all_settings() {
            let Body::Operated(operated) = &seen.value.body else {
                continue;
            };
            let installs = match name.kind.as_str() {
                "IstioOperator" | "ServiceMeshControlPlane" | "ZTunnel" => true,
                "Istio" => group == "sailoperator.io" || group == "operator.tigera.io",
                "IstioRevision" => group == "sailoperator.io",
                _ => false,
            };
            if !installs {
                continue;
            }
            self.strength = self.strength.max(Strength::Declared);
            self.witnesses.push(witness(name, seen));
            let spec = &operated.spec;
            let ambient = spec.get("profile") == Some("ambient")
                || spec.get("values.profile") == Some("ambient")
                || name.kind == "ZTunnel"
                || group == "operator.tigera.io";
            if ambient {
                self.shape = Some(Shape::Sidecarless);
            }
            if self.version.is_none() {
                self.version = spec
                    .get("version")
                    .or_else(|| spec.get("tag"))
                    .map(SmolStr::new);
            }
        }
    }

    /// Cilium is a mesh where it is told to work with identities.
    fn add_cilium(&mut self, inventory: &Inventory) {
        for (name, seen) in inventory
            .config_maps
            .iter()
            .filter(|(name, _)| name.name == "cilium-config")
        {
            let on = |key| seen.value.get(key) == Some("true");
            if on("enable-ztunnel") || on("mesh-auth-mutual-enabled") {
                self.strength = self.strength.max(Strength::Declared);
                self.shape = Some(Shape::Sidecarless);
                self.has_own_objects = true;
                self.witnesses.push(witness(name, seen));
            }
        }
    }
}

/// Whether a workload is the control plane itself, not an extension such as a dashboard.
fn is_core(product: Product, member: &Member<'_>) -> bool {
    match product {
        Product::Linkerd => {
            let component = member
                .workload()
                .pod_labels
                .get("linkerd.io/control-plane-component");
            component.is_some_and(|component| component != "heartbeat")
        }
        _ => true,
    }
}

/// Whether a chart installs the control plane of a product.
fn installs(product: Product, chart: &Chart) -> bool {
    let name = chart.name.as_str();
    match product {
        Product::Istio => {
            matches!(name, "istiod" | "ztunnel")
                || matches!(name, "base" | "cni" | "ambient") && chart.release.contains("istio")
        }
        Product::Linkerd => matches!(
            name,
            "linkerd-control-plane" | "linkerd2" | "linkerd-enterprise-control-plane"
        ),
        Product::Kuma => matches!(name, "kuma" | "kong-mesh"),
        Product::Consul => {
            name == "consul" && chart.values.get("connectInject.enabled") != Some("false")
        }
        Product::Cilium => {
            name == "cilium"
                && (chart.values.is_true("authentication.mutual.spire.enabled")
                    || chart.values.get("encryption.type") == Some("ztunnel"))
        }
        Product::Unknown => false,
    }
}
