//! The nearest sheet with a property: the cheapest path to a leaf, where leaving a fact's current cell costs one.
//!
//! Of paths that leave as few cells, the one that moves by the fewest cells is taken.

use super::{Cells, Diagram, Folded, Label, Move, Target};
use crate::answers::Sheet;
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

/// The sheet from which costs are counted: for each level its cell, and its value where it has one.
#[derive(Clone, Debug)]
pub(super) struct Start(Vec<(usize, Option<Value>)>);

impl Start {
    /// The sheet on which every fact has its assumed value.
    pub(super) fn assumed(levels: &[Cells]) -> Self {
        Self::new(levels, |cells| cells.fact.assume)
    }

    /// A sheet of the rubric from which the levels come.
    pub(super) fn sheet(levels: &[Cells], sheet: &Sheet) -> Self {
        Self::new(levels, |cells| sheet.value(&cells.fact))
    }

    fn new(levels: &[Cells], value: impl Fn(&Cells) -> Option<Value>) -> Self {
        let start = |cells: &Cells| {
            let value = value(cells);
            (value.map_or(0, |value| cells.cell(value)), value)
        };
        Self(levels.iter().map(start).collect())
    }

    /// The cell of a level.
    pub(super) fn cell(&self, level: usize) -> usize {
        self.0.get(level).map_or(0, |(cell, _)| *cell)
    }

    /// The cell of each level.
    pub(super) fn cells(&self) -> Vec<usize> {
        self.0.iter().map(|(cell, _)| *cell).collect()
    }

    /// By how many cells a level moves that is now in `cell`.
    pub(super) fn distance(&self, levels: &[Cells], level: usize, cell: usize) -> usize {
        levels
            .get(level)
            .map_or(0, |cells| cells.distance(self.cell(level), cell))
    }

    /// The value of a level in another cell that is nearest to the one here.
    pub(super) fn value(&self, levels: &[Cells], level: usize, cell: usize) -> Value {
        let current = self.0.get(level).and_then(|(_, value)| *value);
        let nearest = |cells: &Cells| match current {
            Some(value) => cells.nearest(cell, value),
            None => cells.representative(cell),
        };
        levels.get(level).map_or(Value::YesNo(false), nearest)
    }

    /// What changes from here to other cells, each fact moved as little as it can be, in the order of the rubric.
    pub(super) fn moves(&self, levels: &[Cells], to: &[usize]) -> Vec<Move> {
        let to_move = |(level, (cells, to)): (usize, (&Cells, &usize))| {
            let distance = cells.distance(self.cell(level), *to);
            let value = self.value(levels, level, *to);
            (distance > 0).then(|| Move {
                fact: cells.fact.clone(),
                value,
                distance,
            })
        };
        let mut moves: Vec<Move> = levels
            .iter()
            .zip(to)
            .enumerate()
            .filter_map(to_move)
            .collect();
        moves.sort_by_key(|change| change.fact.position);
        moves
    }
}

/// What it costs to get from each target to a leaf that `is_goal`.
pub(super) fn costs<L: Label>(
    diagram: &Diagram<L>,
    start: &Start,
    is_goal: impl Fn(L) -> bool,
) -> Folded<Option<Cost>> {
    diagram.fold(
        |label| is_goal(label).then(Cost::default),
        |level, children| {
            let moved = |(cell, cost): (usize, &&Option<Cost>)| {
                cost.map(|cost| cost.moved(start.distance(diagram.levels(), level, cell)))
            };
            children.iter().enumerate().filter_map(moved).min()
        },
    )
}

/// The nearest sheet that leads to a leaf that `is_goal`, as cells level by level. `None` when there is none.
pub(super) fn nearest_cells<L: Label>(
    diagram: &Diagram<L>,
    start: &Start,
    is_goal: impl Fn(L) -> bool,
) -> Option<Vec<usize>> {
    let costs = costs(diagram, start, is_goal);
    costs.get(diagram.root()).copied().flatten()?;
    let mut taken = start.cells();
    follow(diagram, diagram.root(), start, &mut taken, |target| {
        costs.get(target).copied().flatten()
    });
    Some(taken)
}

/// The nearest sheet that leads to a leaf that `is_goal`, as what changes. `None` when there is none.
pub(super) fn nearest<L: Label>(
    diagram: &Diagram<L>,
    start: &Start,
    is_goal: impl Fn(L) -> bool,
) -> Option<Vec<Move>> {
    nearest_cells(diagram, start, is_goal).map(|cells| start.moves(diagram.levels(), &cells))
}

/// Takes the cheapest way from a target down, as far as there are costs, and writes its cells into `taken`. Where it
/// ends.
pub(super) fn follow<L: Label>(
    diagram: &Diagram<L>,
    mut target: Target,
    start: &Start,
    taken: &mut [usize],
    cost: impl Fn(Target) -> Option<Cost>,
) -> Target {
    while let Some((level, children)) = diagram.ask(target) {
        let costs = children.iter().enumerate().filter_map(|(cell, child)| {
            let cost = cost(*child)?.moved(start.distance(diagram.levels(), level, cell));
            Some((cost, cell, *child))
        });
        let Some((_, cell, child)) = costs.min_by_key(|(cost, cell, _)| (*cost, *cell)) else {
            break;
        };
        if let Some(slot) = taken.get_mut(level) {
            *slot = cell;
        }
        target = child;
    }
    target
}
