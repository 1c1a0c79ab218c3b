//! A compiled rubric as bytes can hold it: facts by their position, and once for all diagrams.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::certainty::Under;
use crate::engine::diagrams::diagram::{Graph, Levels};
use crate::engine::diagrams::forest::Forest;
use crate::engine::diagrams::nodes::Nodes;
use crate::engine::diagrams::order::Order;
use crate::engine::{Cells, Certainty, Diagram, Folded, Reasoning, Saying, Target};
use crate::ids::{ConditionId, FactId, LevelId, RecommendationId, RuleId, Set, Table};
use crate::rubric::{Accepts, Options, Rubric};

/// What [`Reasoning::pack`] leaves of a compiled rubric.
#[derive(Debug, Serialize, Deserialize)]
pub struct Packed {
    levels: Table<LevelId, Level>,
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

/// What [`Certainty::pack`] leaves of what is certain of a rubric.
#[derive(Debug, Serialize, Deserialize)]
pub struct PackedCertainty {
    levels: Table<LevelId, Level>,
    rules: Graph,
    recommend: Table<RuleId, RecommendationId>,
    tests: BTreeMap<Saying, Under<Target>>,
    nodes: Nodes,
}

impl Level {
    fn all(levels: &Levels) -> Table<LevelId, Self> {
        levels.map(|cells| Self {
            fact: cells.fact.position,
            tests: cells.tests.clone(),
        })
    }

    fn cells(levels: &Table<LevelId, Self>, rubric: &Rubric) -> Arc<Levels> {
        let of_one_fact = levels
            .as_slice()
            .chunk_by(|one, next| one.fact == next.fact);
        let cells = of_one_fact.flat_map(|levels| match levels {
            [one] => vec![Cells::of(&rubric.facts[one.fact], &one.tests)],
            several => boxes(several, rubric),
        });
        Arc::new(cells.collect())
    }
}

/// The levels of flags that are asked class by class.
fn boxes(levels: &[Level], rubric: &Rubric) -> Vec<Cells> {
    let classes = levels.iter().flat_map(|level| &level.tests);
    let classes = classes.filter_map(|test| match test {
        Accepts::AnyFlag(class) => Some(*class),
        _ => None,
    });
    let classes: Vec<Options> = classes.collect();
    let first = levels.first();
    let of_first = |level: &Level| Cells::of_each_class(&rubric.facts[level.fact], &classes);
    first.map(of_first).unwrap_or_default()
}

impl Certainty {
    /// The compiled tests without the rubric.
    pub fn pack(&self) -> PackedCertainty {
        PackedCertainty {
            levels: Level::all(self.rules.levels()),
            rules: self.rules.graph().clone(),
            recommend: self.recommend.clone(),
            tests: self.tests.clone(),
            nodes: self.forest.nodes().clone(),
        }
    }

    /// The inverse of [`Certainty::pack`], for the rubric that was compiled.
    pub fn unpack(packed: PackedCertainty, rubric: &Rubric) -> Self {
        let levels = Level::cells(&packed.levels, rubric);
        Self {
            rules: Diagram::new(levels.clone(), packed.rules),
            recommend: packed.recommend,
            tests: packed.tests,
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
        let levels = Level::cells(&packed.levels, rubric);
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
