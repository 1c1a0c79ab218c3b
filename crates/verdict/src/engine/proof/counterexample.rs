//! What shows that a guarantee is broken.

use std::sync::Arc;

use crate::engine::Move;
use crate::ids::RecommendationId;
use crate::rubric::{Fact, Value};

/// A sheet that breaks a guarantee: of all such sheets one on which the fewest facts differ from what is assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// What differs from the assumed sheet.
    pub moves: Vec<Move>,
    /// The recommendation there; `None` where no rule holds.
    pub recommendation: Option<RecommendationId>,
    /// For a fact that is raised: what raising it does. The fact itself does not count among those that differ.
    pub raised: Option<Raised>,
}

/// One fact raised, everything else as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// The fact.
    pub fact: Arc<Fact>,
    /// Its lower value.
    pub before: Value,
    /// Its higher value.
    pub after: Value,
    /// The recommendation after.
    pub recommendation: RecommendationId,
}
