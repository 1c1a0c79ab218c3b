//! What a verdict may promise: that every sheet is covered by a rule of its own, and that no two rules hold at once.
//!
//! The last rule, where it has no `when`, stands for "otherwise": it covers nothing by itself and overlaps with nothing.

use num_bigint::BigUint;

use super::proofs::Proofs;
use crate::engine::diagrams::paths::{self, Start};
use crate::engine::{Diagram, Move, TooLarge};
use crate::ids::{CellId, Id, LevelId, RuleId, Table};

/// Sheets that no rule of their own covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// One of them, as what changes from the assumed sheet: the fewest facts differ.
    pub moves: Vec<Move>,
    /// How many there are.
    pub sheets: BigUint,
    /// Of how many.
    pub total: BigUint,
    /// A rule that covers a sheet beside that one: the facts asked last are moved first, down before up.
    pub beside: Option<RuleId>,
}

/// Two rules that hold at once.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The rule that fires.
    pub fires: RuleId,
    /// The later one, which holds too.
    pub holds: RuleId,
    /// A sheet on which they do, as what changes from the assumed sheet: the fewest facts differ.
    pub moves: Vec<Move>,
}

impl Proofs<'_> {
    /// The sheets that no rule of their own covers; `None` when there are none.
    pub fn gap(&self) -> Option<Gap> {
        let rules = self.reasoning.rules();
        let otherwise = self.rubric.otherwise();
        let start = Start::assumed(rules.levels());
        let is_open = |fired: Option<RuleId>| fired.is_none() || fired == otherwise;
        let moves = paths::nearest(rules, &start, is_open)?;
        let cells = paths::nearest_cells(rules, &start, is_open)?;
        let counted = rules.sheets();
        let open = otherwise.map_or_else(BigUint::default, |rule| counted.of(Some(rule)));
        Some(Gap {
            moves,
            sheets: counted.of(None) + open,
            total: counted.total,
            beside: beside(rules, &cells, |fired| !is_open(fired)).flatten(),
        })
    }

    /// Each rule with each earlier one that fires where it holds. When two rules hold on a sheet, the one that fires there
    /// is in a pair with each of the others; so there is a pair with different recommendations exactly when two rules
    /// with different ones hold at once.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn overlaps(&self) -> Result<Vec<Overlap>, TooLarge> {
        let otherwise = self.rubric.otherwise();
        let mut overlaps = Vec::new();
        for (holds, rule) in self.rubric.verdict.entries() {
            if Some(holds) == otherwise {
                continue;
            }
            let fired = self.restricted(self.reasoning.rules(), &rule.when)?;
            let start = Start::assumed(fired.levels());
            let earlier = fired.labels().into_iter().flatten().flatten();
            for fires in earlier.filter(|fires| *fires != holds) {
                let here = |label| label == Some(Some(fires));
                overlaps.extend(paths::nearest(&fired, &start, here).map(|moves| Overlap {
                    fires,
                    holds,
                    moves,
                }));
            }
        }
        Ok(overlaps)
    }
}

/// What a sheet gives that differs from this one in one fact by one cell, where that is wanted.
fn beside(
    rules: &Diagram<Option<RuleId>>,
    cells: &Table<LevelId, CellId>,
    is_wanted: impl Fn(Option<RuleId>) -> bool,
) -> Option<Option<RuleId>> {
    let mut levels: Vec<_> = rules.levels().entries().collect();
    levels.sort_by_key(|(_, level)| std::cmp::Reverse(level.fact.position));
    let moves = levels.into_iter().flat_map(|(place, level)| {
        let own = cells[place].position();
        let near = level.ids();
        let near = near.filter(move |cell| cell.position().abs_diff(own) == 1);
        near.map(move |cell| (place, cell))
    });
    let mut given = moves.map(|(place, cell)| {
        let mut moved = cells.clone();
        moved[place] = cell;
        rules.walk(rules.root(), &moved)
    });
    given.find(|fired| is_wanted(*fired))
}
