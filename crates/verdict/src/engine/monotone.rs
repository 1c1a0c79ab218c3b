//! Monotone claims: whether raising one fact can move the recommendation the wrong way.
//!
//! Sheets before and after a step agree on all other facts, so below the step both are walked down together. A pair
//! whose recommendations lie the right way around as a whole is not walked into.

use std::cmp::Ordering;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::counterexample::{Counterexample, Raised};
use super::paths::{self, Cost, Start};
use super::{Diagram, Folded, Target, TooLarge};
use crate::ids::{CellId, FactId, LevelId, NodeId, RecommendationId, Table};
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
type Steps = HashMap<NodeId, (Cost, CellId, CellId), FxBuildHasher>;

impl Raising {
    /// The nearest sheet on which the claim fails, when there is one.
    pub(super) fn broken(
        &self,
        diagram: &Verdict,
        budget: &Budget,
    ) -> Result<Option<Counterexample>, TooLarge> {
        let levels = diagram.levels();
        let Some(level) = levels.find(|cells| cells.fact.position == self.fact) else {
            return Ok(None);
        };
        let start = Start::assumed(levels);
        let domain = &levels[level];
        let steps = match self.is_partial {
            true => domain.raises(),
            false => domain.steps_up(),
        };
        // How far a step is from the assumed value: of steps that break the promise as easily, the nearest is shown.
        let far = |low: CellId, high: CellId| {
            let nearer = start.distance(level, low).min(start.distance(level, high));
            nearer + domain.distance(low, high) - 1
        };
        let span = diagram.fold(
            |label| label.map(Span::only),
            |_, children| children.iter().copied().copied().fold(None, Span::or),
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
        for (node, _, children) in diagram.nodes().filter(|(_, own, _)| *own == level) {
            for (low, high) in &steps {
                budget.step()?;
                if let Some(cost) = pairs.cost(children[*low], children[*high])? {
                    let cost = Cost {
                        cells: cost.cells + far(*low, *high),
                        ..cost
                    };
                    let best = at.entry(node).or_insert((cost, *low, *high));
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
        level: LevelId,
        at: &Steps,
    ) -> Result<Option<Counterexample>, TooLarge> {
        let (diagram, start) = (pairs.diagram, pairs.start);
        let mut above: Table<NodeId, Option<Cost>> = Table::default();
        let of = |target: Target, above: &Table<NodeId, Option<Cost>>| {
            target.node().and_then(|node| above[node])
        };
        for (node, own, children) in diagram.nodes() {
            let moved = |(cell, child): (CellId, Target)| {
                of(child, &above).map(|cost| cost.moved(start.distance(own, cell)))
            };
            above.push(match own.cmp(&level) {
                Ordering::Equal => at.get(&node).map(|(cost, _, _)| *cost),
                Ordering::Less => children.entries().filter_map(moved).min(),
                Ordering::Greater => None,
            });
        }
        if of(diagram.root(), &above).is_none() {
            return Ok(None);
        }
        let mut taken = start.cells().clone();
        let target = paths::follow(diagram, diagram.root(), start, &mut taken, |target| {
            of(target, &above)
        });
        #[expect(
            clippy::expect_used,
            reason = "above the fact's nodes, only ways to those that break the promise have a cost"
        )]
        let node = target.node().expect("a node that asks for the fact");
        let (_, low, high) = at[&node];
        let (_, children) = diagram.node(node);
        let (recommendation, after) = pairs.follow(children[low], children[high], &mut taken)?;
        let cells = &diagram.levels()[level];
        let raised = after.map(|recommendation| Raised {
            fact: cells.fact.clone(),
            // The values nearest to each other: 29 and 30 show more than 1 and 30.
            before: cells.ends(low).1,
            after: cells.nearest(high, cells.ends(low).1),
            recommendation,
        });
        taken[level] = start.cells()[level];
        Ok(Some(Counterexample {
            moves: start.moves(&taken),
            recommendation,
            raised,
        }))
    }
}

/// The recommendations below a target, from least to most.
#[derive(Clone, Copy)]
struct Span {
    least: RecommendationId,
    most: RecommendationId,
}

impl Span {
    fn only(recommendation: RecommendationId) -> Self {
        Self {
            least: recommendation,
            most: recommendation,
        }
    }

    /// What either spans; `None` spans nothing.
    fn or(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        let (Some(first), Some(second)) = (one, other) else {
            return one.or(other);
        };
        Some(Self {
            least: first.least.min(second.least),
            most: first.most.max(second.most),
        })
    }
}

/// Sheets before and after a step, as pairs of targets.
struct Pairs<'p> {
    raising: &'p Raising,
    diagram: &'p Verdict,
    start: &'p Start<'p>,
    span: &'p Folded<Option<Span>>,
    known: HashMap<(Target, Target), Option<Cost>, FxBuildHasher>,
    budget: &'p Budget,
}

impl Pairs<'_> {
    /// Whether nothing below a pair can break the promise.
    fn is_safe(&self, one: Target, other: Target) -> bool {
        let (Some(low), Some(high)) = (self.span[one], self.span[other]) else {
            return true;
        };
        let (low, high) = match self.raising.direction {
            Direction::Up => (low, high),
            Direction::Down => (high, low),
        };
        one == other || low.most <= high.least
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
        taken: &mut Table<LevelId, CellId>,
    ) -> Result<(Option<RecommendationId>, Option<RecommendationId>), TooLarge> {
        while let Some(level) = self.level(one, other) {
            let mut best = None;
            for (distance, cell, one, other) in self.children(one, other) {
                if let Some(cost) = self.cost(one, other)? {
                    let next = (cost.moved(distance), cell, one, other);
                    best = Some(
                        best.map_or(next, |best: (Cost, CellId, Target, Target)| best.min(next)),
                    );
                }
            }
            let Some((_, cell, next, next_other)) = best else {
                break;
            };
            taken[level] = cell;
            (one, other) = (next, next_other);
        }
        Ok((one.label().flatten(), other.label().flatten()))
    }

    fn level(&self, one: Target, other: Target) -> Option<LevelId> {
        let levels = [one, other].map(|target| self.diagram.level(target));
        levels.into_iter().flatten().min()
    }

    /// Where each cell of the next level leads, with the distance to it.
    fn children(&self, one: Target, other: Target) -> Vec<(usize, CellId, Target, Target)> {
        let Some(level) = self.level(one, other) else {
            return Vec::new();
        };
        let child = |cell: CellId| {
            let distance = self.start.distance(level, cell);
            let after = |target: Target| self.diagram.child(target, level, cell);
            (distance, cell, after(one), after(other))
        };
        self.diagram.levels()[level].ids().map(child).collect()
    }
}
