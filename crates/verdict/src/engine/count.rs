//! How many sheets lead where: exact counts, however many there are.
//!
//! A sheet is one choice of a cell for each fact that the diagram's rubric reads.

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
        let arity: Vec<usize> = self.levels().iter().map(Cells::count).collect();
        let total = arity
            .iter()
            .fold(BigUint::from(1_u8), |total, count| total * *count);
        let mut sheets = Sheets {
            total,
            by_label: BTreeMap::new(),
        };
        // How many ways of filling in the levels above a node lead to it.
        let mut ways: Vec<BigUint> = vec![BigUint::ZERO; self.len()];
        let mut give = |target: Target, from: usize, count: &BigUint, ways: &mut Vec<BigUint>| {
            let level = self.ask(target).map_or(arity.len(), |(level, _)| level);
            let skipped = arity.get(from..level).unwrap_or(&[]);
            let count = skipped
                .iter()
                .fold(count.clone(), |count, cells| count * *cells);
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
        give(self.root(), 0, &BigUint::from(1_u8), &mut ways);
        for (target, level, children) in self.nodes().rev() {
            let own = target
                .position()
                .and_then(|position| ways.get_mut(position))
                .map(std::mem::take);
            let own = own.unwrap_or_default();
            children
                .iter()
                .for_each(|child| give(*child, level + 1, &own, &mut ways));
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
