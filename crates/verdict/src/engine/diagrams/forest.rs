//! Many tests over the same facts: their nodes are shared, and each test has a root of its own.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::builder::rebuilt;
use super::diagram::{Known, Levels};
use super::nodes::{Nodes, Place, Target};
use crate::ids::{CellId, LevelId};

/// The nodes of all the tests, whose roots are kept by whoever asks.
#[derive(Clone, Debug)]
pub(in crate::engine) struct Forest {
    levels: Arc<Levels>,
    nodes: Nodes,
}

impl Forest {
    pub(in crate::engine) fn new(levels: Arc<Levels>, nodes: Nodes) -> Self {
        Self { levels, nodes }
    }

    /// The nodes without their facts.
    pub(in crate::engine) fn nodes(&self) -> &Nodes {
        &self.nodes
    }

    /// The level at which a target asks; `None` for a leaf.
    pub(in crate::engine) fn level(&self, target: Target) -> Option<LevelId> {
        self.nodes.level(target)
    }

    /// Where a target leads for a cell of `level`: itself, when it does not ask there.
    pub(in crate::engine) fn child(&self, target: Target, level: LevelId, cell: CellId) -> Target {
        self.nodes.child(target, level, cell)
    }

    /// Whether the test of this root holds whatever the unknown answers are; `None` when they decide it.
    pub(in crate::engine) fn settled(&self, root: Target, known: &Known) -> Option<bool> {
        settled(&self.nodes, root, known)
    }

    /// The levels at which the tests of these roots still ask, once what is known is no longer asked.
    pub(in crate::engine) fn open(
        &self,
        mut roots: Vec<Target>,
        known: &Known,
    ) -> BTreeSet<LevelId> {
        let same = |label: bool| label;
        let open = rebuilt(&self.levels, &self.nodes, &mut roots, same, |level| {
            known[level]
        });
        open.iter().map(|(_, level, _)| level).collect()
    }
}

/// Whether a test holds whatever the unknown answers are; `None` when they decide it.
pub(in crate::engine) fn settled(nodes: &Nodes, root: Target, known: &Known) -> Option<bool> {
    let mut only = None;
    let mut seen = nodes.table(false);
    let mut waiting = vec![root];
    while let Some(target) = waiting.pop() {
        let node = match target.place() {
            Place::Leaf(label) if only.is_some_and(|other| other != label) => return None,
            Place::Leaf(label) => {
                only = Some(label);
                continue;
            }
            Place::Node(node) => node,
        };
        if !std::mem::replace(&mut seen[node], true) {
            let (level, children) = nodes.get(node);
            match known[level] {
                Some(cell) => waiting.push(children[cell]),
                None => waiting.extend(children.iter()),
            }
        }
    }
    only
}
