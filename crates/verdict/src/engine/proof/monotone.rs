//! Monotone claims: whether raising one fact can move the recommendation the wrong way.
//!
//! Sheets before and after a step agree on all other facts, so below the step both are walked down together. A pair
//! whose recommendations lie the right way around as a whole is not walked into. Where the fact has several levels, it is
//! raised at one of them, and agrees at the others: steps of one class at a time add up. Where they do not, as some sheets
//! have no recommendation, it may be raised at those below as well.

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::counterexample::{Counterexample, Raised};
use crate::engine::diagrams::budget::Budget;
use crate::engine::diagrams::paths::{self, Cost, Costs, Start};
use crate::engine::diagrams::spans::{Moved, Span};
use crate::engine::{Cells, Diagram, Folded, Target, TooLarge};
use crate::ids::{CellId, FactId, LevelId, NodeId, RecommendationId, Table};
use crate::rubric::Direction;

/// From sheets to recommendations, where there are some to compare.
type Verdict = Diagram<Option<RecommendationId>>;

/// The claim that raising a fact moves the recommendation only one way.
pub(in crate::engine) struct Raising {
    pub(in crate::engine) fact: FactId,
    pub(in crate::engine) direction: Direction,
    /// Whether some sheets have no recommendation to compare, so that single steps do not add up to longer ones.
    pub(in crate::engine) is_partial: bool,
}

/// For each node that asks for the fact: the cheapest step up that breaks the promise.
type Steps = HashMap<NodeId, (Cost, CellId, CellId), FxBuildHasher>;

impl Raising {
    /// The nearest sheet on which the claim fails, when there is one.
    pub(in crate::engine) fn broken(
        &self,
        diagram: &Verdict,
        budget: &Budget,
    ) -> Result<Option<Counterexample>, TooLarge> {
        let levels = diagram.levels();
        let Some(level) = levels.find(|cells| cells.fact.position == self.fact) else {
            return Ok(None);
        };
        let start = Start::assumed(levels);
        let below = diagram.fold(
            |label| label.map(Outcomes::only),
            |_, children| children.iter().copied().copied().fold(None, Outcomes::or),
        );
        let mut pairs = Pairs {
            raising: self,
            diagram,
            start: &start,
            raised: Span::around(levels, level),
            below: &below,
            known: HashMap::default(),
            budget,
        };
        let mut at = Steps::default();
        let raised = pairs.raised;
        for (node, level, children) in diagram.nodes().filter(|(_, own, _)| raised.contains(*own)) {
            for (low, high) in self.steps(&levels[level]) {
                budget.step()?;
                let (one, other) = (children[low], children[high]);
                if let Some(cost) = pairs.cost(one, other, None)? {
                    // Of steps that break the promise as easily, the nearest is shown.
                    let cost = Cost {
                        cells: cost.cells + pairs.distance(level, low, high) - 1,
                        ..cost
                    };
                    let best = at.entry(node).or_insert((cost, low, high));
                    *best = (*best).min((cost, low, high));
                }
            }
        }
        self.cheapest(&mut pairs, &at)
    }

    /// The steps up at one level that have to be looked at.
    fn steps(&self, cells: &Cells) -> Vec<(CellId, CellId)> {
        match self.is_partial {
            true => cells.raises(),
            false => cells.steps_up(),
        }
    }

    /// The cheapest way from the root to a node that breaks the promise, and on below it.
    fn cheapest(
        &self,
        pairs: &mut Pairs<'_>,
        at: &Steps,
    ) -> Result<Option<Counterexample>, TooLarge> {
        let (diagram, start, raised) = (pairs.diagram, pairs.start, pairs.raised);
        let mut above: Table<NodeId, Costs> = Table::default();
        let of = |target: Target, above: &Table<NodeId, Costs>| {
            target.node().map(|node| above[node]).unwrap_or_default()
        };
        for (node, own, children) in diagram.nodes() {
            let below = children.entries();
            let below = below.map(|(cell, child)| (cell, of(child, &above)));
            above.push(if raised.contains(own) {
                // The fact itself does not count among those that differ.
                let stays = below.filter_map(|(cell, costs)| {
                    let distance = start.distance(own, cell);
                    costs.fresh.map(|cost| cost.moved(distance, true))
                });
                let steps = at.get(&node).map(|(cost, _, _)| *cost);
                Costs {
                    fact: Some(raised.first),
                    fresh: stays.chain(steps).min(),
                    left: None,
                }
            } else if own < raised.first {
                Costs::node(start, own, below)
            } else {
                Costs::default()
            });
        }
        if of(diagram.root(), &above).fresh.is_none() {
            return Ok(None);
        }
        let mut taken = start.cells().clone();
        let costs = |target| of(target, &above);
        let mut target = paths::follow(diagram, start, raised.first, &mut taken, costs);
        let (level, low, high, children) = loop {
            #[expect(
                clippy::expect_used,
                reason = "only ways to nodes at which a step breaks the promise have a cost"
            )]
            let node = target.node().expect("a node that asks for the fact");
            let (level, children) = diagram.node(node);
            let stays = children.entries().filter_map(|(cell, child)| {
                let cost = costs(child).fresh?;
                Some((cost.moved(start.distance(level, cell), true), cell, child))
            });
            let step = at.get(&node);
            match (stays.min(), step) {
                (Some((cost, cell, child)), step) if step.is_none_or(|step| cost < step.0) => {
                    taken[level] = cell;
                    target = child;
                }
                (_, Some((_, low, high))) => break (level, *low, *high, children),
                (_, None) => return Ok(None),
            }
        };
        taken[level] = low;
        let mut steps = vec![(level, high)];
        let ends = (children[low], children[high]);
        let (recommendation, after) = pairs.follow(ends, &mut taken, &mut steps)?;
        // The values nearest to each other: 29 and 30 show more than 1 and 30.
        let before = raised.last_value(diagram.levels(), &taken);
        let raised_to = after.map(|recommendation| Raised {
            fact: diagram.levels()[level].fact.clone(),
            before,
            after: Span::nearest(diagram.levels(), steps, before),
            recommendation,
        });
        for level in raised.levels() {
            taken[level] = start.cells()[level];
        }
        Ok(Some(Counterexample {
            moves: start.moves(&taken),
            recommendation,
            raised: raised_to,
        }))
    }
}

/// The recommendations below a target, from least to most.
#[derive(Clone, Copy)]
struct Outcomes {
    least: RecommendationId,
    most: RecommendationId,
}

impl Outcomes {
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
    /// The levels of the fact that is raised.
    raised: Span,
    below: &'p Folded<Option<Outcomes>>,
    known: HashMap<(Target, Target, bool), Option<Cost>, FxBuildHasher>,
    budget: &'p Budget,
}

impl Pairs<'_> {
    /// Whether nothing below a pair can break the promise.
    fn is_safe(&self, one: Target, other: Target) -> bool {
        let (Some(low), Some(high)) = (self.below[one], self.below[other]) else {
            return true;
        };
        let (low, high) = match self.raising.direction {
            Direction::Up => (low, high),
            Direction::Down => (high, low),
        };
        one == other || low.most <= high.least
    }

    /// The least cost of getting from a pair to leaves that break the promise. `left` is the first level of the fact that
    /// was left last.
    fn cost(
        &mut self,
        one: Target,
        other: Target,
        left: Option<LevelId>,
    ) -> Result<Option<Cost>, TooLarge> {
        if self.is_safe(one, other) {
            return Ok(None);
        }
        let Some(level) = self.level(one, other) else {
            return Ok(Some(Cost::default()));
        };
        let is_left = self.is_left(level, left);
        if let Some(known) = self.known.get(&(one, other, is_left)) {
            return Ok(*known);
        }
        self.budget.step()?;
        let mut least = None;
        for step in self.steps(one, other, level) {
            if let Some(cost) = self.cost_after(&step, level, is_left)? {
                least = Some(least.map_or(cost, |least: Cost| least.min(cost)));
            }
        }
        self.known.insert((one, other, is_left), least);
        Ok(least)
    }

    fn cost_after(
        &mut self,
        step: &Step,
        level: LevelId,
        is_left: bool,
    ) -> Result<Option<Cost>, TooLarge> {
        let left = self.left_after(step, level, is_left);
        let rest = self.cost(step.one, step.other, left)?;
        Ok(rest.map(|cost| cost.moved(step.distance, is_left)))
    }

    /// Whether the fact of a level counts as left: it is the one that is raised, or was left at a level before.
    fn is_left(&self, level: LevelId, left: Option<LevelId>) -> bool {
        self.raised.contains(level) || left == Some(self.start.first(level))
    }

    fn left_after(&self, step: &Step, level: LevelId, is_left: bool) -> Option<LevelId> {
        (is_left || step.distance > 0).then(|| self.start.first(level))
    }

    /// Takes the cheapest way down, with the cells before in `taken` and those that are raised in `raised`; the
    /// recommendations at its end.
    fn follow(
        &mut self,
        (mut one, mut other): (Target, Target),
        taken: &mut Table<LevelId, CellId>,
        raised: &mut Moved,
    ) -> Result<(Option<RecommendationId>, Option<RecommendationId>), TooLarge> {
        let mut left = None;
        while let Some(level) = self.level(one, other) {
            let is_left = self.is_left(level, left);
            let mut best: Option<(Cost, Step)> = None;
            for step in self.steps(one, other, level) {
                if let Some(cost) = self.cost_after(&step, level, is_left)? {
                    let next = (cost, step);
                    best = Some(best.map_or(next, |best| best.min(next)));
                }
            }
            let Some((_, step)) = best else {
                break;
            };
            taken[level] = step.low;
            if step.high != step.low {
                raised.push((level, step.high));
            }
            left = self.left_after(&step, level, is_left);
            (one, other) = (step.one, step.other);
        }
        Ok((one.label().flatten(), other.label().flatten()))
    }

    fn level(&self, one: Target, other: Target) -> Option<LevelId> {
        let levels = [one, other].map(|target| self.diagram.level(target));
        levels.into_iter().flatten().min()
    }

    /// How far a step is from the assumed value, with its own length.
    fn distance(&self, level: LevelId, low: CellId, high: CellId) -> usize {
        let from = |cell: CellId| self.start.distance(level, cell);
        let length = self.diagram.levels()[level].distance(low, high);
        from(low).min(from(high)) + length
    }

    /// Where each cell of the next level leads. Of the fact that is raised, the sheet after may have a higher cell there
    /// too.
    fn steps(&self, one: Target, other: Target, level: LevelId) -> Vec<Step> {
        let cells = &self.diagram.levels()[level];
        let mut pairs: Vec<(CellId, CellId)> = cells.ids().map(|cell| (cell, cell)).collect();
        if self.raised.contains(level) && self.raising.is_partial {
            pairs.extend(cells.raises());
        }
        let step = |(low, high): (CellId, CellId)| Step {
            distance: self.distance(level, low, high),
            low,
            high,
            one: self.diagram.child(one, level, low),
            other: self.diagram.child(other, level, high),
        };
        pairs.into_iter().map(step).collect()
    }
}

/// A step down from a pair, to a cell of the next level.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Step {
    low: CellId,
    high: CellId,
    /// By how many cells it moves from the assumed value.
    distance: usize,
    one: Target,
    other: Target,
}
