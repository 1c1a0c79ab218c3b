//! What is paid: the proxies that are seen, and what they ask for.

use std::collections::BTreeMap;

use crate::inventory::Inventory;
use crate::inventory::proxy::{Resources, Role};
use crate::mesh::members::Member;
use crate::product::Product;

/// What the meshes of the input cost in requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paid {
    /// Workloads whose Pods carry a sidecar, seen in the spec of the Pods or of their template.
    pub workloads: usize,
    /// Running Pods that carry one; `None` where no Pods are visible.
    pub pods: Option<usize>,
    /// Of the sidecars counted, those that are init containers.
    pub native: usize,
    /// What the sidecars ask for: of the running Pods, or, where none is visible, one for each workload.
    pub cpu_millicores: u64,
    /// As above, in MiB.
    pub memory_mib: u64,
    /// Workloads that are asked in with requests of their own, where neither Pods nor templates show the sidecar.
    pub asked_by_annotation: Asked,
    /// Each part of the meshes, where there is any of it.
    pub by_component: Vec<ComponentCost>,
    /// What the parts that an advisor reckons with ask for, where that is seen.
    pub parts: Vec<PartRequests>,
}

/// What a part of a mesh asks for in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartRequests {
    /// Its id in a rubric's tax.
    pub id: &'static str,
    /// How many of it ask for that: running Pods, or, where none is visible, workloads.
    pub count: usize,
    /// In millicores.
    pub cpu_millicores: u64,
    /// In bytes.
    pub memory_bytes: u64,
}

/// Requests that annotations ask for, one for each workload.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// Workloads with such annotations.
    pub workloads: usize,
    /// In millicores.
    pub cpu_millicores: u64,
    /// In MiB.
    pub memory_mib: u64,
}

/// A part of a mesh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Component {
    /// A proxy beside a program.
    Sidecar,
    /// A proxy for a namespace or a service.
    Waypoint,
    /// A proxy on each node.
    NodeAgent,
    /// A proxy at an edge.
    Gateway,
    /// What tells the proxies what to do, and what prepares nodes for them.
    ControlPlane,
}

impl Component {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sidecar => "sidecar",
            Self::Waypoint => "waypoint",
            Self::NodeAgent => "node-agent",
            Self::Gateway => "gateway",
            Self::ControlPlane => "control-plane",
        }
    }
}

/// How much there is of a part, and what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComponentCost {
    /// Which part.
    pub component: Component,
    /// Workloads that run it.
    pub workloads: usize,
    /// Running Pods; `None` where no Pods are visible.
    pub pods: Option<usize>,
    /// In millicores: of the running Pods, or, where none is visible, one for each workload.
    pub cpu_millicores: u64,
    /// As above, in MiB.
    pub memory_mib: u64,
}

#[derive(Default)]
struct Sum {
    workloads: usize,
    pods: usize,
    native: usize,
    requests: Resources,
}

pub(crate) fn paid(inventory: &Inventory, members: &[Member<'_>]) -> Paid {
    let pods_visible = !inventory.pods.is_empty();
    let mut asked = Asked::default();
    let mut asked_requests = Resources::default();
    let parts = [
        Component::Sidecar,
        Component::Waypoint,
        Component::NodeAgent,
        Component::Gateway,
        Component::ControlPlane,
    ];
    let mut sums: Vec<(Component, Sum)> = parts
        .into_iter()
        .map(|part| (part, Sum::default()))
        .collect();
    for member in members {
        let part = component(member.workload().role);
        if let Some((_, sum)) = sums.iter_mut().find(|(known, _)| *known == part) {
            sum.add(member, pods_visible);
        }
        if member.is_application()
            && !carries_sidecar(member)
            && member.mesh().is_some()
            && let Some(requests) = member.workload().asked_requests()
        {
            asked.workloads += 1;
            asked_requests += requests;
        }
    }
    let parts = part_requests(members, pods_visible, (asked.workloads, asked_requests));
    asked.cpu_millicores = asked_requests.cpu_millicores;
    asked.memory_mib = mebibytes(asked_requests.memory_bytes);
    let costs = |(component, sum): &(Component, Sum)| ComponentCost {
        component: *component,
        workloads: sum.workloads,
        pods: pods_visible.then_some(sum.pods),
        cpu_millicores: sum.requests.cpu_millicores,
        memory_mib: mebibytes(sum.requests.memory_bytes),
    };
    let by_component: Vec<ComponentCost> = sums
        .iter()
        .filter(|(_, sum)| sum.workloads > 0)
        .map(costs)
        .collect();
    let sidecars = by_component
        .iter()
        .find(|cost| cost.component == Component::Sidecar);
    let native = sums
        .iter()
        .find(|(part, _)| *part == Component::Sidecar)
        .map_or(0, |(_, sum)| sum.native);
    Paid {
        workloads: sidecars.map_or(0, |cost| cost.workloads),
        pods: pods_visible.then(|| sidecars.and_then(|cost| cost.pods).unwrap_or(0)),
        native,
        cpu_millicores: sidecars.map_or(0, |cost| cost.cpu_millicores),
        memory_mib: sidecars.map_or(0, |cost| cost.memory_mib),
        asked_by_annotation: asked,
        by_component,
        parts,
    }
}

/// The parts by what runs them. Where no sidecar is seen, what annotations ask for it stands in.
fn part_requests(
    members: &[Member<'_>],
    pods_visible: bool,
    asked: (usize, Resources),
) -> Vec<PartRequests> {
    let mut sums: BTreeMap<&'static str, Sum> = BTreeMap::new();
    for member in members {
        if let Some(id) = part(member.workload().role) {
            sums.entry(id).or_default().add(member, pods_visible);
        }
    }
    let number = |sum: &Sum| {
        if pods_visible {
            sum.pods
        } else {
            sum.workloads
        }
    };
    let seen = sums
        .iter()
        .map(|(id, sum)| (*id, number(sum), sum.requests));
    // Where nothing is written, that is no sign that nothing is asked for: the injector may add it.
    let is_shown =
        |(_, count, sum): &(_, usize, Resources)| *count > 0 && *sum != Resources::default();
    let mut seen: Vec<_> = seen.filter(is_shown).collect();
    if asked.0 > 0 && seen.iter().all(|(id, ..)| *id != SIDECAR) {
        seen.push((SIDECAR, asked.0, asked.1));
    }
    let requests = |(id, count, sum): (&'static str, usize, Resources)| PartRequests {
        id,
        count,
        cpu_millicores: sum.cpu_millicores,
        memory_bytes: sum.memory_bytes,
    };
    seen.into_iter().map(requests).collect()
}

const SIDECAR: &str = "sidecar";

/// What a rubric's tax calls what has this role. A control plane is called by its product.
fn part(role: Role) -> Option<&'static str> {
    match role {
        Role::Application => Some(SIDECAR),
        Role::Waypoint => Some("waypoint"),
        Role::NodeAgent(Product::Istio) => Some("ztunnel"),
        Role::NodeSetup(Product::Istio) => Some("istio-cni"),
        Role::ControlPlane(Product::Istio) => Some("istiod"),
        Role::NodeAgent(_) | Role::NodeSetup(_) | Role::ControlPlane(_) | Role::Gateway => None,
    }
}

impl Sum {
    fn add(&mut self, member: &Member<'_>, pods_visible: bool) {
        let (workload, pods) = (member.workload(), &member.pods);
        if workload.role == Role::Application {
            if !carries_sidecar(member) {
                return;
            }
            self.workloads += 1;
            self.pods += pods.with_sidecar;
            if pods_visible {
                self.native += pods.native;
                self.requests += pods.sidecar_requests;
            } else if let Some(proxy) = workload.sidecar {
                self.native += usize::from(proxy.native);
                self.requests += proxy.requests;
            }
        } else {
            self.workloads += 1;
            self.pods += pods.live;
            self.requests += if pods_visible {
                pods.own_requests
            } else {
                workload.own_requests
            };
        }
    }
}

fn carries_sidecar(member: &Member<'_>) -> bool {
    member.pods.with_sidecar > 0 || member.workload().sidecar.is_some()
}

fn component(role: Role) -> Component {
    match role {
        Role::Application => Component::Sidecar,
        Role::Waypoint => Component::Waypoint,
        Role::NodeAgent(_) => Component::NodeAgent,
        Role::Gateway => Component::Gateway,
        Role::ControlPlane(_) | Role::NodeSetup(_) => Component::ControlPlane,
    }
}

/// Whole MiB, rounded up: a request is never less than it says.
fn mebibytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}
