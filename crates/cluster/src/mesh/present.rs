//! The meshes of the input, each with what shows it and who is in it.

use std::collections::{BTreeMap, BTreeSet};

use smol_str::SmolStr;

use super::control_plane::ControlPlane;
use super::members::Member;
use crate::evidence::{ObjectName, Strength, Witness};
use crate::inventory::Inventory;
use crate::inventory::kept::witness;
use crate::object::Body;
use crate::product::{Product, Shape};
use crate::usage::traffic::Traffic;

/// A mesh, and who is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mesh {
    /// Whose it is.
    pub product: Product,
    /// Where its proxies run; `None` where nothing shows it.
    pub shape: Option<Shape>,
    /// The strongest kind of evidence for it.
    pub seen_as: SeenAs,
    /// What shows its control plane: observed, declared or not visible.
    pub control_plane: Strength,
    /// Of its control plane, as written.
    pub version: Option<SmolStr>,
    /// Workloads that are in it.
    pub workloads: Share,
    /// Namespaces all of whose workloads are in it, or some.
    pub namespaces: NamespaceShare,
    /// Up to three objects that show it.
    pub witnesses: Vec<Witness>,
}

/// What kind of evidence shows a mesh, from the weakest to the strongest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SeenAs {
    /// Routes and policies only.
    Configuration,
    /// A chart or an operator's object that installs it.
    Installer,
    /// Its control plane's own objects.
    ControlPlane,
    /// Labels and annotations that ask workloads in.
    Declared,
    /// Pods that are in it.
    Observed,
}

impl SeenAs {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Installer => "installer",
            Self::ControlPlane => "control-plane",
            Self::Declared => "declared",
            Self::Observed => "observed",
        }
    }
}

/// How many of how many workloads, and what shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Those that are in.
    pub members: usize,
    /// Those that are asked in, whatever their Pods show.
    pub declared: usize,
    /// Those for which the input cannot tell.
    pub not_visible: usize,
    /// All that could be: the mesh's own programs are not among them.
    pub of: usize,
    /// What the first number rests on.
    pub strength: Strength,
}

/// How many of how many namespaces that have workloads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamespaceShare {
    /// Whole ones.
    pub members: usize,
    /// Those with workloads in and workloads out.
    pub partly: usize,
    /// All that have workloads.
    pub of: usize,
}

/// Every product and shape that a workload can be in.
const STANDINGS: [(Product, Shape); 6] = [
    (Product::Istio, Shape::Sidecars),
    (Product::Istio, Shape::Sidecarless),
    (Product::Linkerd, Shape::Sidecars),
    (Product::Kuma, Shape::Sidecars),
    (Product::Consul, Shape::Sidecars),
    (Product::Cilium, Shape::Sidecarless),
];

/// The meshes, with those that have members first in each product.
pub(crate) fn meshes(
    inventory: &Inventory,
    members: &[Member<'_>],
    control_planes: &[ControlPlane],
    traffic: &Traffic<'_>,
) -> Vec<Mesh> {
    let mut meshes: Vec<Mesh> = Vec::new();
    for (product, shape) in STANDINGS {
        let control_plane = control_planes.iter().find(|plane| plane.product == product);
        if let Some(mesh) = with_members(members, product, shape, control_plane) {
            meshes.push(mesh);
        }
    }
    for plane in control_planes {
        if !meshes.iter().any(|mesh| mesh.product == plane.product) {
            let seen_as = if plane.has_own_objects {
                SeenAs::ControlPlane
            } else {
                SeenAs::Installer
            };
            let shape = plane.shape;
            let witnesses = plane.witnesses.iter().take(3).cloned().collect();
            meshes.push(empty(
                members,
                plane.product,
                shape,
                seen_as,
                Some(plane),
                witnesses,
            ));
        }
    }
    for (product, shape, witness) in configured(inventory, traffic) {
        if !meshes.iter().any(|mesh| mesh.product == product) {
            meshes.push(empty(
                members,
                product,
                shape,
                SeenAs::Configuration,
                None,
                vec![witness],
            ));
        }
    }
    if meshes.is_empty()
        && let Some(route) = traffic.east_west_routes().next()
    {
        let witnesses = vec![route.witness.clone()];
        meshes.push(empty(
            members,
            Product::Unknown,
            None,
            SeenAs::Configuration,
            None,
            witnesses,
        ));
    }
    meshes.sort_by_key(|mesh| (mesh.product, std::cmp::Reverse(mesh.workloads.members)));
    meshes
}

fn with_members(
    members: &[Member<'_>],
    product: Product,
    shape: Shape,
    control_plane: Option<&ControlPlane>,
) -> Option<Mesh> {
    let strength = members
        .iter()
        .filter_map(|m| m.standing(product, shape))
        .max()?;
    let inside = |member: &&Member<'_>| member.standing(product, shape).is_some();
    let seen_as = if strength == Strength::Observed {
        SeenAs::Observed
    } else {
        SeenAs::Declared
    };
    Some(Mesh {
        product,
        shape: Some(shape),
        seen_as,
        control_plane: control_plane.map_or(Strength::NotVisible, |plane| plane.strength),
        version: control_plane.and_then(|plane| plane.version.clone()),
        workloads: share(members, product, shape, strength),
        namespaces: namespace_share(members, product, shape),
        witnesses: members
            .iter()
            .filter(inside)
            .take(3)
            .map(Member::witness)
            .collect(),
    })
}

fn share(members: &[Member<'_>], product: Product, shape: Shape, strength: Strength) -> Share {
    use super::enrolment::Enrolment;
    let candidates = || members.iter().filter(|member| member.is_application());
    let declared = |member: &&Member<'_>| member.declared(product, shape).is_in();
    let unseen = |member: &&Member<'_>| {
        member.declared(product, shape) == Enrolment::NotVisible
            && member.standing(product, shape).is_none()
            && member.pods.live == 0
    };
    Share {
        members: candidates()
            .filter(|member| member.standing(product, shape).is_some())
            .count(),
        declared: candidates().filter(declared).count(),
        not_visible: candidates().filter(unseen).count(),
        of: candidates().count(),
        strength,
    }
}

fn namespace_share(members: &[Member<'_>], product: Product, shape: Shape) -> NamespaceShare {
    let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for member in members.iter().filter(|member| member.is_application()) {
        let (inside, all) = seen.entry(member.name.namespace.as_str()).or_default();
        *inside += usize::from(member.standing(product, shape).is_some());
        *all += 1;
    }
    NamespaceShare {
        members: seen.values().filter(|(inside, all)| inside == all).count(),
        partly: seen
            .values()
            .filter(|(inside, all)| *inside > 0 && inside < all)
            .count(),
        of: seen.len(),
    }
}

fn empty(
    members: &[Member<'_>],
    product: Product,
    shape: Option<Shape>,
    seen_as: SeenAs,
    control_plane: Option<&ControlPlane>,
    witnesses: Vec<Witness>,
) -> Mesh {
    // What cannot be told of either shape cannot be told at all.
    let asked = shape.unwrap_or(Shape::Sidecars);
    let mut workloads = share(members, product, asked, Strength::Declared);
    if workloads.of > 0 && workloads.not_visible == workloads.of {
        workloads.strength = Strength::NotVisible;
    }
    Mesh {
        product,
        shape,
        seen_as,
        control_plane: control_plane.map_or(Strength::NotVisible, |plane| plane.strength),
        version: control_plane.and_then(|plane| plane.version.clone()),
        workloads,
        namespaces: namespace_share(members, product, asked),
        witnesses,
    }
}

/// Products that only their routes and policies show. What an edge gateway alone serves shows none.
fn configured(
    inventory: &Inventory,
    traffic: &Traffic<'_>,
) -> Vec<(Product, Option<Shape>, Witness)> {
    let mut found = Vec::new();
    let mut seen_products = BTreeSet::new();
    let east_west: BTreeSet<&ObjectName> = traffic
        .east_west_routes()
        .filter(|route| route.is_virtual_service)
        .map(|route| route.name)
        .collect();
    for (group, name, seen) in inventory.all_settings() {
        let product = match &seen.value.body {
            Body::VirtualService(_) if !east_west.contains(name) => continue,
            Body::VirtualService(_)
            | Body::DestinationRule(_)
            | Body::PeerAuthentication(_)
            | Body::AuthorizationPolicy(_)
            | Body::SidecarScope(_)
            | Body::Telemetry(_) => (Product::Istio, None),
            Body::LinkerdServer(_)
            | Body::LinkerdAuthorization(_)
            | Body::ServerAuthorization(_)
            | Body::ServiceProfile(_) => (Product::Linkerd, Some(Shape::Sidecars)),
            Body::KumaMesh(_) | Body::KumaPolicy(_) => (Product::Kuma, Some(Shape::Sidecars)),
            Body::ServiceIntentions(_) | Body::ServiceSplitter(_) | Body::ServiceRouter(_) => {
                (Product::Consul, Some(Shape::Sidecars))
            }
            Body::Route(_) if group == "policy.linkerd.io" => {
                (Product::Linkerd, Some(Shape::Sidecars))
            }
            _ => continue,
        };
        if seen_products.insert(product.0) {
            found.push((product.0, product.1, witness(name, seen)));
        }
    }
    found
}
