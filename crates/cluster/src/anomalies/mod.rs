//! What is wrong or idle: the raw material of findings, without their words.

mod authorization;
mod cilium;
mod enrolment;
mod obsolete;
mod routes;
mod usage;
mod waypoints;

use smol_str::SmolStr;

use crate::evidence::{ObjectName, Witness};
use crate::inventory::Inventory;
use crate::mesh::charts::Chart;
use crate::mesh::config::MeshConfig;
use crate::mesh::control_plane::ControlPlane;
use crate::mesh::members::Member;
use crate::mesh::present::Mesh;
use crate::mesh::revision::Revisions;
use crate::mesh::waypoint::Waypoints;
use crate::usage::authorization::{Ambient, Authorization};
use crate::usage::gifts::Gift;
use crate::usage::traffic::Traffic;

/// Something that is wrong or idle, at an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anomaly {
    /// The rule that saw it.
    pub id: &'static str,
    /// The object that it is about.
    pub witness: Witness,
    /// What in the object, or which other thing by name; what it is, the rule's document says.
    pub detail: SmolStr,
    /// How many of something: Pods, workloads, routes.
    pub count: usize,
    /// Of how many.
    pub of: usize,
    /// Other objects that it takes to see it.
    pub related: Vec<Witness>,
}

impl Anomaly {
    pub(crate) fn at(id: &'static str, witness: Witness) -> Self {
        Self {
            id,
            witness,
            detail: SmolStr::default(),
            count: 0,
            of: 0,
            related: Vec::new(),
        }
    }

    pub(crate) fn detail(self, detail: &str) -> Self {
        Self {
            detail: detail.into(),
            ..self
        }
    }

    pub(crate) fn counting(self, count: usize, of: usize) -> Self {
        Self { count, of, ..self }
    }

    pub(crate) fn related(self, related: Vec<Witness>) -> Self {
        Self { related, ..self }
    }
}

/// Everything that the rules look at.
pub(crate) struct Scene<'a> {
    pub(crate) inventory: &'a Inventory,
    pub(crate) members: &'a [Member<'a>],
    pub(crate) charts: &'a [Chart],
    pub(crate) config: &'a MeshConfig,
    pub(crate) control_planes: &'a [ControlPlane],
    pub(crate) revisions: &'a Revisions,
    pub(crate) waypoints: &'a Waypoints,
    pub(crate) traffic: &'a Traffic<'a>,
    pub(crate) authorizations: &'a [Authorization],
    pub(crate) ambient: &'a Ambient,
    pub(crate) gifts: &'a [Gift],
    pub(crate) meshes: &'a [Mesh],
}

impl Scene<'_> {
    /// The namespace of this name as a witness, if it is in the input.
    pub(crate) fn namespace(&self, name: &str) -> Option<Witness> {
        let name = ObjectName::new("Namespace", "", name);
        let seen = self.inventory.namespaces.get(&name)?;
        Some(crate::inventory::kept::witness(&name, seen))
    }
}

/// Everything that is wrong or idle, by rule and then by object.
pub(crate) fn anomalies(scene: &Scene<'_>) -> Vec<Anomaly> {
    let mut found = Vec::new();
    usage::look(scene, &mut found);
    authorization::look(scene, &mut found);
    enrolment::look(scene, &mut found);
    waypoints::look(scene, &mut found);
    routes::look(scene, &mut found);
    cilium::look(scene, &mut found);
    obsolete::look(scene, &mut found);
    found.sort();
    found.dedup();
    found
}
