//! How many sheets lead where: exact counts, however many there are.
//!
//! A sheet has a value for each fact that the diagram's rubric reads: an option, an answer, a set of flags, and of a
//! count one of the ranges that its tests tell apart. So what is counted does not depend on how tests are written, but
//! for the ranges of counts.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use crate::engine::{Cells, Diagram, Label, Place, Target};
use crate::ids::{CellId, Id, LevelId, NodeId, Table};

/// The sheets of a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets<L> {
    /// All of them.
    pub total: BigUint,
    /// Those that lead to each label; labels that none leads to are absent.
    pub by_label: BTreeMap<L, BigUint>,
}

impl<L: Label + Ord> Sheets<L> {
    /// How many sheets lead to a label.
    pub fn of(&self, label: L) -> BigUint {
        self.by_label.get(&label).cloned().unwrap_or_default()
    }
}

impl<L: Label + Ord> Diagram<L> {
    /// Counts the sheets that lead to each label: from the root down, each node passes on what reaches it.
    pub fn sheets(&self) -> Sheets<L> {
        let sizes: Table<LevelId, Table<CellId, u128>> = self.levels().map(Cells::sizes);
        let all = |sizes: &Table<CellId, u128>| -> BigUint {
            sizes.iter().copied().map(BigUint::from).sum()
        };
        let all: Table<LevelId, BigUint> = sizes.map(all);
        let mut sheets = Sheets {
            total: all.iter().product(),
            by_label: BTreeMap::new(),
        };
        // How many ways of filling in the levels above a node lead to it.
        let mut ways: Table<NodeId, BigUint> = self.table(BigUint::ZERO);
        let mut give =
            |target: Target, from: LevelId, count: BigUint, ways: &mut Table<NodeId, BigUint>| {
                let level = self.level(target).unwrap_or(all.next_id());
                let skipped = all.between(from, level).iter();
                let count = skipped.fold(count, |count, values| count * values);
                match target.place() {
                    Place::Leaf(label) => *sheets.by_label.entry(label).or_default() += count,
                    Place::Node(node) => ways[node] += count,
                }
            };
        give(self.root(), LevelId::new(0), BigUint::from(1_u8), &mut ways);
        for (node, level, children) in self.nodes().rev() {
            let own = std::mem::take(&mut ways[node]);
            for (cell, child) in children.entries() {
                give(child, level.next(), &own * sizes[level][cell], &mut ways);
            }
        }
        sheets
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::Reasoning;
    use crate::fixtures;

    #[test]
    fn all_sheets_are_counted_once() {
        let rubric = fixtures::rubric();
        let sheets = Reasoning::new(&rubric)
            .expect("small enough")
            .recommendations()
            .sheets();
        assert_eq!(
            sheets.by_label.values().sum::<num_bigint::BigUint>(),
            sheets.total
        );
    }
}
