//! What the engine promises about answers of which some are unknown, found by trying every way to complete them: one value
//! of each cell of each unknown fact.

use std::collections::{BTreeMap, BTreeSet};

use super::{Oracle, Outcome, Partial};

impl Oracle {
    /// The recommendations that some completion gives. Completions for which no rule holds give none.
    pub(crate) fn possible(&self, partial: &Partial) -> BTreeSet<String> {
        self.outcomes(partial)
            .filter_map(|outcome| outcome.recommendation.clone())
            .collect()
    }

    /// Whether the completions differ in the recommendation ("no rule holds" counts as one of its own).
    pub(crate) fn is_provisional(&self, partial: &Partial) -> bool {
        let given: BTreeSet<_> = self
            .outcomes(partial)
            .map(|outcome| &outcome.recommendation)
            .collect();
        given.len() > 1
    }

    /// Whether a condition holds: `None` when completions differ.
    pub(crate) fn condition_met(&self, partial: &Partial, id: &str) -> Option<bool> {
        let results: BTreeSet<bool> = self
            .outcomes(partial)
            .map(|outcome| outcome.conditions[id])
            .collect();
        if results.len() > 1 {
            return None;
        }
        results.first().copied()
    }

    /// The unknown facts that can still matter, each with the drop in the entropy of the recommendation, in bits, that
    /// knowing it can be expected to bring, when the cells of each unknown fact are as likely as the rubric says, or else
    /// equally likely. Facts of questions stand before those of follow-ups, then the largest drop first;
    /// drops that agree to nine decimals are equal, and equal ones stand in rubric order.
    pub(crate) fn deciding(&self, partial: &Partial) -> Vec<(String, f64)> {
        let completions: Vec<Vec<usize>> = self.completions(partial).collect();
        let weighed: Vec<(&Vec<usize>, f64)> = completions
            .iter()
            .map(|cells| (cells, self.chance(cells, partial, false)))
            .collect();
        let entropy_now = self.entropy(weighed.iter());
        let mut deciding = Vec::new();
        for (place, fact) in self.cells.iter().enumerate() {
            if !self.can_matter(place, &completions) {
                continue;
            }
            let chances = fact.chances(false);
            let mut entropy_then = 0.0;
            for (cell, chance) in chances.iter().enumerate() {
                let left = weighed.iter().filter(|(cells, _)| cells[place] == cell);
                entropy_then += self.entropy(left) * chance;
            }
            deciding.push((fact.fact.id.clone(), entropy_now - entropy_then));
        }
        let billionths = |drop: f64| (drop * 1e9).round() as i64;
        deciding.sort_by_key(|(id, drop)| (self.fact(id).is_follow_up, -billionths(*drop)));
        deciding
    }

    /// `provisional`, `close` or `firm`.
    pub(crate) fn strength(&self, partial: &Partial) -> &'static str {
        let changes = self.changes(&self.assumed(partial));
        if self.is_provisional(partial) {
            "provisional"
        } else if changes.iter().any(|change| change.facts == 1) {
            "close"
        } else {
            "firm"
        }
    }

    fn outcomes(&self, partial: &Partial) -> impl Iterator<Item = &Outcome> {
        self.completions(partial)
            .map(|cells| self.outcome_at(&cells))
    }

    /// Whether two completions that differ only in the fact at `place` differ in the recommendation. A known fact has the
    /// same cell in all completions, hence the second condition.
    pub(crate) fn can_matter(&self, place: usize, completions: &[Vec<usize>]) -> bool {
        let is_unknown = completions
            .iter()
            .any(|cells| cells[place] != completions[0][place]);
        is_unknown
            && completions.iter().any(|cells| {
                let mut in_first_cell = cells.clone();
                in_first_cell[place] = 0;
                self.recommendation_at(cells) != self.recommendation_at(&in_first_cell)
            })
    }

    /// The entropy of the recommendation, in bits, over combinations of cells that are so likely.
    fn entropy<'a>(&self, all: impl Iterator<Item = &'a (&'a Vec<usize>, f64)>) -> f64 {
        let mut weights: BTreeMap<Option<&str>, f64> = BTreeMap::new();
        for (cells, chance) in all {
            *weights.entry(self.recommendation_at(cells)).or_default() += chance;
        }
        let total: f64 = weights.values().sum();
        let mut entropy = 0.0;
        for weight in weights.values() {
            let share = *weight / total;
            entropy -= share * share.log2();
        }
        entropy
    }
}
