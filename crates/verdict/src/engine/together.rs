//! Two diagrams walked together: over the common refinement of their cells, to one diagram of what both say.
//!
//! Each fact that both ask for is cut at what the tests of either tell apart. Both must ask in the same order.

use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::builder::Builder;
use super::diagram::Levels;
use super::order::Order;
use super::{Cells, Diagram, Label, Target, TooLarge};
use crate::ids::{CellId, LevelId, Table};
use crate::rubric::{Accepts, Fact, Options, Value, Words};

/// The levels of two diagrams, put together.
pub(super) struct Together<'d, A, B> {
    first: &'d Diagram<A>,
    second: &'d Diagram<B>,
    levels: Table<LevelId, Level>,
}

/// One fact as either diagram knows it.
pub(super) struct Level {
    /// The cells that the tests of both cut.
    pub(super) cells: Cells,
    first: Option<Side>,
    second: Option<Side>,
}

/// Where one of the diagrams asks for the fact, and which of its cells holds each common cell.
struct Side {
    level: LevelId,
    cells: Table<CellId, CellId>,
}

/// Which of two rubrics know a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KnownTo {
    /// Both.
    Both,
    /// Only the first.
    First,
    /// Only the second.
    Second,
}

impl Level {
    /// Which of the diagrams' rubrics know the fact.
    pub(super) fn known_to(&self) -> KnownTo {
        match (&self.first, &self.second) {
            (Some(_), None) => KnownTo::First,
            (None, Some(_)) => KnownTo::Second,
            _ => KnownTo::Both,
        }
    }
}

/// A label for a pair of leaves; `None` while a leaf that is not known yet can make a difference.
pub(super) trait Labels<A, B, L>: Fn(Option<A>, Option<B>) -> Option<L> {}
impl<A, B, L, F: Fn(Option<A>, Option<B>) -> Option<L>> Labels<A, B, L> for F {}

impl<'d, A: Label, B: Label> Together<'d, A, B> {
    /// Puts two diagrams together that ask in the order of `order`.
    ///
    /// # Errors
    /// The flags of a fact fall into too many classes.
    pub(super) fn new(
        first: &'d Diagram<A>,
        second: &'d Diagram<B>,
        order: &Order,
    ) -> Result<Self, TooLarge> {
        let mut levels = Table::default();
        for id in order {
            match (find(first.levels(), id), find(second.levels(), id)) {
                (Some(one), None) => {
                    levels.push(Level::first(one));
                }
                (None, Some(other)) => {
                    levels.push(Level::second(other));
                }
                (Some(one), Some(other)) => match Level::common(one, other)? {
                    Some(level) => {
                        levels.push(level);
                    }
                    None => {
                        levels.push(Level::first(one));
                        levels.push(Level::second(other));
                    }
                },
                (None, None) => {}
            }
        }
        Ok(Self {
            first,
            second,
            levels,
        })
    }

    /// The levels, in order.
    pub(super) fn levels(&self) -> &Table<LevelId, Level> {
        &self.levels
    }

    /// The diagram of what `labels` makes of both leaves.
    ///
    /// # Errors
    /// It costs more than the budget.
    pub(super) fn combine<L: Label>(
        &self,
        labels: &impl Labels<A, B, L>,
        budget: &Budget,
    ) -> Result<Diagram<L>, TooLarge> {
        let levels: Levels = self.levels.map(|level| level.cells.clone());
        let mut walk = Walk {
            together: self,
            first: self.places(self.first.levels(), |level| level.first.as_ref()),
            second: self.places(self.second.levels(), |level| level.second.as_ref()),
            builder: Builder::new(levels.map(Cells::count), budget.clone()),
            known: HashMap::default(),
            budget,
        };
        let root = walk.pair(self.first.root(), self.second.root(), labels)?;
        Ok(walk.builder.finish(root, Arc::new(levels)))
    }

    /// The place among the common levels of each level of one side.
    fn places(
        &self,
        own: &Levels,
        side: fn(&Level) -> Option<&Side>,
    ) -> Table<LevelId, Option<LevelId>> {
        let mut places = own.map(|_| None);
        for (place, level) in self.levels.entries() {
            if let Some(side) = side(level) {
                places[side.level] = Some(place);
            }
        }
        places
    }
}

fn find<'c>(levels: &'c Levels, id: &Words) -> Option<(LevelId, &'c Cells)> {
    levels.entries().find(|(_, cells)| cells.fact.id == *id)
}

struct Walk<'t, 'd, A, B> {
    together: &'t Together<'d, A, B>,
    /// The place among the common levels of each level of the first diagram; `None` where their order leaves it out.
    first: Table<LevelId, Option<LevelId>>,
    second: Table<LevelId, Option<LevelId>>,
    builder: Builder,
    known: HashMap<(Target, Target), Target, FxBuildHasher>,
    budget: &'t Budget,
}

impl<A: Label, B: Label> Walk<'_, '_, A, B> {
    fn pair<L: Label>(
        &mut self,
        one: Target,
        other: Target,
        labels: &impl Labels<A, B, L>,
    ) -> Result<Target, TooLarge> {
        if let Some(label) = labels(one.label(), other.label()) {
            return Ok(Target::leaf(label));
        }
        if let Some(known) = self.known.get(&(one, other)) {
            return Ok(*known);
        }
        self.budget.step()?;
        let (first, second) = (self.together.first, self.together.second);
        let places = [
            first.level(one).map(|level| self.first[level]),
            second.level(other).map(|level| self.second[level]),
        ];
        #[expect(
            clippy::expect_used,
            reason = "both diagrams ask in the common order, and two leaves have a label"
        )]
        let here = (places.into_iter().flatten().flatten().min()).expect("a level to ask at");
        let level = &self.together.levels[here];
        let mut children = Vec::with_capacity(level.cells.count());
        for cell in level.cells.ids() {
            let one = Side::follow(&level.first, first, one, cell);
            let other = Side::follow(&level.second, second, other, cell);
            children.push(self.pair(one, other, labels)?);
        }
        let target = self.builder.node(here, &children)?;
        self.known.insert((one, other), target);
        Ok(target)
    }
}

impl Side {
    fn alone((level, cells): (LevelId, &Cells)) -> Self {
        Self {
            level,
            cells: cells.ids().collect(),
        }
    }

    /// Where a target of the own diagram leads for a common cell: itself, when it does not ask here.
    fn follow<L: Label>(
        side: &Option<Self>,
        diagram: &Diagram<L>,
        target: Target,
        cell: CellId,
    ) -> Target {
        match side {
            Some(side) => diagram.child(target, side.level, side.cells[cell]),
            None => target,
        }
    }
}

impl Level {
    /// A fact that only the first diagram asks for.
    fn first(own: (LevelId, &Cells)) -> Self {
        Self {
            cells: own.1.clone(),
            first: Some(Side::alone(own)),
            second: None,
        }
    }

    /// A fact that only the second diagram asks for.
    fn second(own: (LevelId, &Cells)) -> Self {
        Self {
            cells: own.1.clone(),
            first: None,
            second: Some(Side::alone(own)),
        }
    }

    /// The fact as both know it; `None` when its kinds differ, or no value is one of both.
    fn common(
        (level, one): (LevelId, &Cells),
        (at, other): (LevelId, &Cells),
    ) -> Result<Option<Self>, TooLarge> {
        let Some(fact) = common_fact(&one.fact, &other.fact) else {
            return Ok(None);
        };
        let translated = |own: &Cells| -> Vec<Accepts> {
            let tests = own.tests.iter();
            tests
                .map(|test| translated(*test, &own.fact, &fact))
                .collect()
        };
        let tests = [translated(one), translated(other)].concat();
        let cells = Cells::of(&fact, &tests)?;
        let side = |level: LevelId, own: &Cells| Side {
            level,
            cells: (cells.ids())
                .map(|cell| {
                    let value = value_in(&own.fact, &fact, cells.representative(cell));
                    #[expect(clippy::expect_used, reason = "common values are values of both")]
                    own.cell(value.expect("a value of the own fact"))
                })
                .collect(),
        };
        Ok(Some(Self {
            first: Some(side(level, one)),
            second: Some(side(at, other)),
            cells,
        }))
    }
}

/// The fact with the values that both have, in the order of the first.
fn common_fact(one: &Arc<Fact>, other: &Arc<Fact>) -> Option<Arc<Fact>> {
    if one.kind == other.kind {
        return Some(one.clone());
    }
    let mut fact = Fact {
        kind: one.kind.shared(&other.kind)?,
        assume: None,
        ..Fact::clone(one)
    };
    fact.assume = one.assume.and_then(|value| value_in(&fact, one, value));
    Some(Arc::new(fact))
}

/// The options of `fact` that are called like these options of `own`.
fn options_in(fact: &Fact, own: &Fact, options: Options) -> Options {
    options
        .iter()
        .filter_map(|position| fact.option(&own.options().get(position)?.id))
        .collect()
}

/// A test on `own` as a test on `fact`.
fn translated(test: Accepts, own: &Fact, fact: &Fact) -> Accepts {
    match test {
        Accepts::Choice(options) => Accepts::Choice(options_in(fact, own, options)),
        Accepts::AnyFlag(options) => Accepts::AnyFlag(options_in(fact, own, options)),
        Accepts::AtLeast(options, count) => Accepts::AtLeast(options_in(fact, own, options), count),
        Accepts::Count(_) | Accepts::YesNo(_) | Accepts::NoFlag => test,
    }
}

/// A value of `fact` as a value of `own`, whose options may be others; `None` when it is not one of them.
fn value_in(own: &Fact, fact: &Fact, value: Value) -> Option<Value> {
    match value {
        Value::Choice(position) => {
            let same = options_in(own, fact, Options::only(position));
            same.iter().next().map(Value::Choice)
        }
        Value::Flags(set) => Some(Value::Flags(options_in(own, fact, set))),
        Value::Count(_) | Value::YesNo(_) => own.kind.contains(value).then_some(value),
    }
}
