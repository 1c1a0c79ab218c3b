//! What would change the recommendation: shortest ways to another leaf.
//!
//! Leaving the current cell of a fact costs one, keeping it costs nothing. So the least cost from the root to a leaf is
//! the least number of facts that must change, and the paths of that cost are all the changes of that size.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use crate::answers::Sheet;
use crate::engine::diagrams::paths::{self, Changed, Costs, Start};
use crate::engine::diagrams::spans::{Span, Ways};
use crate::engine::{Diagram, Folded, Target};
use crate::ids::{CellId, FactId, LevelId, RecommendationId};
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
pub(in crate::engine) fn changes(
    diagram: &Verdict,
    sheet: &Sheet,
    recommendations: impl Iterator<Item = RecommendationId>,
) -> Vec<Change> {
    let start = Start::sheet(diagram.levels(), sheet);
    let here = diagram.walk(diagram.root(), start.cells());
    recommendations
        .filter(|other| Some(*other) != here)
        .filter_map(|other| change_to(diagram, &start, other))
        .collect()
}

fn change_to(
    diagram: &Verdict,
    start: &Start<'_>,
    recommendation: RecommendationId,
) -> Option<Change> {
    let costs = paths::costs(diagram, start, |label| label == Some(recommendation));
    let facts = costs[diagram.root()].fresh?.facts;
    let mut search = Search {
        diagram,
        start,
        costs: &costs,
        ways: BTreeMap::new(),
        moved: Vec::new(),
        found: Vec::new(),
    };
    search.paths(diagram.root(), facts);
    let is_cut = search.found.len() > MOST_OPTIONS_LISTED;
    let mut options = nearest_only(search.found);
    options.truncate(MOST_OPTIONS_LISTED);
    let moves = |option: Vec<Changed>| {
        let mut moves: Vec<Move> = option.into_iter().map(|one| start.to_move(one)).collect();
        moves.sort_by_key(|change| change.fact.position);
        moves
    };
    let mut options: Vec<Vec<Move>> = options.into_iter().map(moves).collect();
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

/// A depth-first search for all cheapest paths.
struct Search<'a> {
    diagram: &'a Verdict,
    start: &'a Start<'a>,
    costs: &'a Folded<Costs>,
    /// The ways through the fact that a target asks for.
    ways: BTreeMap<Target, Rc<Ways>>,
    /// The facts left so far.
    moved: Vec<Changed>,
    found: Vec<Vec<Changed>>,
}

impl Search<'_> {
    /// All paths from a target, before whose fact there is no other level of it, on which so many facts change: no fewer
    /// than must.
    fn paths(&mut self, target: Target, budget: usize) {
        if self.found.len() > MOST_OPTIONS_LISTED {
            return;
        }
        let level = self.diagram.level(target).filter(|_| budget > 0);
        let Some(level) = level else {
            // From here on every fact stays in its cell.
            return self.found.push(self.moved.clone());
        };
        let span = Span::around(self.diagram.levels(), level);
        if span.is_one() {
            return self.paths_by_cells(target, level, budget);
        }
        let through = || {
            Rc::new(Ways::through(
                self.diagram,
                span,
                target,
                self.start.cells(),
            ))
        };
        let ways = self.ways.entry(target).or_insert_with(through).clone();
        for (end, reach) in ways.ends() {
            let is_move = reach.distance > 0;
            if !self.fits(end, is_move, budget) {
                continue;
            }
            if !is_move {
                self.paths(end, budget);
                continue;
            }
            // A way that is longer to the same end moves the same facts, and this one farther.
            for way in ways.least(end, MOST_OPTIONS_LISTED + 1) {
                self.paths_moved(end, budget, &way);
            }
        }
    }

    /// The paths from a target that asks for a fact of one level: a way for each cell.
    fn paths_by_cells(&mut self, target: Target, level: LevelId, budget: usize) {
        for cell in self.diagram.levels()[level].ids() {
            let end = self.diagram.child(target, level, cell);
            let is_move = self.start.distance(level, cell) > 0;
            match (self.fits(end, is_move, budget), is_move) {
                (false, _) => {}
                (true, false) => self.paths(end, budget),
                (true, true) => self.paths_moved(end, budget, &[(level, cell)]),
            }
        }
    }

    /// The paths from where a fact leads that moved to other cells.
    fn paths_moved(&mut self, end: Target, budget: usize, moved: &[(LevelId, CellId)]) {
        self.moved.extend(self.start.change(moved));
        self.paths(end, budget - 1);
        self.moved.pop();
    }

    /// Whether so many facts must change from here on, the one that leads to `end` among them if it moves.
    fn fits(&self, end: Target, is_move: bool, budget: usize) -> bool {
        let rest = self.costs[end].fresh;
        rest.is_some_and(|cost| cost.facts + usize::from(is_move) == budget)
    }
}

/// Without the ways that change the same facts as another way, none of them less far and one of them farther.
fn nearest_only(ways: Vec<Vec<Changed>>) -> Vec<Vec<Changed>> {
    let distances = |way: &Vec<Changed>| -> Vec<(LevelId, usize)> {
        way.iter()
            .map(|(first, _, distance)| (*first, *distance))
            .collect()
    };
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
