//! A compiled rubric as bytes can hold it: facts by their position, and once for all diagrams.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::diagram::Graph;
use super::{Cells, Diagram, Folded, Reasoning};
use crate::ids::{ConditionId, FactId, RecommendationId, Set, Table};
use crate::rubric::{Accepts, Rubric};

/// What [`Reasoning::pack`] leaves of a compiled rubric.
#[derive(Debug, Serialize, Deserialize)]
pub struct Packed {
    levels: Vec<Level>,
    rules: Graph,
    recommendations: Graph,
    below: Folded<Set<RecommendationId>>,
    conditions: Table<ConditionId, Graph>,
}

/// A fact by its position in the rubric, with the tests that tell its cells apart.
#[derive(Debug, Serialize, Deserialize)]
struct Level {
    fact: FactId,
    tests: Vec<Accepts>,
}

impl Reasoning {
    /// The compiled rubric without the rubric.
    pub fn pack(&self) -> Packed {
        let level = |cells: &Cells| Level {
            fact: cells.fact.position,
            tests: cells.tests.clone(),
        };
        Packed {
            levels: self.rules.levels().iter().map(level).collect(),
            rules: self.rules.graph().clone(),
            recommendations: self.recommendations.graph().clone(),
            below: self.below.clone(),
            conditions: self.conditions.map(|condition| condition.graph().clone()),
        }
    }

    /// The inverse of [`Reasoning::pack`], for the rubric that was compiled; `None` for one whose tests no longer fit.
    pub fn unpack(packed: Packed, rubric: &Rubric) -> Option<Self> {
        let cells = |level: &Level| Cells::of(&rubric.facts[level.fact], &level.tests).ok();
        let levels: Arc<[Cells]> = packed.levels.iter().map(cells).collect::<Option<_>>()?;
        Some(Self {
            rules: Diagram::new(levels.clone(), packed.rules),
            recommendations: Diagram::new(levels.clone(), packed.recommendations),
            below: packed.below,
            conditions: packed
                .conditions
                .into_iter()
                .map(|condition| Diagram::new(levels.clone(), condition))
                .collect(),
            count: rubric.recommendations.len(),
            order: levels.iter().map(|cells| cells.fact.id.clone()).collect(),
        })
    }
}
