//! What adds up in the two sums of a verdict, and where its rules tell the sums apart.

use super::nodes::Target;
use crate::ids::{CellId, Id, LevelId, Table, ids};
use crate::rubric::Comparison;

ids! {
    /// A signal or a condition, as a part of the sums.
    pub(in crate::engine) struct PartId;
}

/// A signal or a condition: what it adds to the sums where its test holds.
#[derive(Debug)]
pub(in crate::engine) struct Part {
    /// Where its test starts.
    pub(in crate::engine) root: Target,
    pub(in crate::engine) points: i64,
    pub(in crate::engine) met: i64,
}

/// Everything that adds up.
#[derive(Debug)]
pub(in crate::engine) struct Parts {
    pub(in crate::engine) all: Table<PartId, Part>,
    pub(in crate::engine) score: Sum,
    /// The number of conditions that hold.
    pub(in crate::engine) met: Sum,
}

/// One of the sums, as a level below those of all facts.
#[derive(Debug)]
pub(in crate::engine) struct Sum {
    pub(in crate::engine) level: LevelId,
    pub(in crate::engine) cuts: Cuts,
}

/// The places at which a sum changes what the rules say.
#[derive(Debug)]
pub(in crate::engine) struct Cuts(Vec<i64>);

impl Cuts {
    pub(in crate::engine) fn of(comparisons: impl IntoIterator<Item = Comparison>) -> Self {
        let edges = comparisons.into_iter().flat_map(Comparison::edges);
        let mut edges: Vec<i64> = edges.collect();
        edges.sort_unstable();
        edges.dedup();
        Self(edges)
    }

    /// How many cells there are.
    pub(in crate::engine) fn count(&self) -> usize {
        self.0.len() + 1
    }

    /// The cell of a sum.
    pub(in crate::engine) fn cell(&self, sum: i64) -> CellId {
        CellId::new(self.0.partition_point(|edge| *edge <= sum))
    }

    /// The last place; sums beyond it make no difference.
    pub(in crate::engine) fn last(&self) -> i64 {
        self.0.last().copied().unwrap_or(0)
    }

    /// The sums, from first to last, that lie in a cell.
    pub(in crate::engine) fn interval(&self, cell: CellId) -> (i64, i64) {
        let (before, after) = self.0.split_at(cell.position());
        (
            before.last().copied().unwrap_or(i64::MIN),
            after
                .first()
                .map_or(i64::MAX, |next| next.saturating_sub(1)),
        )
    }

    /// A sum in each cell, for asking comparisons.
    pub(in crate::engine) fn examples(&self) -> impl Iterator<Item = i64> {
        let cells = (0..self.count()).map(CellId::new);
        cells.map(|cell| match self.interval(cell) {
            (i64::MIN, last) => last,
            (first, _) => first,
        })
    }
}
