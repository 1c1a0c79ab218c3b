//! The levels of one fact: of flags with many classes several, one after the other, of every other fact one.
//!
//! A change of a fact is a change at any of its levels: whoever counts changes, or asks what one fact can bring about,
//! goes through all levels of a fact at once.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::diagram::Levels;
use crate::engine::{Diagram, Label, Target};
use crate::ids::{CellId, Id, LevelId, Table};
use crate::rubric::Value;

/// The levels of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine) struct Span {
    pub(in crate::engine) first: LevelId,
    /// The level after the last.
    end: LevelId,
}

/// The first level of the fact that a level asks for.
pub(in crate::engine) fn first(levels: &Levels, level: LevelId) -> LevelId {
    LevelId::new(level.position() - levels[level].part)
}

impl Span {
    /// The levels of the fact that a level asks for.
    pub(in crate::engine) fn around(levels: &Levels, level: LevelId) -> Self {
        let mut later = levels.ids_from(level.next());
        Self {
            first: first(levels, level),
            end: later
                .find(|later| levels[*later].part == 0)
                .unwrap_or(levels.next_id()),
        }
    }

    /// The levels of each fact.
    pub(in crate::engine) fn all(levels: &Levels) -> impl Iterator<Item = Self> {
        let firsts = levels.ids().filter(|level| levels[*level].part == 0);
        firsts.map(|level| Self::around(levels, level))
    }

    /// The levels, in order.
    pub(in crate::engine) fn levels(
        self,
    ) -> impl DoubleEndedIterator<Item = LevelId> + ExactSizeIterator {
        (self.first.position()..self.end.position()).map(LevelId::new)
    }

    /// Whether there is no second level.
    pub(in crate::engine) fn is_one(self) -> bool {
        self.first.next() == self.end
    }

    /// Whether a level is one of these.
    pub(in crate::engine) fn contains(self, level: LevelId) -> bool {
        self.first <= level && level < self.end
    }

    /// Whether some target below these levels that is reached from `start` is meant.
    pub(in crate::engine) fn has_end<L: Label>(
        self,
        diagram: &Diagram<L>,
        start: Target,
        is_meant: impl Fn(Target) -> bool,
    ) -> bool {
        let mut seen = BTreeSet::new();
        let (mut next, mut waiting) = (Some(start), Vec::new());
        while let Some(node) = next.and_then(Target::node) {
            for child in diagram.node(node).1.iter() {
                let is_below = diagram
                    .level(child)
                    .is_none_or(|level| !self.contains(level));
                if is_below && is_meant(child) {
                    return true;
                }
                if !is_below && seen.insert(child) {
                    waiting.push(child);
                }
            }
            next = waiting.pop();
        }
        false
    }

    /// The value in these cells that is nearest to `from`.
    pub(in crate::engine) fn nearest(
        levels: &Levels,
        cells: impl IntoIterator<Item = (LevelId, CellId)>,
        from: Value,
    ) -> Value {
        let cells = cells.into_iter();
        cells.fold(from, |value, (level, cell)| {
            levels[level].nearest(cell, value)
        })
    }
}

impl Span {
    /// The last value in these cells: the end of a range, the most flags.
    pub(in crate::engine) fn last_value(
        self,
        levels: &Levels,
        cells: &Table<LevelId, CellId>,
    ) -> Value {
        let last = |level: LevelId| levels[level].ends(cells[level]).1;
        let later = self.levels().skip(1).map(last);
        later.fold(last(self.first), |value, more| match (value, more) {
            (Value::Flags(set), Value::Flags(more)) => Value::Flags(set.or(more)),
            _ => value,
        })
    }
}

/// Where the levels of one fact lead, from a node that asks at one of them.
#[derive(Debug)]
pub(in crate::engine) struct Ways {
    reached: BTreeMap<Target, Reach>,
    /// What is reached below the levels.
    ends: BTreeSet<Target>,
}

/// How a target is reached. The nearest is the least.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::engine) struct Reach {
    /// Over how many cells at least, from those that the fact is in.
    pub(in crate::engine) distance: usize,
    /// The cells of a way of that distance, those of the last level first: of several ways, the least such list.
    pub(in crate::engine) cells: Vec<CellId>,
    /// Whether other cells lead there as well.
    pub(in crate::engine) is_one_of_several: bool,
    /// From where the ways of that distance come, with the step where it leaves a cell.
    from: Vec<(Target, Option<(LevelId, CellId)>)>,
}

/// Levels with the cells to which they move.
pub(in crate::engine) type Moved = Vec<(LevelId, CellId)>;

impl Ways {
    /// The ways from `start`, which asks at a level of `span`; `cells` are those that each level is in.
    pub(in crate::engine) fn through<L: Label>(
        diagram: &Diagram<L>,
        span: Span,
        start: Target,
        cells: &Table<LevelId, CellId>,
    ) -> Self {
        let begin = Reach {
            distance: 0,
            cells: span.levels().rev().map(|level| cells[level]).collect(),
            is_one_of_several: diagram.level(start) != Some(span.first),
            from: Vec::new(),
        };
        let mut reached = BTreeMap::from([(start, begin)]);
        let mut ends = BTreeSet::new();
        // By level: they only grow on the way down, so that all ways to a target are known when it is left.
        let mut waiting = BTreeSet::from([(diagram.level(start), start)]);
        while let Some((level, target)) = waiting.pop_first() {
            let Some(level) = level.filter(|level| span.contains(*level)) else {
                ends.insert(target);
                continue;
            };
            let here = at(&reached, target).clone();
            let own = &diagram.levels()[level];
            for cell in own.ids() {
                let child = diagram.child(target, level, cell);
                let distance = here.distance + own.distance(cells[level], cell);
                let mut moved = here.cells.clone();
                let place = span.end.position() - level.next().position();
                moved
                    .iter_mut()
                    .skip(place)
                    .take(1)
                    .for_each(|at| *at = cell);
                let is_gap = match diagram.level(child) {
                    Some(below) if span.contains(below) => below > level.next(),
                    _ => level.next() < span.end,
                };
                let step = (target, (cell != cells[level]).then_some((level, cell)));
                match reached.entry(child) {
                    Entry::Vacant(place) => {
                        place.insert(Reach {
                            distance,
                            cells: moved,
                            is_one_of_several: is_gap || here.is_one_of_several,
                            from: vec![step],
                        });
                    }
                    Entry::Occupied(mut known) => {
                        let known = known.get_mut();
                        known.is_one_of_several = true;
                        if distance < known.distance {
                            known.from.clear();
                        }
                        if distance <= known.distance {
                            known.from.push(step);
                        }
                        if (distance, &moved) < (known.distance, &known.cells) {
                            (known.distance, known.cells) = (distance, moved);
                        }
                    }
                }
                waiting.insert((diagram.level(child), child));
            }
        }
        Self { reached, ends }
    }

    /// What is reached below the levels.
    pub(in crate::engine) fn ends(&self) -> impl Iterator<Item = (Target, &Reach)> {
        self.ends.iter().map(|end| (*end, at(&self.reached, *end)))
    }

    /// The ways of least distance to a target, no more than so many: the levels that leave their cells.
    pub(in crate::engine) fn least(&self, to: Target, most: usize) -> Vec<Moved> {
        let mut found = Vec::new();
        let mut waiting = vec![(to, Moved::new())];
        while let Some((target, moved)) = waiting.pop().filter(|_| found.len() < most) {
            let from = &at(&self.reached, target).from;
            if from.is_empty() {
                found.push(moved);
                continue;
            }
            for (before, step) in from.iter().rev() {
                waiting.push((
                    *before,
                    step.iter().copied().chain(moved.iter().copied()).collect(),
                ));
            }
        }
        found
    }
}

/// How a target among these is reached.
fn at(reached: &BTreeMap<Target, Reach>, target: Target) -> &Reach {
    #[expect(
        clippy::expect_used,
        reason = "only targets that were reached are gone on from"
    )]
    reached.get(&target).expect("a target that was reached")
}
