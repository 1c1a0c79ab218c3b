//! Kubernetes manifests and dumps: reading them, the objects in them, who is in which mesh, and what of it is used.
//!
//! Takes bytes and returns values: no file is opened here, no clock is read and nothing is printed. What follows for a
//! rubric is for others to say.

#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod anomalies;
mod conclusion;
mod evidence;
mod facts;
mod inventory;
mod mesh;
mod object;
mod paid;
mod place;
mod product;
mod quantity;
pub mod read;
mod usage;

pub use anomalies::Anomaly;
pub use conclusion::{Conclusion, Visible};
pub use evidence::{ObjectName, Strength, Witness};
pub use facts::sidecar_reasons::SidecarReason;
pub use facts::{Fact, FactValue, LeftOut};
pub use inventory::{Inventory, Summary};
pub use mesh::present::{Mesh, NamespaceShare, SeenAs, Share};
pub use object::TypeName;
pub use paid::{Asked, Component, ComponentCost, Paid, PartRequests};
pub use place::Place;
pub use product::{Product, Shape};
pub use usage::authorization::Authorization;
pub use usage::gifts::{Gift, GiftId, GiftState};
pub use usage::layer::Layer;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;
