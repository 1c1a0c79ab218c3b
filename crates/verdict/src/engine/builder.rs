//! Building diagrams: shared nodes, and the one operation from which all others are made.

use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{HashMap, HashTable};
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::{Cells, Diagram, Label, Target, TooLarge};

/// Where a test that does not hold ends.
pub(super) const NO: bool = false;
/// Where a test that holds ends.
pub(super) const YES: bool = true;

/// How many children an ordinary node has at most. A wider one counts for several: a count with a thousand thresholds
/// has a thousand cells.
const WIDTH: usize = 8;

/// Nodes under construction over a fixed order of levels. A level is a fact, or one of the two sums of the verdict,
/// which are asked last.
#[derive(Debug)]
pub(super) struct Builder {
    /// How many cells each level has.
    arity: Vec<usize>,
    nodes: Vec<(u32, u32)>,
    children: Vec<Target>,
    shared: HashTable<u32>,
    chosen: HashMap<(Target, Target, Target), Target, FxBuildHasher>,
    budget: Budget,
}

impl Builder {
    pub(super) fn new(arity: Vec<usize>, budget: Budget) -> Self {
        Self {
            arity,
            nodes: Vec::new(),
            children: Vec::new(),
            shared: HashTable::new(),
            chosen: HashMap::default(),
            budget,
        }
    }

    /// The number of cells of a level.
    pub(super) fn arity(&self, level: usize) -> usize {
        self.arity.get(level).copied().unwrap_or(0)
    }

    /// The level of a target; leaves lie below all levels.
    pub(super) fn level(&self, target: Target) -> usize {
        let node = target
            .position()
            .and_then(|position| self.nodes.get(position));
        node.map_or(usize::MAX, |(level, _)| *level as usize)
    }

    /// The lowest level at which a target or anything below it asks; 0 for a leaf.
    pub(super) fn last_level(&self, target: Target) -> usize {
        let mut last = 0;
        let mut waiting = vec![target];
        let mut seen = BTreeSet::new();
        while let Some(target) = waiting.pop() {
            if let Some(node) = target
                .position()
                .and_then(|position| self.nodes.get(position))
                && seen.insert(target)
            {
                last = last.max(node.0 as usize);
                waiting.extend_from_slice(self.children_of(*node));
            }
        }
        last
    }

    /// Where a target leads for a cell of `level`: itself, when it does not ask there.
    pub(super) fn child(&self, target: Target, level: usize, cell: usize) -> Target {
        let node = target
            .position()
            .and_then(|position| self.nodes.get(position));
        match node {
            Some((own, first)) if *own as usize == level => self
                .children
                .get(*first as usize + cell)
                .copied()
                .unwrap_or(target),
            _ => target,
        }
    }

    fn children_of(&self, (level, first): (u32, u32)) -> &[Target] {
        let first = first as usize;
        self.children
            .get(first..first + self.arity(level as usize))
            .unwrap_or(&[])
    }

    /// The node that asks at `level` and leads to `children`: an equal one when there is one, none at all when the
    /// answer makes no difference.
    pub(super) fn node(&mut self, level: usize, children: &[Target]) -> Result<Target, TooLarge> {
        // A wide node is the work of several, even if it turns out that none is needed.
        (0..children.len() / WIDTH).try_for_each(|_| self.budget.step())?;
        if let Some((first, rest)) = children.split_first()
            && rest.iter().all(|child| child == first)
        {
            return Ok(*first);
        }
        self.budget.step()?;
        let key = (u32::try_from(level).unwrap_or(u32::MAX), children);
        let hash = FxBuildHasher.hash_one(key);
        let same = self.shared.find(hash, |position| {
            self.nodes
                .get(*position as usize)
                .is_some_and(|node| (node.0, self.children_of(*node)) == key)
        });
        if let Some(position) = same {
            return Ok(Target::node(*position as usize));
        }
        let most_children = self.budget.most_nodes().saturating_mul(WIDTH);
        if self.nodes.len() >= self.budget.most_nodes() || self.children.len() >= most_children {
            return Err(TooLarge::Nodes {
                most: self.budget.most_nodes(),
            });
        }
        let position = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push((
            key.0,
            u32::try_from(self.children.len()).unwrap_or(u32::MAX),
        ));
        self.children.extend_from_slice(children);
        let (nodes, all, arity) = (&self.nodes, &self.children, &self.arity);
        self.shared.insert_unique(hash, position, |position| {
            let Some((level, first)) = nodes.get(*position as usize) else {
                return 0;
            };
            let first = *first as usize;
            let count = arity.get(*level as usize).copied().unwrap_or(0);
            FxBuildHasher.hash_one((*level, all.get(first..first + count).unwrap_or(&[])))
        });
        Ok(Target::node(position as usize))
    }

    /// `yes` where `test` holds, `no` elsewhere; `test` has the leaves [`YES`] and [`NO`].
    pub(super) fn choose(
        &mut self,
        test: Target,
        yes: Target,
        no: Target,
    ) -> Result<Target, TooLarge> {
        match test.label() {
            Some(YES) => return Ok(yes),
            Some(_) => return Ok(no),
            None if yes == no => return Ok(yes),
            None => {}
        }
        if let Some(known) = self.chosen.get(&(test, yes, no)) {
            return Ok(*known);
        }
        let level = self.level(test).min(self.level(yes)).min(self.level(no));
        let mut children = Vec::with_capacity(self.arity(level));
        for cell in 0..self.arity(level) {
            let (test, yes, no) = (
                self.child(test, level, cell),
                self.child(yes, level, cell),
                self.child(no, level, cell),
            );
            children.push(self.choose(test, yes, no)?);
        }
        let chosen = self.node(level, &children)?;
        self.chosen.insert((test, yes, no), chosen);
        Ok(chosen)
    }

    /// The diagram that starts at `root`, without whatever else was built.
    pub(super) fn finish<L: Label>(&self, root: Target, levels: Arc<[Cells]>) -> Diagram<L> {
        // Nodes are made after their children, so in order of position children come first.
        let mut is_needed = vec![false; self.nodes.len()];
        let mark = |target: Target, is_needed: &mut Vec<bool>| {
            if let Some(slot) = target
                .position()
                .and_then(|position| is_needed.get_mut(position))
            {
                *slot = true;
            }
        };
        mark(root, &mut is_needed);
        for (position, node) in self.nodes.iter().enumerate().rev() {
            if is_needed.get(position) == Some(&true) {
                self.children_of(*node)
                    .iter()
                    .for_each(|child| mark(*child, &mut is_needed));
            }
        }
        let mut renamed: Vec<u32> = Vec::with_capacity(self.nodes.len());
        let mut count = 0;
        for needed in &is_needed {
            renamed.push(count);
            count += u32::from(*needed);
        }
        let rename = |target: Target| {
            let new = target.position().and_then(|position| renamed.get(position));
            new.map_or(target, |position| Target::node(*position as usize))
        };
        let kept = self
            .nodes
            .iter()
            .zip(&is_needed)
            .filter(|(_, needed)| **needed)
            .map(|(node, _)| node);
        let nodes = kept.map(|node| {
            (
                node.0 as usize,
                self.children_of(*node)
                    .iter()
                    .copied()
                    .map(rename)
                    .collect(),
            )
        });
        Diagram::from_nodes(levels, nodes, rename(root))
    }
}

impl<L: Label> Diagram<L> {
    /// The same diagram with other labels on its leaves, and with known facts no longer asked: `known` gives their
    /// cells, level by level. What can no longer matter is asked nowhere.
    pub(super) fn rebuilt<M: Label>(
        &self,
        label: impl Fn(L) -> M,
        known: &[Option<usize>],
    ) -> Diagram<M> {
        let arity = self.levels().iter().map(Cells::count).collect();
        let mut builder = Builder::new(arity, Budget::of_nodes(usize::MAX));
        let mut new: Vec<Target> = Vec::with_capacity(self.len());
        let renamed = |target: Target, new: &[Target]| match (target.label(), target.position()) {
            (Some(old), _) => Target::leaf(label(old)),
            (_, Some(position)) => new.get(position).copied().unwrap_or(target),
            _ => target,
        };
        for (_, level, children) in self.nodes() {
            let target = match known
                .get(level)
                .copied()
                .flatten()
                .and_then(|cell| children.get(cell))
            {
                Some(child) => renamed(*child, &new),
                None => {
                    let children: Vec<Target> =
                        children.iter().map(|child| renamed(*child, &new)).collect();
                    // A rebuilt diagram has no more nodes than its original: the limit is never met.
                    builder.node(level, &children).unwrap_or(Target::leaf(NO))
                }
            };
            new.push(target);
        }
        builder.finish(renamed(self.root(), &new), self.shared_levels())
    }
}
