//! The nodes of decision diagrams, those being built and those finished: what each asks for and where it leads.

use std::ops::Index;

use serde::{Deserialize, Serialize};

use crate::ids::{CellId, Id, LevelId, NodeId, Table};

/// A node or a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Target(#[serde(with = "mark_last")] u32);

/// The bit that marks a leaf.
const LEAF: u32 = 1 << 31;

/// As a number whose last bit is the mark, so that the targets of small diagrams are small numbers.
mod mark_last {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(in crate::engine) fn serialize<S: Serializer>(
        target: &u32,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        target.rotate_left(1).serialize(serializer)
    }

    pub(in crate::engine) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<u32, D::Error> {
        u32::deserialize(deserializer).map(|number| number.rotate_right(1))
    }
}

/// What a target is, in a diagram whose leaves say `L`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<L> {
    /// A leaf with its label.
    Leaf(L),
    /// A node.
    Node(NodeId),
}

impl Target {
    /// The leaf with this label.
    pub fn leaf(label: impl Label) -> Self {
        Self(LEAF | unmarked(label.number()))
    }

    /// What it is in a diagram with such labels.
    pub fn place<L: Label>(self) -> Place<L> {
        match self.node() {
            Some(node) => Place::Node(node),
            None => Place::Leaf(L::numbered(self.without_mark())),
        }
    }

    /// The label, when this is a leaf of a diagram with such labels.
    pub(crate) fn label<L: Label>(self) -> Option<L> {
        self.number().map(L::numbered)
    }

    /// The number of the label, when this is a leaf.
    pub(in crate::engine) fn number(self) -> Option<usize> {
        (self.0 & LEAF != 0).then_some(self.without_mark())
    }

    /// The node, when this is one.
    pub(in crate::engine) fn node(self) -> Option<NodeId> {
        (self.0 & LEAF == 0).then_some(NodeId::new(self.without_mark()))
    }

    fn without_mark(self) -> usize {
        (self.0 & !LEAF) as usize
    }
}

impl From<NodeId> for Target {
    fn from(node: NodeId) -> Self {
        Self(unmarked(node.position()))
    }
}

/// A number that leaves the mark of leaves free.
fn unmarked(number: usize) -> u32 {
    let number = u32::try_from(number).ok();
    #[expect(
        clippy::expect_used,
        reason = "2^31 nodes do not fit into memory, and labels are fewer"
    )]
    number
        .filter(|number| number & LEAF == 0)
        .expect("a number below 2^31")
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

/// Where a node leads: one target for each cell of the fact that it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Children<'n>(&'n [Target]);

impl<'n> Children<'n> {
    /// The targets in the order of the cells.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Target> + ExactSizeIterator + use<'n> {
        self.0.iter().copied()
    }

    /// The targets, each with its cell.
    pub fn entries(self) -> impl ExactSizeIterator<Item = (CellId, Target)> + use<'n> {
        self.iter()
            .enumerate()
            .map(|(cell, target)| (CellId::new(cell), target))
    }
}

impl<'n> From<&'n [Target]> for Children<'n> {
    fn from(targets: &'n [Target]) -> Self {
        Self(targets)
    }
}

impl Index<CellId> for Children<'_> {
    type Output = Target;

    fn index(&self, cell: CellId) -> &Target {
        #[expect(
            clippy::indexing_slicing,
            reason = "a node has a child for every cell of its level"
        )]
        &self.0[cell.position()]
    }
}

/// Nodes, children before parents.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(in crate::engine) struct Nodes {
    nodes: Table<NodeId, Node>,
    /// The children of all nodes, one node after the other.
    children: Vec<Target>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Node {
    level: LevelId,
    first_child: u32,
}

impl Nodes {
    /// Adds a node that asks at a level and leads to targets that are here already.
    pub(in crate::engine) fn push(
        &mut self,
        level: LevelId,
        children: impl IntoIterator<Item = Target>,
    ) -> NodeId {
        #[expect(
            clippy::expect_used,
            reason = "the limits on nodes keep their children below 2^32"
        )]
        let first_child = u32::try_from(self.children.len()).expect("fewer than 2^32 children");
        self.children.extend(children);
        self.nodes.push(Node { level, first_child })
    }

    /// How many nodes there are.
    pub(in crate::engine) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// How many children all nodes have together.
    pub(in crate::engine) fn children(&self) -> usize {
        self.children.len()
    }

    /// The id that the next node will have.
    pub(in crate::engine) fn next_id(&self) -> NodeId {
        self.nodes.next_id()
    }

    /// Something for every node.
    pub(in crate::engine) fn table<T: Clone>(&self, entry: T) -> Table<NodeId, T> {
        Table::filled(self.nodes.len(), entry)
    }

    /// The level at which a node asks, and where it leads.
    pub(in crate::engine) fn get(&self, id: NodeId) -> (LevelId, Children<'_>) {
        let Node { level, first_child } = self.nodes[id];
        let first = first_child as usize;
        let next = self.nodes.as_slice().get(id.position() + 1);
        let end = next.map_or(self.children.len(), |next| next.first_child as usize);
        #[expect(
            clippy::indexing_slicing,
            reason = "a node's children lie before those of the next one"
        )]
        let children = &self.children[first..end];
        (level, Children(children))
    }

    /// All nodes, children before parents.
    pub(in crate::engine) fn iter(
        &self,
    ) -> impl DoubleEndedIterator<Item = (NodeId, LevelId, Children<'_>)> + ExactSizeIterator {
        self.nodes.ids().map(|id| {
            let (level, children) = self.get(id);
            (id, level, children)
        })
    }

    /// The level at which a target asks; `None` for a leaf.
    pub(in crate::engine) fn level(&self, target: Target) -> Option<LevelId> {
        target.node().map(|node| self.nodes[node].level)
    }

    /// Where a target leads for a cell of `level`: itself, when it does not ask there.
    pub(in crate::engine) fn child(&self, target: Target, level: LevelId, cell: CellId) -> Target {
        match target.node().map(|node| self.get(node)) {
            Some((own, children)) if own == level => children[cell],
            _ => target,
        }
    }
}
