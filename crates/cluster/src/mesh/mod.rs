//! Which meshes there are, and who is in them.

pub(crate) mod ambient;
pub(crate) mod charts;
pub(crate) mod config;
pub(crate) mod control_plane;
pub(crate) mod enrolment;
pub(crate) mod istio_sidecar;
pub(crate) mod linkerd;
pub(crate) mod members;
pub(crate) mod other;
pub(crate) mod present;
pub(crate) mod revision;
pub(crate) mod waypoint;
