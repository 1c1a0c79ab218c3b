//! Two diagrams walked together: over the common refinement of their cells, to one diagram of what both say.
//!
//! Each fact that both ask for is cut at what the tests of either tell apart. Both must ask in the same order; flags that
//! this asks for class by class have the same classes on both sides, or are not read there.

use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::builder::Builder;
use super::diagram::Levels;
use super::order::Order;
use crate::engine::{Cells, Diagram, Label, Target, TooLarge};
use crate::ids::{CellId, LevelId, Table};
use crate::rubric::{Accepts, Fact, Options, Value, Words};

/// The levels of two diagrams, put together.
pub(in crate::engine) struct Together<'d, A, B> {
    first: &'d Diagram<A>,
    second: &'d Diagram<B>,
    levels: Table<LevelId, Level>,
}

/// One fact as either diagram knows it.
pub(in crate::engine) struct Level {
    /// The cells that the tests of both cut.
    pub(in crate::engine) cells: Cells,
    /// Which of the diagrams' rubrics know the fact.
    pub(in crate::engine) known_to: KnownTo,
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

/// A label for a pair of leaves; `None` while a leaf that is not known yet can make a difference.
pub(in crate::engine) trait Labels<A, B, L>:
    Fn(Option<A>, Option<B>) -> Option<L>
{
}
impl<A, B, L, F: Fn(Option<A>, Option<B>) -> Option<L>> Labels<A, B, L> for F {}

impl<'d, A: Label, B: Label> Together<'d, A, B> {
    /// Puts two diagrams together that ask in the order of `order`.
    pub(in crate::engine) fn new(
        first: &'d Diagram<A>,
        second: &'d Diagram<B>,
        order: &Order,
    ) -> Self {
        let mut levels: Vec<Level> = Vec::new();
        for id in &order.facts {
            let (one, other) = (find(first.levels(), id), find(second.levels(), id));
            match Level::common(&one, &other, order) {
                Some(common) => levels.extend(common),
                None => {
                    levels.extend(one.into_iter().map(Level::first));
                    levels.extend(other.into_iter().map(Level::second));
                }
            }
        }
        Self {
            first,
            second,
            levels: levels.into_iter().collect(),
        }
    }

    /// The levels, in order.
    pub(in crate::engine) fn levels(&self) -> &Table<LevelId, Level> {
        &self.levels
    }

    /// The diagram of what `labels` makes of both leaves.
    ///
    /// # Errors
    /// It costs more than the budget.
    pub(in crate::engine) fn combine<L: Label>(
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

/// The levels of a fact; none where it is not asked for.
fn find<'c>(levels: &'c Levels, id: &Words) -> Vec<(LevelId, &'c Cells)> {
    let levels = levels.entries();
    levels.filter(|(_, cells)| cells.fact.id == *id).collect()
}

struct Walk<'t, 'd, A, B> {
    together: &'t Together<'d, A, B>,
    /// The place among the common levels of each level of the first diagram; `None` where all common
    /// values are in its first cell.
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
        let one = without(one, self.together.first, &self.first);
        let other = without(other, self.together.second, &self.second);
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

/// Where a target leads at levels of which the common values are all in the first cell: those of flags that only its own
/// rubric has, of which none is set.
fn without<L: Label>(
    mut target: Target,
    diagram: &Diagram<L>,
    places: &Table<LevelId, Option<LevelId>>,
) -> Target {
    while let Some(level) = diagram
        .level(target)
        .filter(|level| places[*level].is_none())
    {
        target = diagram.child(target, level, FIRST);
    }
    target
}

/// The first cell of a level: of flags, the one in which none is set.
const FIRST: CellId = CellId::new(0);

impl Side {
    fn alone((level, cells): (LevelId, &Cells)) -> Self {
        Self {
            level,
            cells: cells.ids().collect(),
        }
    }

    /// The side of a diagram with these levels of a fact: the one among them that is for the common cells. `None` where all
    /// lie in the first cell of each, in which [`without`] finds them.
    fn of(common: &Cells, own: &[(LevelId, &Cells)]) -> Option<Self> {
        let cell = |own: &Cells, cell: CellId| {
            let value = value_in(&own.fact, &common.fact, common.representative(cell));
            #[expect(clippy::expect_used, reason = "common values are values of both")]
            own.cell(value.expect("a value of the own fact"))
        };
        let tells = |own: &Cells| common.ids().any(|id| cell(own, id) != FIRST);
        let (level, cells) = own.iter().find(|(_, cells)| tells(cells))?;
        Some(Self {
            level: *level,
            cells: common.ids().map(|id| cell(cells, id)).collect(),
        })
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
            known_to: KnownTo::First,
            first: Some(Side::alone(own)),
            second: None,
        }
    }

    /// A fact that only the second diagram asks for.
    fn second(own: (LevelId, &Cells)) -> Self {
        Self {
            cells: own.1.clone(),
            known_to: KnownTo::Second,
            first: None,
            second: Some(Side::alone(own)),
        }
    }

    /// The fact as both know it; `None` when one does not, when its kinds differ, or no value is one of both.
    fn common(
        one: &[(LevelId, &Cells)],
        other: &[(LevelId, &Cells)],
        order: &Order,
    ) -> Option<Vec<Self>> {
        let (first, second) = (one.first()?.1, other.first()?.1);
        let fact = common_fact(&first.fact, &second.fact)?;
        let classes = order.boxes.classes(&fact);
        let cells = match classes.filter(|_| first.is_part() || second.is_part()) {
            Some(classes) => Cells::of_each_class(&fact, &classes),
            None => {
                let tests = [(first, &first.fact), (second, &second.fact)].map(|(cells, own)| {
                    let tests = cells.tests.iter();
                    tests
                        .map(|test| translated(*test, own, &fact))
                        .collect::<Vec<Accepts>>()
                });
                vec![Cells::of(&fact, &tests.concat())]
            }
        };
        let level = |cells: Cells| Self {
            known_to: KnownTo::Both,
            first: Side::of(&cells, one),
            second: Side::of(&cells, other),
            cells,
        };
        Some(cells.into_iter().map(level).collect())
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
        .filter_map(|option| fact.option(&own.options()[option].id))
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
        Value::Choice(option) => {
            let same = options_in(own, fact, Options::only(option));
            same.iter().next().map(Value::Choice)
        }
        Value::Flags(set) => Some(Value::Flags(options_in(own, fact, set))),
        Value::Count(_) | Value::YesNo(_) => own.kind.contains(value).then_some(value),
    }
}
