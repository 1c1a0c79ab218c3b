//! A compiled rubric as bytes can hold it: facts by their position, and once for all diagrams.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::certainty::Roots;
use crate::engine::diagrams::cells::Split;
use crate::engine::diagrams::diagram::{Graph, Levels};
use crate::engine::diagrams::forest::Forest;
use crate::engine::diagrams::nodes::Nodes;
use crate::engine::diagrams::order::Order;
use crate::engine::{Cells, Certainty, Diagram, Folded, Reasoning};
use crate::ids::{ConditionId, FactId, LevelId, RecommendationId, RuleId, Set, Table};
use crate::rubric::{Accepts, Rubric};

/// What [`Reasoning::pack`] leaves of a compiled rubric.
#[derive(Debug, Serialize, Deserialize)]
pub struct Packed {
    levels: Table<LevelId, Level>,
    rules: Graph,
    recommendations: Graph,
    below: Folded<Set<RecommendationId>>,
    conditions: Table<ConditionId, Graph>,
}

/// The cells of a level, with their fact by its position in the rubric.
#[derive(Debug, Serialize, Deserialize)]
struct Level {
    fact: FactId,
    tests: Vec<Accepts>,
    part: usize,
    split: Split,
}

/// What [`Certainty::pack`] leaves of what is certain of a rubric.
#[derive(Debug, Serialize, Deserialize)]
pub struct PackedCertainty {
    levels: Table<LevelId, Level>,
    rules: Graph,
    recommend: Table<RuleId, RecommendationId>,
    roots: Roots,
    nodes: Nodes,
}

impl Level {
    fn all(levels: &Levels) -> Table<LevelId, Self> {
        levels.map(|cells| Self {
            fact: cells.fact.position,
            tests: cells.tests.clone(),
            part: cells.part,
            split: cells.split.clone(),
        })
    }

    fn cells(levels: Table<LevelId, Self>, rubric: &Rubric) -> Arc<Levels> {
        let cells = levels.into_iter().map(|level| Cells {
            fact: rubric.facts[level.fact].clone(),
            tests: level.tests,
            part: level.part,
            split: level.split,
        });
        Arc::new(cells.collect())
    }
}

impl Certainty {
    /// The compiled tests without the rubric.
    pub fn pack(&self) -> PackedCertainty {
        PackedCertainty {
            levels: Level::all(self.rules.levels()),
            rules: self.rules.graph().clone(),
            recommend: self.recommend.clone(),
            roots: self.roots.clone(),
            nodes: self.forest.nodes().clone(),
        }
    }

    /// The inverse of [`Certainty::pack`], for the rubric that was compiled.
    pub fn unpack(packed: PackedCertainty, rubric: &Rubric) -> Self {
        let levels = Level::cells(packed.levels, rubric);
        Self {
            rules: Diagram::new(levels.clone(), packed.rules),
            recommend: packed.recommend,
            roots: packed.roots,
            forest: Forest::new(levels, packed.nodes),
        }
    }
}

impl Reasoning {
    /// The compiled rubric without the rubric.
    pub fn pack(&self) -> Packed {
        Packed {
            levels: Level::all(self.rules.levels()),
            rules: self.rules.graph().clone(),
            recommendations: self.recommendations.graph().clone(),
            below: self.below.clone(),
            conditions: self.conditions.map(|condition| condition.graph().clone()),
        }
    }

    /// The inverse of [`Reasoning::pack`], for the rubric that was compiled.
    pub fn unpack(packed: Packed, rubric: &Rubric) -> Self {
        let levels = Level::cells(packed.levels, rubric);
        Self {
            rules: Diagram::new(levels.clone(), packed.rules),
            recommendations: Diagram::new(levels.clone(), packed.recommendations),
            below: packed.below,
            conditions: packed
                .conditions
                .into_iter()
                .map(|condition| Diagram::new(levels.clone(), condition))
                .collect(),
            count: rubric.recommendations.len(),
            order: Order::of_levels(&levels),
        }
    }
}
