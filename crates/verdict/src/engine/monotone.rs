//! Monotone claims: whether raising one fact can move the recommendation the wrong way.
//!
//! Sheets before and after a step agree on all other facts, so below the step both are walked down together. A pair
//! whose recommendations lie the right way around as a whole is not walked into.

use std::cmp::Ordering;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::guarantees::{Counterexample, Raised};
use super::paths::{self, Cost, Start};
use super::{Cells, Diagram, Folded, Target, TooLarge};
use crate::ids::{FactId, Id, RecommendationId};
use crate::rubric::Direction;

/// From sheets to recommendations, where there are some to compare.
type Verdict = Diagram<Option<RecommendationId>>;

/// The claim that raising a fact moves the recommendation only one way.
pub(super) struct Raising {
    pub(super) fact: FactId,
    pub(super) direction: Direction,
    /// Whether some sheets have no recommendation to compare, so that single steps do not add up to longer ones.
    pub(super) is_partial: bool,
}

/// For each node that asks for the fact: the cheapest step up that breaks the promise.
type Steps = HashMap<Target, (Cost, usize, usize), FxBuildHasher>;

impl Raising {
    /// The nearest sheet on which the claim fails, when there is one.
    pub(super) fn broken(
        &self,
        diagram: &Verdict,
        budget: &Budget,
    ) -> Result<Option<Counterexample>, TooLarge> {
        let levels = diagram.levels();
        let Some(level) = levels
            .iter()
            .position(|cells| cells.fact.position == self.fact)
        else {
            return Ok(None);
        };
        let start = Start::assumed(levels);
        let domain = levels.get(level);
        let steps = match domain {
            Some(cells) if self.is_partial => cells.raises(),
            Some(cells) => cells.steps_up(),
            None => Vec::new(),
        };
        // How far a step is from the assumed value: of steps that break the promise as easily, the nearest is shown.
        let here = start.cell(level);
        let far = |low: usize, high: usize| {
            let distance = |cell: usize| domain.map_or(0, |cells| cells.distance(here, cell));
            distance(low).min(distance(high)) + domain.map_or(0, |cells| cells.distance(low, high))
                - 1
        };
        let span = diagram.fold(
            |label| label.map_or(Span::NONE, Span::only),
            |_, children| {
                children
                    .iter()
                    .fold(Span::NONE, |all, child| all.or(**child))
            },
        );
        let mut pairs = Pairs {
            raising: self,
            diagram,
            start: &start,
            span: &span,
            known: HashMap::default(),
            budget,
        };
        let mut at = Steps::default();
        for (target, own, children) in diagram.nodes() {
            if own != level {
                continue;
            }
            for (low, high) in &steps {
                budget.step()?;
                if let (Some(one), Some(other)) = (children.get(*low), children.get(*high))
                    && let Some(cost) = pairs.cost(*one, *other)?
                {
                    let cost = Cost {
                        cells: cost.cells + far(*low, *high),
                        ..cost
                    };
                    let best = at.entry(target).or_insert((cost, *low, *high));
                    *best = (*best).min((cost, *low, *high));
                }
            }
        }
        self.cheapest(&mut pairs, level, &at)
    }

    /// The cheapest way from the root to a node that breaks the promise, and on below it.
    fn cheapest(
        &self,
        pairs: &mut Pairs<'_>,
        level: usize,
        at: &Steps,
    ) -> Result<Option<Counterexample>, TooLarge> {
        let (diagram, start) = (pairs.diagram, pairs.start);
        let levels = diagram.levels();
        let mut above: Vec<Option<Cost>> = Vec::with_capacity(diagram.len());
        let of = |target: Target, above: &[Option<Cost>]| {
            target
                .position()
                .and_then(|position| above.get(position))
                .copied()
                .flatten()
        };
        for (target, own, children) in diagram.nodes() {
            let moved = |(cell, child): (usize, &Target)| {
                of(*child, &above).map(|cost| cost.moved(start.distance(levels, own, cell)))
            };
            above.push(match own.cmp(&level) {
                Ordering::Equal => at.get(&target).map(|(cost, _, _)| *cost),
                Ordering::Less => children.iter().enumerate().filter_map(moved).min(),
                Ordering::Greater => None,
            });
        }
        if of(diagram.root(), &above).is_none() {
            return Ok(None);
        }
        let mut taken = start.cells();
        let target = paths::follow(diagram, diagram.root(), start, &mut taken, |target| {
            of(target, &above)
        });
        let (Some((_, low, high)), Some((_, children))) = (at.get(&target), diagram.ask(target))
        else {
            return Ok(None);
        };
        let (Some(one), Some(other)) = (children.get(*low), children.get(*high)) else {
            return Ok(None);
        };
        let (recommendation, after) = pairs.follow(*one, *other, &mut taken)?;
        let raised = levels
            .get(level)
            .zip(after)
            .map(|(cells, recommendation)| Raised {
                fact: cells.fact.clone(),
                // The values nearest to each other: 29 and 30 show more than 1 and 30.
                before: cells.ends(*low).1,
                after: cells.nearest(*high, cells.ends(*low).1),
                recommendation,
            });
        if let Some(slot) = taken.get_mut(level) {
            *slot = start.cell(level);
        }
        Ok(Some(Counterexample {
            moves: start.moves(levels, &taken),
            recommendation,
            raised,
        }))
    }
}

/// The recommendations below a target, from least to most.
#[derive(Clone, Copy)]
struct Span {
    least: usize,
    most: usize,
}

impl Span {
    const NONE: Self = Self {
        least: usize::MAX,
        most: 0,
    };

    fn only(recommendation: RecommendationId) -> Self {
        let place = recommendation.position();
        Self {
            least: place,
            most: place,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
        }
    }

    fn is_none(self) -> bool {
        self.least > self.most
    }
}

/// Sheets before and after a step, as pairs of targets.
struct Pairs<'p> {
    raising: &'p Raising,
    diagram: &'p Verdict,
    start: &'p Start,
    span: &'p Folded<Span>,
    known: HashMap<(Target, Target), Option<Cost>, FxBuildHasher>,
    budget: &'p Budget,
}

impl Pairs<'_> {
    /// Whether nothing below a pair can break the promise.
    fn is_safe(&self, one: Target, other: Target) -> bool {
        let (Some(low), Some(high)) = (self.span.get(one), self.span.get(other)) else {
            return true;
        };
        let (low, high) = if self.raising.direction == Direction::Up {
            (low, high)
        } else {
            (high, low)
        };
        one == other || low.is_none() || high.is_none() || low.most <= high.least
    }

    /// The least cost of getting from a pair to leaves that break the promise.
    fn cost(&mut self, one: Target, other: Target) -> Result<Option<Cost>, TooLarge> {
        if self.is_safe(one, other) {
            return Ok(None);
        }
        if one.number().is_some() && other.number().is_some() {
            return Ok(Some(Cost::default()));
        }
        if let Some(known) = self.known.get(&(one, other)) {
            return Ok(*known);
        }
        self.budget.step()?;
        let mut least = None;
        for (distance, _, one, other) in self.children(one, other) {
            if let Some(cost) = self.cost(one, other)? {
                let cost = cost.moved(distance);
                least = Some(least.map_or(cost, |least: Cost| least.min(cost)));
            }
        }
        self.known.insert((one, other), least);
        Ok(least)
    }

    /// Takes the cheapest way down; the recommendations at its end.
    fn follow(
        &mut self,
        mut one: Target,
        mut other: Target,
        taken: &mut [usize],
    ) -> Result<(Option<RecommendationId>, Option<RecommendationId>), TooLarge> {
        while let Some(level) = self.level(one, other) {
            let mut best = None;
            for (distance, cell, one, other) in self.children(one, other) {
                if let Some(cost) = self.cost(one, other)? {
                    let next = (cost.moved(distance), cell, one, other);
                    best = Some(
                        best.map_or(next, |best: (Cost, usize, Target, Target)| best.min(next)),
                    );
                }
            }
            let Some((_, cell, next, next_other)) = best else {
                break;
            };
            if let Some(slot) = taken.get_mut(level) {
                *slot = cell;
            }
            (one, other) = (next, next_other);
        }
        Ok((one.label().flatten(), other.label().flatten()))
    }

    fn level(&self, one: Target, other: Target) -> Option<usize> {
        let level = |target: Target| self.diagram.ask(target).map(|(level, _)| level);
        level(one).into_iter().chain(level(other)).min()
    }

    /// Where each cell of the next level leads, with the distance to it.
    fn children(&self, one: Target, other: Target) -> Vec<(usize, usize, Target, Target)> {
        let Some(level) = self.level(one, other) else {
            return Vec::new();
        };
        let levels = self.diagram.levels();
        let child = |target: Target, cell: usize| match self.diagram.ask(target) {
            Some((own, children)) if own == level => children.get(cell).copied().unwrap_or(target),
            _ => target,
        };
        (0..levels.get(level).map_or(0, Cells::count))
            .map(|cell| {
                (
                    self.start.distance(levels, level, cell),
                    cell,
                    child(one, cell),
                    child(other, cell),
                )
            })
            .collect()
    }
}
