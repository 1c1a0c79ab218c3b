//! What a comparison of two rubrics came to, as both formats show it.

use crate::finding::Skipped;
use crate::lint::written;
use verdict::engine::{Difference, Example, KnownTo, Shift};
use verdict::ids::RecommendationId;
use verdict::revision::{Revision, SheetChange};
use verdict::rubric::Rubric;

/// A comparison.
#[derive(Debug)]
pub struct Comparison<'r> {
    /// The rubric as it was.
    pub old: &'r Rubric,
    /// The rubric as it is to be.
    pub new: &'r Rubric,
    /// What changes.
    pub revision: Revision,
    /// What becomes of the answers and records that were given.
    pub sheets: Vec<SheetChange>,
    /// Records that were not compared, and why.
    pub skipped: Vec<Skipped>,
}

impl Comparison<'_> {
    /// Whether anything changes, or might.
    pub fn changes_something(&self) -> bool {
        self.revision.changes_something() || self.sheets.iter().any(SheetChange::is_change)
    }

    /// Where sheets come from and where they go, by id; `None` where no rule holds.
    pub(super) fn ids(&self, shift: &Shift) -> (Option<&str>, Option<&str>) {
        (id(self.old, shift.from), id(self.new, shift.to))
    }

    /// The sheets that change their recommendation, most of them first.
    pub(super) fn moved<'d>(&self, difference: &'d Difference) -> Vec<&'d Shift> {
        let moves = |shift: &&Shift| {
            let (from, to) = self.ids(shift);
            from != to
        };
        difference.shifts.iter().filter(moves).collect()
    }
}

fn id(rubric: &Rubric, given: Option<RecommendationId>) -> Option<&str> {
    given.map(|given| rubric.recommendations[given].id.as_str())
}

/// A sheet in words: what differs from what the old rubric assumes.
pub(super) fn example(values: &[Example]) -> String {
    let one = |example: &Example| {
        let side = match example.known_to {
            KnownTo::Both => "",
            KnownTo::First => " (old)",
            KnownTo::Second => " (new)",
        };
        format!(
            "{}{side}: {}",
            example.fact.id,
            written(&example.fact, example.value)
        )
    };
    format!(
        "{{{}}}",
        values.iter().map(one).collect::<Vec<_>>().join(", ")
    )
}
