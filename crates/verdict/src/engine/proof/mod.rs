//! What is proved of all sheets of a rubric, and of two rubrics side by side.

pub(super) mod assumptions;
pub(super) mod counterexample;
pub(super) mod coverage;
pub(super) mod difference;
pub(super) mod guarantees;
pub(super) mod monotone;
pub(super) mod promises;
pub(super) mod proofs;
pub(super) mod relations;
pub(super) mod search;
pub(super) mod sums;
