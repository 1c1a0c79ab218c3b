//! A reduced, ordered, multi-valued decision diagram: from cells of facts to leaves.
//!
//! Each node asks for one fact; its children are the fact's cells. Facts are asked in one order on every path, equal
//! nodes are shared, and a node whose children are all the same is left out. So two diagrams over the same order are
//! equal exactly when they give the same leaf for every sheet, and a fact that is nowhere asked cannot matter.
//! (Bryant 1986 for binary diagrams; Srinivasan et al. 1990 for many values.)

use std::marker::PhantomData;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Cells;
use crate::answers::Sheet;
use crate::ids::Id;

/// A node or a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target(u32);

/// The bit that marks a leaf.
const LEAF: u32 = 1 << 31;

impl Target {
    /// The leaf with this label.
    pub fn leaf(label: impl Label) -> Self {
        Self(LEAF | (u32::try_from(label.number()).unwrap_or(u32::MAX) & !LEAF))
    }

    /// The node at this position.
    pub(super) fn node(position: usize) -> Self {
        Self(u32::try_from(position).unwrap_or(u32::MAX) & !LEAF)
    }

    /// The number of the label, when this is a leaf.
    pub(super) fn number(self) -> Option<usize> {
        (self.0 & LEAF != 0).then_some((self.0 & !LEAF) as usize)
    }

    /// The label, when this is a leaf of a diagram with such labels.
    pub fn label<L: Label>(self) -> Option<L> {
        self.number().map(L::numbered)
    }

    /// The position among the nodes, when this is a node.
    pub fn position(self) -> Option<usize> {
        (self.0 & LEAF == 0).then_some(self.0 as usize)
    }
}

/// What the leaves of a diagram say.
pub trait Label: Copy + Eq {
    /// The label of this number.
    fn numbered(number: usize) -> Self;

    /// Its number.
    fn number(self) -> usize;
}

impl<I: Id> Label for I {
    fn numbered(number: usize) -> Self {
        I::new(number)
    }

    fn number(self) -> usize {
        self.position()
    }
}

impl Label for bool {
    fn numbered(number: usize) -> Self {
        number != 0
    }

    fn number(self) -> usize {
        usize::from(self)
    }
}

impl<L: Label> Label for Option<L> {
    fn numbered(number: usize) -> Self {
        number.checked_sub(1).map(L::numbered)
    }

    fn number(self) -> usize {
        self.map_or(0, |label| label.number() + 1)
    }
}

/// A finished diagram, whose leaves say `L`.
#[derive(Clone, Debug)]
pub struct Diagram<L> {
    /// The facts in the order in which they are asked, with their cells.
    levels: Arc<[Cells]>,
    graph: Graph,
    labels: PhantomData<L>,
}

/// A diagram without its facts.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Graph {
    /// Children before parents.
    nodes: Vec<Node>,
    children: Vec<Target>,
    root: Target,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Node {
    level: u32,
    first_child: u32,
}

impl<L: Label> Diagram<L> {
    /// A diagram of these nodes, given children before parents as (level, children).
    pub(super) fn from_nodes(
        levels: Arc<[Cells]>,
        nodes: impl Iterator<Item = (usize, Vec<Target>)>,
        root: Target,
    ) -> Self {
        let mut graph = Graph {
            nodes: Vec::new(),
            children: Vec::new(),
            root,
        };
        for (level, children) in nodes {
            let first_child = u32::try_from(graph.children.len()).unwrap_or(u32::MAX);
            graph.nodes.push(Node {
                level: u32::try_from(level).unwrap_or(u32::MAX),
                first_child,
            });
            graph.children.extend(children);
        }
        Self::new(levels, graph)
    }

    /// A diagram of these facts.
    pub(super) fn new(levels: Arc<[Cells]>, graph: Graph) -> Self {
        Self {
            levels,
            graph,
            labels: PhantomData,
        }
    }

    /// The diagram without its facts.
    pub(super) fn graph(&self) -> &Graph {
        &self.graph
    }

    /// The facts that the diagram may ask for, in order, with their cells.
    pub fn levels(&self) -> &[Cells] {
        &self.levels
    }

    /// The same facts, to be shared with another diagram.
    pub(super) fn shared_levels(&self) -> Arc<[Cells]> {
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
        self.graph.nodes.is_empty()
    }

    /// What a target asks for and where each cell leads; `None` for a leaf.
    pub fn ask(&self, target: Target) -> Option<(usize, &[Target])> {
        let node = self.graph.nodes.get(target.position()?)?;
        let level = node.level as usize;
        let first = node.first_child as usize;
        let count = self.levels.get(level)?.count();
        Some((level, self.graph.children.get(first..first + count)?))
    }

    /// All nodes with their level and children, children before parents.
    pub fn nodes(
        &self,
    ) -> impl DoubleEndedIterator<Item = (Target, usize, &[Target])> + ExactSizeIterator {
        (0..self.len()).map(|position| {
            let target = Target::node(position);
            let (level, children) = self.ask(target).unwrap_or((0, &[]));
            (target, level, children)
        })
    }

    /// The cell of each fact's value on a sheet, level by level; `None` where the value is unknown.
    pub fn cells(&self, sheet: &Sheet) -> Vec<Option<usize>> {
        self.levels
            .iter()
            .map(|cells| sheet.value(&cells.fact).map(|value| cells.cell(value)))
            .collect()
    }

    /// The label of the leaf that a sheet leads to, from `start` on. Cells that are unknown count as the first.
    pub fn walk(&self, start: Target, cells: &[Option<usize>]) -> L {
        let mut target = start;
        loop {
            let Some((level, children)) = self.ask(target) else {
                return L::numbered(target.number().unwrap_or(0));
            };
            let cell = cells.get(level).copied().flatten().unwrap_or(0);
            let Some(child) = children.get(cell) else {
                return L::numbered(0);
            };
            target = *child;
        }
    }

    /// A value for every target, computed from the leaves up.
    pub fn fold<T: Clone>(
        &self,
        leaf: impl Fn(L) -> T,
        node: impl Fn(usize, &[&T]) -> T,
    ) -> Folded<T> {
        let labels = self
            .graph
            .children
            .iter()
            .chain([&self.graph.root])
            .filter_map(|target| target.number())
            .max();
        let leaves: Vec<T> = (0..=labels.unwrap_or(0))
            .map(|number| leaf(L::numbered(number)))
            .collect();
        let mut folded = Folded {
            leaves,
            nodes: Vec::with_capacity(self.len()),
        };
        for (_, level, children) in self.nodes() {
            let values: Vec<&T> = children
                .iter()
                .filter_map(|child| folded.get(*child))
                .collect();
            let value = node(level, &values);
            folded.nodes.push(value);
        }
        folded
    }
}

/// A value for every target of a diagram.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Folded<T> {
    leaves: Vec<T>,
    nodes: Vec<T>,
}

impl<T> Folded<T> {
    /// The value of a target of the diagram that was folded.
    pub fn get(&self, target: Target) -> Option<&T> {
        match (target.number(), target.position()) {
            (Some(number), _) => self.leaves.get(number),
            (_, Some(position)) => self.nodes.get(position),
            _ => None,
        }
    }
}
