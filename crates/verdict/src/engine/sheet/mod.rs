//! What is said of one sheet: what it gives, what can still come out, what would change it, and what of that is certain.

pub(super) mod certainty;
pub(super) mod changes;
pub(super) mod evaluate;
pub(super) mod packed;
pub(super) mod reasoning;
pub(super) mod unknowns;
pub(super) mod what_if;
