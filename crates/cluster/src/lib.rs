//! Kubernetes manifests and dumps: reading them, the objects in them, who is in which mesh, and what of it is used.
//!
//! Takes bytes and returns values: no file is opened here, no clock is read and nothing is printed. What follows for a
//! rubric is for others to say.

#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

mod place;

pub use place::Place;
