//! A reduced, ordered, multi-valued decision diagram: from cells of facts to leaves.
//!
//! Each node asks for one fact; its children are the fact's cells. Facts are asked in one order on every path, equal
//! nodes are shared, and a node whose children are all the same is left out. So two diagrams over the same order are
//! equal exactly when they give the same leaf for every sheet, and a fact that is nowhere asked cannot matter.
//! (Bryant 1986 for binary diagrams; Srinivasan et al. 1990 for many values.)

use std::marker::PhantomData;
use std::ops::Index;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::nodes::{Children, Label, Nodes, Place, Target};
use crate::answers::Sheet;
use crate::engine::Cells;
use crate::ids::{CellId, LeafId, LevelId, NodeId, Table};

/// The facts that a diagram may ask for, in that order, with their cells.
pub type Levels = Table<LevelId, Cells>;

/// What is known of a sheet: the cell of each fact's value, `None` where it is unknown.
pub type Known = Table<LevelId, Option<CellId>>;

/// A finished diagram, whose leaves say `L`.
#[derive(Clone, Debug)]
pub struct Diagram<L> {
    levels: Arc<Levels>,
    graph: Graph,
    labels: PhantomData<L>,
}

/// A diagram without its facts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::engine) struct Graph {
    pub(in crate::engine) nodes: Nodes,
    pub(in crate::engine) root: Target,
}

impl<L: Label> Diagram<L> {
    /// A diagram of these facts.
    pub(in crate::engine) fn new(levels: Arc<Levels>, graph: Graph) -> Self {
        Self {
            levels,
            graph,
            labels: PhantomData,
        }
    }

    /// The diagram without its facts.
    pub(in crate::engine) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The facts that the diagram may ask for, in order, with their cells.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The same facts, to be shared with another diagram.
    pub(in crate::engine) fn shared_levels(&self) -> Arc<Levels> {
        self.levels.clone()
    }

    /// Where every path starts.
    pub fn root(&self) -> Target {
        self.graph.root
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.graph.nodes.len()
    }

    /// Whether there is no node: every sheet gives the same leaf.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Something for every node.
    pub(in crate::engine) fn table<T: Clone>(&self, entry: T) -> Table<NodeId, T> {
        self.graph.nodes.table(entry)
    }

    /// The level at which a node asks, and where each cell leads.
    pub fn node(&self, node: NodeId) -> (LevelId, Children<'_>) {
        self.graph.nodes.get(node)
    }

    /// All nodes with their level and children, children before parents.
    pub fn nodes(
        &self,
    ) -> impl DoubleEndedIterator<Item = (NodeId, LevelId, Children<'_>)> + ExactSizeIterator {
        self.graph.nodes.iter()
    }

    /// The level at which a target asks; `None` for a leaf.
    pub(in crate::engine) fn level(&self, target: Target) -> Option<LevelId> {
        self.graph.nodes.level(target)
    }

    /// Where a target leads for a cell of `level`: itself, when it does not ask there.
    pub(in crate::engine) fn child(&self, target: Target, level: LevelId, cell: CellId) -> Target {
        self.graph.nodes.child(target, level, cell)
    }

    /// What is known of a sheet, level by level.
    pub fn known(&self, sheet: &Sheet) -> Known {
        self.levels
            .map(|cells| sheet.value(&cells.fact).map(|value| cells.cell(value)))
    }

    /// The cell of each fact's value on a sheet without unknowns. A fact without a value counts as if it had its least.
    pub fn cells(&self, sheet: &Sheet) -> Table<LevelId, CellId> {
        self.levels
            .map(|cells| cells.cell_or_first(sheet.value(&cells.fact)))
    }

    /// The label of the leaf that cells lead to, from `start` on.
    pub fn walk(&self, start: Target, cells: &Table<LevelId, CellId>) -> L {
        let mut target = start;
        loop {
            match target.place() {
                Place::Leaf(label) => return label,
                Place::Node(node) => {
                    let (level, children) = self.node(node);
                    target = children[cells[level]];
                }
            }
        }
    }

    /// A value for every target, computed from the leaves up. A node's is made of those of its children.
    pub fn fold<T>(
        &self,
        leaf: impl Fn(L) -> T,
        node: impl Fn(LevelId, &Table<CellId, &T>) -> T,
    ) -> Folded<T> {
        let children = self.nodes().flat_map(|(_, _, children)| children.iter());
        let labels = children.chain([self.root()]).filter_map(Target::number);
        let mut folded = Folded {
            leaves: (0..=labels.max().unwrap_or(0))
                .map(|number| leaf(L::numbered(number)))
                .collect(),
            nodes: Table::default(),
        };
        for (_, level, children) in self.nodes() {
            let values = children.iter().map(|child| &folded[child]).collect();
            let value = node(level, &values);
            folded.nodes.push(value);
        }
        folded
    }
}

/// A value for every target of a diagram.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Folded<T> {
    /// By the numbers of their labels.
    leaves: Table<LeafId, T>,
    nodes: Table<NodeId, T>,
}

impl<T> Index<Target> for Folded<T> {
    type Output = T;

    fn index(&self, target: Target) -> &T {
        match target.place() {
            Place::Leaf(leaf) => &self.leaves[leaf],
            Place::Node(node) => &self.nodes[node],
        }
    }
}
