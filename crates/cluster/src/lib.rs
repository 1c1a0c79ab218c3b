//! Kubernetes manifests and dumps: reading them, the objects in them, who is in which mesh, and what of it is used.
//!
//! Takes bytes and returns values: no file is opened here, no clock is read and nothing is printed. What follows for a
//! rubric is for others to say.

#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod evidence;
#[allow(dead_code, reason = "the rules that read it come next")]
mod inventory;
#[allow(dead_code, reason = "the rules that read it come next")]
mod object;
mod place;
mod product;
#[allow(dead_code, reason = "read by the inventory")]
mod quantity;
pub mod read;

pub use evidence::{ObjectName, Strength, Witness};
pub use inventory::{Inventory, Summary};
pub use object::TypeName;
pub use place::Place;
pub use product::{Product, Shape};
