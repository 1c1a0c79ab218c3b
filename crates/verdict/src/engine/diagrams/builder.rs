//! Building diagrams: shared nodes, and the one operation from which all others are made.

use std::collections::BTreeSet;
use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{HashMap, HashTable};
use rustc_hash::FxBuildHasher;

use super::budget::Budget;
use super::diagram::{Graph, Known, Levels};
use super::nodes::{Children, Label, Nodes, Place, Target};
use crate::engine::{Cells, Diagram, TooLarge};
use crate::ids::{CellId, LevelId, NodeId, Table};

/// Where a test that does not hold ends.
pub(in crate::engine) const NO: bool = false;
/// Where a test that holds ends.
pub(in crate::engine) const YES: bool = true;

/// How many children an ordinary node has at most. A wider one counts for several: a count with a thousand thresholds
/// has a thousand cells.
const WIDTH: usize = 8;

/// Nodes under construction over a fixed order of levels. A level is a fact, or one of the two sums of the verdict,
/// which are asked last.
#[derive(Debug)]
pub(in crate::engine) struct Builder {
    /// How many cells each level has.
    arity: Table<LevelId, usize>,
    nodes: Nodes,
    shared: HashTable<NodeId>,
    chosen: HashMap<(Target, Target, Target), Target, FxBuildHasher>,
    budget: Budget,
}

impl Builder {
    pub(in crate::engine) fn new(arity: Table<LevelId, usize>, budget: Budget) -> Self {
        Self {
            arity,
            nodes: Nodes::default(),
            shared: HashTable::new(),
            chosen: HashMap::default(),
            budget,
        }
    }

    /// The cells of a level.
    pub(in crate::engine) fn cells(
        &self,
        level: LevelId,
    ) -> impl ExactSizeIterator<Item = CellId> + use<> {
        (0..self.arity[level]).map(CellId::new)
    }

    /// The level at which a target asks; `None` for a leaf.
    pub(in crate::engine) fn level(&self, target: Target) -> Option<LevelId> {
        self.nodes.level(target)
    }

    /// The lowest level at which a target or anything below it asks; `None` for a leaf.
    pub(in crate::engine) fn last_level(&self, target: Target) -> Option<LevelId> {
        let mut last = None;
        let mut waiting = vec![target];
        let mut seen = BTreeSet::new();
        while let Some(target) = waiting.pop() {
            if let Some(node) = target.node()
                && seen.insert(node)
            {
                let (level, children) = self.nodes.get(node);
                last = last.max(Some(level));
                waiting.extend(children.iter());
            }
        }
        last
    }

    /// Where a target leads for a cell of `level`: itself, when it does not ask there.
    pub(in crate::engine) fn child(&self, target: Target, level: LevelId, cell: CellId) -> Target {
        self.nodes.child(target, level, cell)
    }

    /// The node that asks at `level` and leads to `children`: an equal one when there is one, none at all when the
    /// answer makes no difference.
    pub(in crate::engine) fn node(
        &mut self,
        level: LevelId,
        children: &[Target],
    ) -> Result<Target, TooLarge> {
        // A wide node is the work of several, even if it turns out that none is needed.
        (0..children.len() / WIDTH).try_for_each(|_| self.budget.step())?;
        if let Some((first, rest)) = children.split_first()
            && rest.iter().all(|child| child == first)
        {
            return Ok(*first);
        }
        self.budget.step()?;
        let key = (level, Children::from(children));
        let hash = FxBuildHasher.hash_one(key);
        let same = self.shared.find(hash, |node| self.nodes.get(*node) == key);
        if let Some(node) = same {
            return Ok((*node).into());
        }
        let most_children = self.budget.most_nodes().saturating_mul(WIDTH);
        if self.nodes.len() >= self.budget.most_nodes() || self.nodes.children() >= most_children {
            return Err(TooLarge::Nodes {
                most: self.budget.most_nodes(),
            });
        }
        let node = self.nodes.push(level, children.iter().copied());
        let nodes = &self.nodes;
        self.shared
            .insert_unique(hash, node, |node| FxBuildHasher.hash_one(nodes.get(*node)));
        Ok(node.into())
    }

    /// `yes` where `test` holds, `no` elsewhere; `test` has the leaves [`YES`] and [`NO`].
    pub(in crate::engine) fn choose(
        &mut self,
        test: Target,
        yes: Target,
        no: Target,
    ) -> Result<Target, TooLarge> {
        let asked = match test.place() {
            Place::Leaf(YES) => return Ok(yes),
            Place::Leaf(NO) => return Ok(no),
            Place::Node(_) if yes == no => return Ok(yes),
            Place::Node(node) => self.nodes.get(node).0,
        };
        if let Some(known) = self.chosen.get(&(test, yes, no)) {
            return Ok(*known);
        }
        let below = [yes, no]
            .into_iter()
            .filter_map(|target| self.level(target));
        let level = below.fold(asked, LevelId::min);
        let cells = self.cells(level);
        let mut children = Vec::with_capacity(cells.len());
        for cell in cells {
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
    pub(in crate::engine) fn finish<L: Label>(
        &self,
        root: Target,
        levels: Arc<Levels>,
    ) -> Diagram<L> {
        let mut root = root;
        let nodes = self.below([&mut root]);
        Diagram::new(levels, Graph { nodes, root })
    }

    /// The nodes below some roots, without whatever else was built. The roots get their new names.
    pub(in crate::engine) fn below<'t>(
        &self,
        roots: impl IntoIterator<Item = &'t mut Target>,
    ) -> Nodes {
        let roots: Vec<&mut Target> = roots.into_iter().collect();
        // Nodes are made after their children, so in the order of their ids children come first.
        let mut is_needed = self.nodes.table(false);
        let mark = |target: Target, is_needed: &mut Table<NodeId, bool>| {
            if let Some(node) = target.node() {
                is_needed[node] = true;
            }
        };
        roots.iter().for_each(|root| mark(**root, &mut is_needed));
        for (node, _, children) in self.nodes.iter().rev() {
            if is_needed[node] {
                children
                    .iter()
                    .for_each(|child| mark(child, &mut is_needed));
            }
        }
        let mut kept = Nodes::default();
        // A node that is not needed has the name of the next one that is; nothing leads to it.
        let mut renamed: Table<NodeId, NodeId> = Table::default();
        let rename = |target: Target, renamed: &Table<NodeId, NodeId>| match target.node() {
            Some(node) => renamed[node].into(),
            None => target,
        };
        for (node, level, children) in self.nodes.iter() {
            renamed.push(kept.next_id());
            if is_needed[node] {
                kept.push(level, children.iter().map(|child| rename(child, &renamed)));
            }
        }
        for root in roots {
            *root = rename(*root, &renamed);
        }
        kept
    }
}

impl<L: Label> Diagram<L> {
    /// The same diagram with other labels on its leaves.
    pub(in crate::engine) fn relabelled<M: Label>(&self, label: impl Fn(L) -> M) -> Diagram<M> {
        self.rebuilt(label, |_| None)
    }

    /// The same diagram with known facts no longer asked. What can no longer matter is asked nowhere.
    pub(in crate::engine) fn given(&self, known: &Known) -> Self {
        self.rebuilt(|label| label, |level| known[level])
    }

    fn rebuilt<M: Label>(
        &self,
        label: impl Fn(L) -> M,
        known: impl Fn(LevelId) -> Option<CellId>,
    ) -> Diagram<M> {
        let mut root = self.root();
        let nodes = rebuilt(
            self.levels(),
            &self.graph().nodes,
            [&mut root],
            label,
            known,
        );
        Diagram::new(self.shared_levels(), Graph { nodes, root })
    }
}

/// What is below some roots with other labels on the leaves and without the facts that are known. The roots get their new
/// names.
pub(in crate::engine) fn rebuilt<'t, L: Label, M: Label>(
    levels: &Levels,
    nodes: &Nodes,
    roots: impl IntoIterator<Item = &'t mut Target>,
    label: impl Fn(L) -> M,
    known: impl Fn(LevelId) -> Option<CellId>,
) -> Nodes {
    let mut builder = Builder::new(levels.map(Cells::count), Budget::of_nodes(usize::MAX));
    let mut new: Table<NodeId, Target> = Table::default();
    let renamed = |target: Target, new: &Table<NodeId, Target>| match target.place() {
        Place::Leaf(old) => Target::leaf(label(old)),
        Place::Node(node) => new[node],
    };
    for (_, level, children) in nodes.iter() {
        let target = match known(level) {
            Some(cell) => renamed(children[cell], &new),
            None => {
                let children = children.iter().map(|child| renamed(child, &new));
                let children: Vec<Target> = children.collect();
                #[expect(clippy::expect_used, reason = "this builder has no limits")]
                builder.node(level, &children).expect("no limit")
            }
        };
        new.push(target);
    }
    builder.below(roots.into_iter().map(|root| {
        *root = renamed(*root, &new);
        root
    }))
}
