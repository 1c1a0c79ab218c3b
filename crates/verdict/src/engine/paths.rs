//! The nearest sheet with a property: the cheapest path to a leaf, where leaving a fact's current cell costs one.
//!
//! Of paths that leave as few cells, the one that moves by the fewest cells is taken.

use super::diagram::Levels;
use super::{Cells, Diagram, Folded, Label, Move, Place, Target};
use crate::answers::Sheet;
use crate::ids::{CellId, LevelId, Table};
use crate::rubric::Value;

/// What it takes to get from one sheet to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cost {
    /// How many facts leave their cell.
    pub(super) facts: usize,
    /// By how many cells they move.
    pub(super) cells: usize,
}

impl Cost {
    /// With one fact moved on top, by so many cells.
    pub(super) fn moved(self, distance: usize) -> Self {
        Self {
            facts: self.facts + usize::from(distance > 0),
            cells: self.cells + distance,
        }
    }
}

/// The sheet from which costs are counted.
#[derive(Clone, Debug)]
pub(super) struct Start<'l> {
    levels: &'l Levels,
    /// The cell of each level. A fact without a value is in its first.
    cells: Table<LevelId, CellId>,
    /// The value of each level, where it has one.
    values: Table<LevelId, Option<Value>>,
}

impl<'l> Start<'l> {
    /// The sheet on which every fact has its assumed value.
    pub(super) fn assumed(levels: &'l Levels) -> Self {
        Self::new(levels, |cells| cells.fact.assume)
    }

    /// A sheet of the rubric from which the levels come.
    pub(super) fn sheet(levels: &'l Levels, sheet: &Sheet) -> Self {
        Self::new(levels, |cells| sheet.value(&cells.fact))
    }

    fn new(levels: &'l Levels, value: impl Fn(&Cells) -> Option<Value>) -> Self {
        Self {
            levels,
            cells: levels.map(|cells| cells.cell_or_first(value(cells))),
            values: levels.map(value),
        }
    }

    /// The cell of each level.
    pub(super) fn cells(&self) -> &Table<LevelId, CellId> {
        &self.cells
    }

    /// By how many cells a level moves that is now in `cell`.
    pub(super) fn distance(&self, level: LevelId, cell: CellId) -> usize {
        self.levels[level].distance(self.cells[level], cell)
    }

    /// The value of a level in another cell that is nearest to the one here.
    pub(super) fn value(&self, level: LevelId, cell: CellId) -> Value {
        let cells = &self.levels[level];
        match self.values[level] {
            Some(value) => cells.nearest(cell, value),
            None => cells.representative(cell),
        }
    }

    /// The levels that change from here to other cells, with those.
    pub(super) fn moved(
        &self,
        to: &Table<LevelId, CellId>,
    ) -> impl Iterator<Item = (LevelId, CellId)> {
        let to = to.entries().map(|(level, cell)| (level, *cell));
        to.filter(|(level, cell)| *cell != self.cells[*level])
    }

    /// What changes from here to other cells, each fact moved as little as it can be, in the order of the rubric.
    pub(super) fn moves(&self, to: &Table<LevelId, CellId>) -> Vec<Move> {
        let to_move = |(level, cell): (LevelId, CellId)| Move {
            fact: self.levels[level].fact.clone(),
            value: self.value(level, cell),
            distance: self.distance(level, cell),
        };
        let mut moves: Vec<Move> = self.moved(to).map(to_move).collect();
        moves.sort_by_key(|change| change.fact.position);
        moves
    }
}

/// What it costs to get from each target to a leaf that `is_goal`.
pub(super) fn costs<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    is_goal: impl Fn(L) -> bool,
) -> Folded<Option<Cost>> {
    diagram.fold(
        |label| is_goal(label).then(Cost::default),
        |level, children| {
            let moved = |(cell, cost): (CellId, &&Option<Cost>)| {
                cost.map(|cost| cost.moved(start.distance(level, cell)))
            };
            children.entries().filter_map(moved).min()
        },
    )
}

/// The nearest sheet that leads to a leaf that `is_goal`, as cells level by level. `None` when there is none.
pub(super) fn nearest_cells<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    is_goal: impl Fn(L) -> bool,
) -> Option<Table<LevelId, CellId>> {
    let costs = costs(diagram, start, is_goal);
    costs[diagram.root()]?;
    let mut taken = start.cells().clone();
    follow(diagram, diagram.root(), start, &mut taken, |target| {
        costs[target]
    });
    Some(taken)
}

/// The nearest sheet that leads to a leaf that `is_goal`, as what changes. `None` when there is none.
pub(super) fn nearest<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    is_goal: impl Fn(L) -> bool,
) -> Option<Vec<Move>> {
    nearest_cells(diagram, start, is_goal).map(|cells| start.moves(&cells))
}

/// Takes the cheapest way from a target down, as far as there are costs, and writes its cells into `taken`. Where it
/// ends.
pub(super) fn follow<L: Label>(
    diagram: &Diagram<L>,
    mut target: Target,
    start: &Start<'_>,
    taken: &mut Table<LevelId, CellId>,
    cost: impl Fn(Target) -> Option<Cost>,
) -> Target {
    while let Place::Node(node) = target.place::<L>() {
        let (level, children) = diagram.node(node);
        let costs = children.entries().filter_map(|(cell, child)| {
            let cost = cost(child)?.moved(start.distance(level, cell));
            Some((cost, cell, child))
        });
        let Some((_, cell, child)) = costs.min_by_key(|(cost, cell, _)| (*cost, *cell)) else {
            break;
        };
        taken[level] = cell;
        target = child;
    }
    target
}
