//! Two diagrams walked together: over the common refinement of their cells, to one diagram of what both say.
//!
//! Each fact that both ask for is cut at what the tests of either tell apart. Both must ask in the same order.

use std::sync::Arc;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::builder::Builder;
use super::difference::KnownTo;
use super::order::Order;
use super::{Cells, Diagram, Label, Target, TooLarge};
use crate::rubric::{Accepts, Fact, FactOption, Kind, Options, Value, Words};

/// The levels of two diagrams, put together.
pub(super) struct Together<'d, A, B> {
    first: &'d Diagram<A>,
    second: &'d Diagram<B>,
    levels: Vec<Level>,
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
    level: usize,
    cells: Vec<usize>,
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
        let mut levels = Vec::new();
        for id in order {
            match (find(first.levels(), id), find(second.levels(), id)) {
                (Some((level, cells)), None) => levels.push(Level::alone(level, cells, true)),
                (None, Some((level, cells))) => levels.push(Level::alone(level, cells, false)),
                (Some(one), Some(other)) => match Level::common(one, other)? {
                    Some(level) => levels.push(level),
                    None => {
                        levels.push(Level::alone(one.0, one.1, true));
                        levels.push(Level::alone(other.0, other.1, false));
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
    pub(super) fn levels(&self) -> &[Level] {
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
        let cells: Vec<Cells> = self
            .levels
            .iter()
            .map(|level| level.cells.clone())
            .collect();
        let builder = Builder::new(cells.iter().map(Cells::count).collect(), budget.clone());
        let places = |side: fn(&Level) -> Option<&Side>, count: usize| {
            let mut places = vec![usize::MAX; count];
            for (place, level) in self.levels.iter().enumerate() {
                if let Some(slot) = side(level).and_then(|side| places.get_mut(side.level)) {
                    *slot = place;
                }
            }
            places
        };
        let mut walk = Walk {
            together: self,
            first: places(|level| level.first.as_ref(), self.first.levels().len()),
            second: places(|level| level.second.as_ref(), self.second.levels().len()),
            builder,
            known: HashMap::default(),
            budget,
        };
        let root = walk.pair(self.first.root(), self.second.root(), labels)?;
        Ok(walk.builder.finish(root, cells.into()))
    }
}

fn find<'c>(levels: &'c [Cells], id: &Words) -> Option<(usize, &'c Cells)> {
    levels
        .iter()
        .enumerate()
        .find(|(_, cells)| cells.fact.id == *id)
}

struct Walk<'t, 'd, A, B> {
    together: &'t Together<'d, A, B>,
    /// The place among the common levels of each level of the first diagram.
    first: Vec<usize>,
    second: Vec<usize>,
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
        let together = self.together;
        let (first, second) = (together.first.ask(one), together.second.ask(other));
        let place = |asked: Option<(usize, &[Target])>, places: &[usize]| {
            asked
                .and_then(|(level, _)| places.get(level))
                .copied()
                .unwrap_or(usize::MAX)
        };
        let (at_first, at_second) = (place(first, &self.first), place(second, &self.second));
        let here = at_first.min(at_second);
        let Some(level) = together.levels.get(here) else {
            return Ok(Target::leaf(false));
        };
        let follow = |asked: Option<(usize, &[Target])>,
                      at: usize,
                      side: &Option<Side>,
                      cell: usize,
                      stay: Target| {
            let children = asked.filter(|_| at == here).map(|(_, children)| children);
            let own = side.as_ref().and_then(|side| side.cells.get(cell));
            children
                .zip(own)
                .and_then(|(children, own)| children.get(*own))
                .copied()
                .unwrap_or(stay)
        };
        let mut children = Vec::with_capacity(level.cells.count());
        for cell in 0..level.cells.count() {
            let one = follow(first, at_first, &level.first, cell, one);
            let other = follow(second, at_second, &level.second, cell, other);
            children.push(self.pair(one, other, labels)?);
        }
        let target = self.builder.node(here, &children)?;
        self.known.insert((one, other), target);
        Ok(target)
    }
}

impl Level {
    fn alone(level: usize, cells: &Cells, is_first: bool) -> Self {
        let side = Side {
            level,
            cells: (0..cells.count()).collect(),
        };
        let (first, second) = if is_first {
            (Some(side), None)
        } else {
            (None, Some(side))
        };
        Self {
            cells: cells.clone(),
            first,
            second,
        }
    }

    /// The fact as both know it; `None` when its kinds differ, or no value is one of both.
    fn common(
        (level, one): (usize, &Cells),
        (at, other): (usize, &Cells),
    ) -> Result<Option<Self>, TooLarge> {
        let Some(fact) = common_fact(&one.fact, &other.fact) else {
            return Ok(None);
        };
        let tests = one
            .tests
            .iter()
            .map(|test| translated(*test, &one.fact, &fact));
        let tests: Vec<Accepts> = tests
            .chain(
                other
                    .tests
                    .iter()
                    .map(|test| translated(*test, &other.fact, &fact)),
            )
            .collect();
        let cells = Cells::of(&fact, &tests)?;
        let side = |level: usize, own: &Cells| {
            let cell =
                |cell: usize| own.cell(value_in(&own.fact, &fact, cells.representative(cell)));
            Side {
                level,
                cells: (0..cells.count()).map(cell).collect(),
            }
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
    let shared = |one: &[FactOption], other: &[FactOption]| -> Vec<FactOption> {
        one.iter()
            .filter(|option| other.iter().any(|other| other.id == option.id))
            .cloned()
            .collect()
    };
    let kind = match (&one.kind, &other.kind) {
        (
            Kind::Count { min, max },
            Kind::Count {
                min: least,
                max: most,
            },
        ) => Kind::Count {
            min: *min.max(least),
            max: *max.min(most),
        },
        (Kind::Choice(one), Kind::Choice(other)) => Kind::Choice(shared(one, other)),
        (Kind::Flags(one), Kind::Flags(other)) => Kind::Flags(shared(one, other)),
        _ => return None,
    };
    let has_values = match &kind {
        Kind::Count { min, max } => min <= max,
        Kind::Choice(options) => !options.is_empty(),
        Kind::YesNo | Kind::Flags(_) => true,
    };
    let mut fact = Fact {
        kind,
        assume: None,
        ..Fact::clone(one)
    };
    fact.assume = one.assume.and_then(|value| shared_value(&fact, one, value));
    has_values.then(|| Arc::new(fact))
}

/// A value of `own` as a value of `fact`, which has fewer; `None` when it is not one of them.
fn shared_value(fact: &Fact, own: &Fact, value: Value) -> Option<Value> {
    let translated = value_in(fact, own, value);
    let is_kept = match (&fact.kind, value) {
        (Kind::Count { min, max }, Value::Count(number)) => (min..=max).contains(&&number),
        (_, Value::Choice(position)) => !options_in(fact, own, Options::only(position)).is_empty(),
        _ => true,
    };
    is_kept.then_some(translated)
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
        Accepts::Count(_) | Accepts::YesNo(_) | Accepts::NoFlag => test,
    }
}

/// A value of `fact` as a value of `own`, which has options of the same names.
fn value_in(own: &Fact, fact: &Fact, value: Value) -> Value {
    match value {
        Value::Choice(position) => Value::Choice(
            options_in(own, fact, Options::only(position))
                .iter()
                .next()
                .unwrap_or(0),
        ),
        Value::Flags(set) => Value::Flags(options_in(own, fact, set)),
        Value::Count(_) | Value::YesNo(_) => value,
    }
}
