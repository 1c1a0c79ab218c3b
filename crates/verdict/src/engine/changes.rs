//! What would change the recommendation: shortest ways to another leaf.
//!
//! Leaving the current cell of a fact costs one, keeping it costs nothing. So the least cost from the root to a leaf is
//! the least number of facts that must change, and the paths of that cost are all the changes of that size.

use std::sync::Arc;

use super::{Diagram, Folded, Place, Target};
use crate::answers::Sheet;
use crate::ids::{CellId, FactId, LevelId, RecommendationId, Table};
use crate::rubric::{Fact, Value};

/// From sheets to recommendations.
type Verdict = Diagram<Option<RecommendationId>>;

/// More ways to change than this are not listed.
pub const MOST_OPTIONS_LISTED: usize = 1_000;

/// What would have to change for another recommendation.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The other recommendation.
    pub recommendation: RecommendationId,
    /// The smallest number of facts that must change.
    pub facts: usize,
    /// All ways to do it with that many facts, each fact moved as little as it can, fewest cells moved first.
    pub options: Vec<Vec<Move>>,
    /// Whether there are more ways than are listed.
    pub is_cut: bool,
}

/// One fact with another value.
#[derive(Clone, Debug, PartialEq)]
pub struct Move {
    /// The fact.
    pub fact: Arc<Fact>,
    /// The nearest value that does it.
    pub value: Value,
    /// By how many cells it moves.
    pub distance: usize,
}

/// For each recommendation other than that of `sheet`: how many facts must change at least, and in which ways.
pub(super) fn changes(
    diagram: &Verdict,
    sheet: &Sheet,
    recommendations: impl Iterator<Item = RecommendationId>,
) -> Vec<Change> {
    let cells = diagram.cells(sheet);
    let here = diagram.walk(diagram.root(), &cells);
    recommendations
        .filter(|other| Some(*other) != here)
        .filter_map(|other| change_to(diagram, sheet, &cells, other))
        .collect()
}

fn change_to(
    diagram: &Verdict,
    sheet: &Sheet,
    cells: &Table<LevelId, CellId>,
    recommendation: RecommendationId,
) -> Option<Change> {
    // The least cost from each target to the label; `None` where it cannot be reached.
    let costs: Folded<Option<usize>> = diagram.fold(
        |label| (label == Some(recommendation)).then_some(0),
        |level, children| {
            let cost = |(cell, cost): (CellId, &&Option<usize>)| {
                cost.map(|cost| cost + usize::from(cell != cells[level]))
            };
            children.entries().filter_map(cost).min()
        },
    );
    let facts = costs[diagram.root()]?;
    let mut search = Search {
        diagram,
        cells,
        costs: &costs,
        moved: Vec::new(),
        found: Vec::new(),
    };
    search.paths(diagram.root(), facts);
    let is_cut = search.found.len() > MOST_OPTIONS_LISTED;
    let mut options = nearest_only(search.found, diagram, cells);
    options.truncate(MOST_OPTIONS_LISTED);
    let moves = |option: Vec<(LevelId, CellId)>| {
        let moved = option.into_iter();
        moved
            .map(|(level, cell)| to_move(diagram, sheet, cells, level, cell))
            .collect()
    };
    let mut options: Vec<Vec<Move>> = options.into_iter().map(moves).collect();
    for option in &mut options {
        option.sort_by_key(|change| change.fact.position);
    }
    options.sort_by_cached_key(|option| {
        let moved: usize = option.iter().map(|change| change.distance).sum();
        let facts: Vec<FactId> = option.iter().map(|change| change.fact.position).collect();
        let values: Vec<Value> = option.iter().map(|change| change.value).collect();
        (moved, facts, values)
    });
    Some(Change {
        recommendation,
        facts,
        options,
        is_cut,
    })
}

fn to_move(
    diagram: &Verdict,
    sheet: &Sheet,
    cells: &Table<LevelId, CellId>,
    level: LevelId,
    cell: CellId,
) -> Move {
    let domain = &diagram.levels()[level];
    let from = cells[level];
    let current = sheet
        .value(&domain.fact)
        .unwrap_or_else(|| domain.representative(from));
    Move {
        fact: domain.fact.clone(),
        value: domain.nearest(cell, current),
        distance: domain.distance(from, cell),
    }
}

/// A depth-first search for all cheapest paths.
struct Search<'a> {
    diagram: &'a Verdict,
    cells: &'a Table<LevelId, CellId>,
    costs: &'a Folded<Option<usize>>,
    /// The levels left so far, each with its new cell.
    moved: Vec<(LevelId, CellId)>,
    found: Vec<Vec<(LevelId, CellId)>>,
}

impl Search<'_> {
    fn paths(&mut self, target: Target, budget: usize) {
        if self.found.len() > MOST_OPTIONS_LISTED {
            return;
        }
        let (level, children) = match target.place::<Option<RecommendationId>>() {
            Place::Leaf(_) => return self.found.push(self.moved.clone()),
            Place::Node(node) => self.diagram.node(node),
        };
        for (cell, child) in children.entries() {
            let is_move = cell != self.cells[level];
            let cost = self.costs[child].map(|cost| cost + usize::from(is_move));
            if cost != Some(budget) {
                continue;
            }
            if is_move {
                self.moved.push((level, cell));
            }
            self.paths(child, budget - usize::from(is_move));
            if is_move {
                self.moved.pop();
            }
        }
    }
}

/// Without the ways that change the same facts as another way, none of them less far and one of them farther.
fn nearest_only(
    ways: Vec<Vec<(LevelId, CellId)>>,
    diagram: &Verdict,
    cells: &Table<LevelId, CellId>,
) -> Vec<Vec<(LevelId, CellId)>> {
    let distance = |(level, cell): &(LevelId, CellId)| {
        let domain = &diagram.levels()[*level];
        (*level, domain.distance(cells[*level], *cell))
    };
    let distances = |way: &Vec<(LevelId, CellId)>| way.iter().map(distance).collect();
    let measured: Vec<Vec<(LevelId, usize)>> = ways.iter().map(distances).collect();
    let is_beaten = |way: &Vec<(LevelId, usize)>| {
        measured.iter().any(|other| {
            let pairs = || other.iter().zip(way);
            other != way && pairs().all(|(other, own)| other.0 == own.0 && other.1 <= own.1)
        })
    };
    ways.into_iter()
        .zip(&measured)
        .filter(|(_, way)| !is_beaten(way))
        .map(|(way, _)| way)
        .collect()
}
