//! The nearest sheet with a property: the cheapest path to a leaf, where leaving a fact's current cell costs one.
//!
//! Of paths that leave as few cells, the one that moves by the fewest cells is taken. A fact of several levels is left
//! once, at whichever of them come first; from there on the others cost nothing more.

use super::diagram::Levels;
use super::spans::{self, Moved, Span};
use crate::answers::Sheet;
use crate::engine::{Cells, Diagram, Folded, Label, Move, Place, Target};
use crate::ids::{CellId, LevelId, Table};
use crate::rubric::Value;

/// What it takes to get from one sheet to another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) struct Cost {
    /// How many facts leave their cell.
    pub(in crate::engine) facts: usize,
    /// By how many cells they move.
    pub(in crate::engine) cells: usize,
}

impl Cost {
    /// With one level moved on top, by so many cells; its fact counts unless it `is_left` already.
    pub(in crate::engine) fn moved(self, distance: usize, is_left: bool) -> Self {
        Self {
            facts: self.facts + usize::from(distance > 0 && !is_left),
            cells: self.cells + distance,
        }
    }
}

/// What it costs to get from a target to a leaf with a property; `None` where there is no way.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::engine) struct Costs {
    /// The first level of the fact that is asked for.
    pub(in crate::engine) fact: Option<LevelId>,
    /// While that fact is in its cell at all levels before.
    pub(in crate::engine) fresh: Option<Cost>,
    /// Once it has left one of them.
    pub(in crate::engine) left: Option<Cost>,
}

impl Costs {
    /// At a leaf.
    fn leaf(is_goal: bool) -> Self {
        Self {
            fresh: is_goal.then(Cost::default),
            ..Self::default()
        }
    }

    /// At a node of `level`, by those of its children.
    pub(in crate::engine) fn node(
        start: &Start<'_>,
        level: LevelId,
        children: impl Iterator<Item = (CellId, Self)>,
    ) -> Self {
        let first = start.first(level);
        let mut costs = Self {
            fact: Some(first),
            ..Self::default()
        };
        let least = |one: Option<Cost>, other: Option<Cost>| one.into_iter().chain(other).min();
        for (cell, child) in children {
            let distance = start.distance(level, cell);
            costs.fresh = least(costs.fresh, child.after(first, distance, false));
            if first < level {
                costs.left = least(costs.left, child.after(first, distance, true));
            }
        }
        costs
    }

    /// What it costs from the level above, which moves by so many cells. `first` is the first level of the fact there,
    /// and `is_left` says whether that fact has been left before.
    pub(in crate::engine) fn after(
        self,
        first: LevelId,
        distance: usize,
        is_left: bool,
    ) -> Option<Cost> {
        let goes_on = self.fact == Some(first);
        let rest = match goes_on && (is_left || distance > 0) {
            true => self.left,
            false => self.fresh,
        };
        rest.map(|cost| cost.moved(distance, is_left))
    }
}

/// A changed fact: its first level, its new value, and by how many cells it moves.
pub(in crate::engine) type Changed = (LevelId, Value, usize);

/// The sheet from which costs are counted.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Start<'l> {
    levels: &'l Levels,
    /// The cell of each level. A fact without a value is in its first.
    cells: Table<LevelId, CellId>,
    /// The value of each level, where it has one.
    values: Table<LevelId, Option<Value>>,
}

impl<'l> Start<'l> {
    /// The sheet on which every fact has its assumed value.
    pub(in crate::engine) fn assumed(levels: &'l Levels) -> Self {
        Self::new(levels, |cells| cells.fact.assume)
    }

    /// A sheet of the rubric from which the levels come.
    pub(in crate::engine) fn sheet(levels: &'l Levels, sheet: &Sheet) -> Self {
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
    pub(in crate::engine) fn cells(&self) -> &Table<LevelId, CellId> {
        &self.cells
    }

    /// By how many cells a level moves that is now in `cell`.
    pub(in crate::engine) fn distance(&self, level: LevelId, cell: CellId) -> usize {
        self.levels[level].distance(self.cells[level], cell)
    }

    /// The first level of the fact of a level.
    pub(in crate::engine) fn first(&self, level: LevelId) -> LevelId {
        spans::first(self.levels, level)
    }

    /// The value of one fact at whose levels some cells change, nearest to the one here, with its first level and by how
    /// many cells it moves. `None` when nothing changes.
    pub(in crate::engine) fn change(&self, moved: &[(LevelId, CellId)]) -> Option<Changed> {
        let (level, cell) = moved.first().copied()?;
        let first = self.first(level);
        let value = match self.values[first] {
            Some(value) => value,
            None => self.levels[level].representative(cell),
        };
        let value = Span::nearest(self.levels, moved.iter().copied(), value);
        let distances = moved
            .iter()
            .map(|(level, cell)| self.distance(*level, *cell));
        Some((first, value, distances.sum()))
    }

    pub(in crate::engine) fn to_move(&self, (first, value, distance): Changed) -> Move {
        Move {
            fact: self.levels[first].fact.clone(),
            value,
            distance,
        }
    }

    /// The levels that change from here to other cells, with those.
    pub(in crate::engine) fn moved(
        &self,
        to: &Table<LevelId, CellId>,
    ) -> impl Iterator<Item = (LevelId, CellId)> {
        let to = to.entries().map(|(level, cell)| (level, *cell));
        to.filter(|(level, cell)| *cell != self.cells[*level])
    }

    /// The value of each fact that changes from here to other cells, moved as little as it can be, with its first level
    /// and by how many cells it moves.
    pub(in crate::engine) fn changed(&self, to: &Table<LevelId, CellId>) -> Vec<Changed> {
        let moved: Moved = self.moved(to).collect();
        let of_one_fact =
            moved.chunk_by(|(one, _), (next, _)| self.first(*one) == self.first(*next));
        of_one_fact.filter_map(|moved| self.change(moved)).collect()
    }

    /// What changes from here to other cells, in the order of the rubric.
    pub(in crate::engine) fn moves(&self, to: &Table<LevelId, CellId>) -> Vec<Move> {
        let changed = self.changed(to).into_iter();
        let mut moves: Vec<Move> = changed.map(|change| self.to_move(change)).collect();
        moves.sort_by_key(|change| change.fact.position);
        moves
    }
}

/// What it costs to get from each target to a leaf that `is_goal`.
pub(in crate::engine) fn costs<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    is_goal: impl Fn(L) -> bool,
) -> Folded<Costs> {
    diagram.fold(
        |label| Costs::leaf(is_goal(label)),
        |level, children| {
            Costs::node(
                start,
                level,
                children.entries().map(|(cell, child)| (cell, **child)),
            )
        },
    )
}

/// The nearest sheet that leads to a leaf that `is_goal`, as cells level by level. `None` when there is none.
pub(in crate::engine) fn nearest_cells<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    is_goal: impl Fn(L) -> bool,
) -> Option<Table<LevelId, CellId>> {
    let costs = costs(diagram, start, is_goal);
    costs[diagram.root()].fresh?;
    let mut taken = start.cells().clone();
    let end = diagram.levels().next_id();
    follow(diagram, start, end, &mut taken, |target| costs[target]);
    Some(taken)
}

/// The nearest sheet that leads to a leaf that `is_goal`, as what changes. `None` when there is none.
pub(in crate::engine) fn nearest<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    is_goal: impl Fn(L) -> bool,
) -> Option<Vec<Move>> {
    nearest_cells(diagram, start, is_goal).map(|cells| start.moves(&cells))
}

/// Takes the cheapest way from the root down, before level `end` and as far as there are costs, and writes its cells into
/// `taken`. Where it ends.
pub(in crate::engine) fn follow<L: Label>(
    diagram: &Diagram<L>,
    start: &Start<'_>,
    end: LevelId,
    taken: &mut Table<LevelId, CellId>,
    costs: impl Fn(Target) -> Costs,
) -> Target {
    let mut target = diagram.root();
    // The first level of the fact that was left last.
    let mut left = None;
    while let Place::Node(node) = target.place::<L>() {
        let (level, children) = diagram.node(node);
        if level >= end {
            break;
        }
        let first = start.first(level);
        let costs = children.entries().filter_map(|(cell, child)| {
            let distance = start.distance(level, cell);
            let cost = costs(child).after(first, distance, left == Some(first))?;
            Some((cost, cell, child))
        });
        let Some((_, cell, child)) = costs.min_by_key(|(cost, cell, _)| (*cost, *cell)) else {
            break;
        };
        if start.distance(level, cell) > 0 {
            left = Some(first);
        }
        taken[level] = cell;
        target = child;
    }
    target
}
