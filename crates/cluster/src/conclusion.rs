//! What follows from everything that was seen, as values.

use crate::anomalies::{Anomaly, Scene, anomalies};
use crate::evidence::{Strength, Witness};
use crate::facts::sidecar_reasons::SidecarReason;
use crate::facts::{
    Fact, canary, cni, installed, languages, services, sidecar_reasons, sizes, teams,
};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::mesh::charts::charts;
use crate::mesh::config::MeshConfig;
use crate::mesh::control_plane::control_planes;
use crate::mesh::members::members;
use crate::mesh::present::{Mesh, meshes};
use crate::mesh::revision::Revisions;
use crate::mesh::waypoint::Waypoints;
use crate::paid::{Paid, paid};
use crate::usage::authorization::{Ambient, Authorization, authorizations};
use crate::usage::gifts::{Gift, Uses, gifts};
use crate::usage::traffic::Traffic;
use crate::usage::{mutual_tls, observability};

/// What the input shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// What kinds of things are visible at all.
    pub visible: Visible,
    /// The meshes, by product.
    pub meshes: Vec<Mesh>,
    /// What they cost.
    pub paid: Paid,
    /// What of them is used: always four, in the same order.
    pub gifts: Vec<Gift>,
    /// The policies behind the gift of authorization, with those at an edge.
    pub authorizations: Vec<Authorization>,
    /// Policies that read requests without a mesh: a reason against needing one.
    pub l7_without_mesh: Vec<Witness>,
    /// Routes that only a gateway serves.
    pub edge_routes: Vec<Witness>,
    /// Waypoints, and how many objects name each.
    pub waypoints: Vec<(Witness, usize)>,
    /// Reasons for sidecars, each with what shows it.
    pub sidecar_reasons: Vec<SidecarReason>,
    /// What follows for the questions of an advisor.
    pub facts: Vec<Fact>,
    /// What is wrong or idle.
    pub anomalies: Vec<Anomaly>,
    /// API groups of meshes of which only the definitions were seen: that says nothing about a mesh.
    pub only_defined: Vec<String>,
    /// Workloads with a sidecar that does a mesh's duties and is none.
    pub not_a_mesh: Vec<Witness>,
}

/// How many of each there are; what there is none of is not visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visible {
    /// Namespace objects.
    pub namespaces: usize,
    /// Workloads that nothing else makes, the mesh's own included.
    pub workloads: usize,
    /// Pods, finished ones included.
    pub pods: usize,
    /// Nodes.
    pub nodes: usize,
    /// Services.
    pub services: usize,
    /// Policies, routes, gateways, charts: whatever configures a mesh or an edge.
    pub settings: usize,
}

impl Inventory {
    /// Draws the conclusion. The same input gives the same values, whatever the order of its parts.
    pub fn conclude(mut self) -> Conclusion {
        self.complete();
        let inventory = &self;
        let charts = charts(inventory);
        let config = MeshConfig::of(inventory, &charts);
        let revisions = Revisions::of(inventory);
        let members = members(inventory, revisions.injects_everywhere);
        let control_planes = control_planes(inventory, &members, &charts);
        let waypoints = Waypoints::of(inventory, &members);
        let traffic = Traffic::of(inventory, &waypoints, &config);
        let meshes = meshes(inventory, &members, &control_planes, &traffic);
        let ambient = Ambient::of(inventory, &members, &config);
        let authorizations = authorizations(inventory, &members, &waypoints, &ambient);
        let uses = Uses {
            mutual_tls: mutual_tls::enforcers(inventory, &members, &charts),
            authorizations: authorizations.clone(),
            traffic: traffic.in_use(),
            observability: observability::collectors(inventory, &members, &charts, &config),
        };
        let gifts = gifts(uses, &meshes, &members);
        let reasons = sidecar_reasons::reasons(inventory, &members, &waypoints);
        let has_members = meshes.iter().any(|mesh| mesh.workloads.members > 0);
        let facts = vec![
            services::services(inventory, &members, charts.len()),
            teams::teams(inventory, &members),
            languages::languages(inventory, &members, &charts),
            canary::authorization(&authorizations, has_members),
            canary::canary(&traffic, inventory),
            sidecar_reasons::fact(&reasons),
            cni::cni(inventory, &members, &charts),
            installed::installed(&meshes, inventory),
            installed::gifts_used(&gifts, &meshes),
            sizes::pods(inventory, &members),
            sizes::nodes(inventory),
            sizes::waypoints(&waypoints, &meshes, inventory),
        ];
        let scene = Scene {
            inventory,
            members: &members,
            charts: &charts,
            config: &config,
            control_planes: &control_planes,
            revisions: &revisions,
            waypoints: &waypoints,
            traffic: &traffic,
            authorizations: &authorizations,
            ambient: &ambient,
            gifts: &gifts,
            meshes: &meshes,
        };
        let dapr = inventory
            .workloads
            .iter()
            .filter(|(_, seen)| seen.value.pod_annotations.is("dapr.io/enabled", "true"));
        Conclusion {
            visible: Visible {
                namespaces: inventory.namespaces.len(),
                workloads: inventory.workloads.len(),
                pods: inventory.pods.len(),
                nodes: inventory.nodes.len(),
                services: inventory.services.len(),
                settings: inventory.all_settings().count(),
            },
            paid: paid(inventory, &members),
            anomalies: anomalies(&scene),
            l7_without_mesh: canary::l7_without_mesh(inventory),
            edge_routes: traffic
                .edge_routes()
                .map(|route| route.witness.clone())
                .collect(),
            waypoints: waypoints
                .all
                .iter()
                .map(|w| (w.witness.clone(), w.users.len()))
                .collect(),
            only_defined: only_defined(inventory, &meshes),
            not_a_mesh: dapr.map(|(name, seen)| witness(name, seen)).collect(),
            sidecar_reasons: reasons,
            facts,
            gifts,
            authorizations,
            meshes,
        }
    }
}

/// Groups of meshes that are defined while nothing else of a mesh is in the input.
fn only_defined(inventory: &Inventory, meshes: &[Mesh]) -> Vec<String> {
    if meshes
        .iter()
        .any(|mesh| mesh.control_plane > Strength::NotVisible || mesh.workloads.members > 0)
    {
        return Vec::new();
    }
    const GROUPS: [&str; 5] = [
        "istio.io",
        "linkerd.io",
        "kuma.io",
        "consul.hashicorp.com",
        "smi-spec.io",
    ];
    let of_a_mesh = |group: &&smol_str::SmolStr| GROUPS.iter().any(|known| group.ends_with(known));
    inventory
        .defined_groups
        .iter()
        .filter(of_a_mesh)
        .map(|group| group.to_string())
        .collect()
}
