//! How many sheets lead where: exact counts, however many there are.
//!
//! A sheet has a value for each fact that the diagram's rubric reads: an option, an answer, a set of flags, and of a
//! count one of the ranges that its tests tell apart. So what is counted does not depend on how tests are written, but
//! for the ranges of counts.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use super::{Cells, Diagram, Label, Target};

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
        let sizes: Vec<Vec<u128>> = self.levels().iter().map(Cells::sizes).collect();
        let all = |sizes: &Vec<u128>| -> BigUint { sizes.iter().copied().map(BigUint::from).sum() };
        let all: Vec<BigUint> = sizes.iter().map(all).collect();
        let mut sheets = Sheets {
            total: all.iter().product(),
            by_label: BTreeMap::new(),
        };
        // How many ways of filling in the levels above a node lead to it.
        let mut ways: Vec<BigUint> = vec![BigUint::ZERO; self.len()];
        let mut give = |target: Target, from: usize, count: BigUint, ways: &mut Vec<BigUint>| {
            let level = self.ask(target).map_or(all.len(), |(level, _)| level);
            let skipped = all.get(from..level).unwrap_or(&[]);
            let count = skipped.iter().fold(count, |count, values| count * values);
            match (
                target.label(),
                target
                    .position()
                    .and_then(|position| ways.get_mut(position)),
            ) {
                (Some(label), _) => *sheets.by_label.entry(label).or_default() += count,
                (_, Some(slot)) => *slot += count,
                _ => {}
            }
        };
        give(self.root(), 0, BigUint::from(1_u8), &mut ways);
        for (target, level, children) in self.nodes().rev() {
            let own = target
                .position()
                .and_then(|position| ways.get_mut(position))
                .map(std::mem::take);
            let own = own.unwrap_or_default();
            for (child, size) in children.iter().zip(sizes.get(level).into_iter().flatten()) {
                give(*child, level + 1, &own * *size, &mut ways);
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
