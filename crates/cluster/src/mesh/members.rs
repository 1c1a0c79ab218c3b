//! Every workload with what is declared of it for each mesh, and with what its Pods show.

use std::collections::BTreeMap;

use super::enrolment::Enrolment;
use super::{ambient, istio_sidecar, linkerd, other};
use crate::evidence::{ObjectName, Strength, Witness};
use crate::inventory::kept::Seen;
use crate::inventory::proxy::{Resources, Role};
use crate::inventory::workload::{Capture, State, Workload};
use crate::inventory::{Inventory, Namespace};
use crate::product::{Product, Shape};

/// A workload, and its standing towards the meshes.
#[derive(Debug)]
pub(crate) struct Member<'a> {
    pub(crate) name: &'a ObjectName,
    pub(crate) seen: &'a Seen<Workload>,
    pub(crate) namespace: Option<&'a Namespace>,
    declared: Vec<(Product, Shape, Enrolment)>,
    pub(crate) pods: PodCounts,
}

/// What the Pods of a workload show.
#[derive(Debug, Clone, Default)]
pub(crate) struct PodCounts {
    /// Pods that run, or are about to.
    pub(crate) live: usize,
    /// Pods that failed and had no sidecar: where none is live, they show what was made.
    pub(crate) failed_without_sidecar: usize,
    /// Live Pods that use the network of their node: they are in no mesh.
    pub(crate) on_host_network: usize,
    /// Live Pods with a sidecar, and those among them whose sidecar is an init container.
    pub(crate) with_sidecar: usize,
    pub(crate) native: usize,
    /// Whose sidecar it is.
    pub(crate) product: Option<Product>,
    /// Live Pods that Istio's CNI says are captured, and those that wait for ztunnel.
    pub(crate) captured: usize,
    pub(crate) pending: usize,
    /// What the sidecars of the live Pods ask for.
    pub(crate) sidecar_requests: Resources,
    /// What the live Pods ask for, where they are the mesh's own.
    pub(crate) own_requests: Resources,
}

impl Member<'_> {
    pub(crate) fn workload(&self) -> &Workload {
        &self.seen.value
    }

    pub(crate) fn witness(&self) -> Witness {
        crate::inventory::kept::witness(self.name, self.seen)
    }

    pub(crate) fn is_application(&self) -> bool {
        self.workload().role == Role::Application
    }

    /// What is declared for a mesh.
    pub(crate) fn declared(&self, product: Product, shape: Shape) -> Enrolment {
        let found = self
            .declared
            .iter()
            .find(|(p, s, _)| (*p, *s) == (product, shape));
        found.map_or(Enrolment::NotVisible, |(_, _, enrolment)| *enrolment)
    }

    /// Whether its template or a live Pod has a sidecar of this product.
    pub(crate) fn shows_sidecar(&self, product: Product) -> bool {
        let in_template = self
            .workload()
            .sidecar
            .is_some_and(|proxy| proxy.product == product);
        in_template || self.pods.with_sidecar > 0 && self.pods.product == Some(product)
    }

    /// Whether its Pods are in this mesh, and what shows it.
    pub(crate) fn standing(&self, product: Product, shape: Shape) -> Option<Strength> {
        if !self.is_application() {
            return None;
        }
        let observed = match shape {
            Shape::Sidecars => self.shows_sidecar(product),
            Shape::Sidecarless => {
                product == Product::Istio && self.pods.captured + self.pods.pending > 0
            }
        };
        if observed {
            return Some(Strength::Observed);
        }
        let declared = self.declared(product, shape).is_in();
        // Where its Pods are seen and none is in the mesh, the wish alone does not count.
        (declared && self.pods.live == 0).then_some(Strength::Declared)
    }

    /// The mesh that its Pods are in, and what shows it.
    pub(crate) fn mesh(&self) -> Option<(Product, Shape, Strength)> {
        let standings = self.declared.iter().filter_map(|&(product, shape, _)| {
            self.standing(product, shape)
                .map(|strength| (product, shape, strength))
        });
        standings.max_by_key(|(_, _, strength)| *strength)
    }

    /// Whether it is in Istio's ambient mode, declared or observed.
    pub(crate) fn in_ambient(&self) -> bool {
        self.standing(Product::Istio, Shape::Sidecarless).is_some()
            || self.declared(Product::Istio, Shape::Sidecarless).is_in()
    }
}

/// Every workload of the input, in the order of names.
pub(crate) fn members(inventory: &Inventory, injects_everywhere: bool) -> Vec<Member<'_>> {
    let pods = counts(inventory);
    let of = |(name, seen)| member(inventory, &pods, injects_everywhere, name, seen);
    inventory.workloads.iter().map(of).collect()
}

fn member<'a>(
    inventory: &'a Inventory,
    pods: &BTreeMap<ObjectName, PodCounts>,
    injects_everywhere: bool,
    name: &'a ObjectName,
    seen: &'a Seen<Workload>,
) -> Member<'a> {
    let workload = &seen.value;
    let namespace = inventory
        .namespaces
        .get(&ObjectName::new("Namespace", "", &name.namespace))
        .map(|seen| &seen.value);
    let (sidecar, captured) = if workload.role == Role::Application {
        let sidecar =
            istio_sidecar::declared(&name.namespace, namespace, workload, injects_everywhere);
        (sidecar, ambient::declared(namespace, workload, sidecar))
    } else {
        (
            Enrolment::Out("part of the mesh"),
            Enrolment::Out("part of the mesh"),
        )
    };
    let declared = vec![
        (Product::Istio, Shape::Sidecars, sidecar),
        (Product::Istio, Shape::Sidecarless, captured),
        (
            Product::Linkerd,
            Shape::Sidecars,
            linkerd::declared(namespace, workload),
        ),
        (
            Product::Kuma,
            Shape::Sidecars,
            other::kuma(namespace, workload),
        ),
        (Product::Consul, Shape::Sidecars, other::consul(workload)),
        (
            Product::Cilium,
            Shape::Sidecarless,
            other::cilium_ztunnel(namespace, workload),
        ),
    ];
    Member {
        name,
        seen,
        namespace,
        declared,
        pods: pods.get(name).cloned().unwrap_or_default(),
    }
}

fn counts(inventory: &Inventory) -> BTreeMap<ObjectName, PodCounts> {
    let mut counts: BTreeMap<ObjectName, PodCounts> = BTreeMap::new();
    for (name, seen) in inventory.pods.iter() {
        let pod = &seen.value;
        let count = counts.entry(inventory.workload_of(name, pod)).or_default();
        if pod.state != State::Live {
            let without = pod.state == State::Failed && pod.sidecar.is_none() && !pod.host_network;
            count.failed_without_sidecar += usize::from(without);
            continue;
        }
        count.live += 1;
        count.on_host_network += usize::from(pod.host_network);
        count.own_requests += pod.own_requests;
        match pod.capture {
            Capture::Captured => count.captured += 1,
            Capture::Pending => count.pending += 1,
            Capture::NotCaptured => {}
        }
        if let Some(proxy) = pod.sidecar {
            count.with_sidecar += 1;
            count.native += usize::from(proxy.native);
            count.product = Some(proxy.product);
            count.sidecar_requests += proxy.requests;
        }
    }
    counts
}
