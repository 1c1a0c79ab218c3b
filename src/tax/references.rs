//! Numbered references: which sources stand behind an estimate, and which of their figures have aged.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::model::{Cited, Tax};
use crate::rubric::Citation;

/// A figure older than this many months is marked wherever it is shown: three releases of a fast-moving project.
pub const OLD_AFTER_MONTHS: i32 = 18;

/// One source at one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'tax> {
    /// Counts from 1, in the order of first appearance.
    pub number: usize,
    /// Who says so.
    pub source: &'tax Citation,
    /// When the figure was measured, released or read.
    pub as_of: Date,
    /// Whether that is more than [`OLD_AFTER_MONTHS`] months ago.
    pub is_old: bool,
}

/// All sources that the tax cites, numbered.
#[derive(Debug, Clone, Default)]
pub struct References<'tax>(Vec<Reference<'tax>>);

impl<'tax> References<'tax> {
    /// Numbers what a tax cites, in the order in which a reader meets it; `today` decides what is old.
    pub(super) fn of(tax: &'tax Tax, today: Date) -> Self {
        let parts = &tax.parts;
        let reserved = parts.iter().flat_map(|part| part.reserved.iter().map(|figure| &figure.cited));
        let others =
            parts.iter().flat_map(|part| part.alternatives.iter().map(|alternative| &alternative.reserved.cited));
        let used =
            parts.iter().flat_map(|part| part.used.iter().chain(&part.used_per_1000_rps).map(|figure| &figure.cited));
        let latency = tax.latency.iter().map(|figure| &figure.cited);
        let studies = tax.studies.iter().map(|study| &study.cited);

        let mut found = Self::default();
        for cited in reserved.chain(others).chain(used).chain(latency).chain(studies) {
            for source in tax.sources.iter().filter(|source| cited.sources.contains(&source.id)) {
                if !found.0.iter().any(|known| known.source.id == source.id && known.as_of == cited.as_of) {
                    let (number, as_of) = (found.0.len() + 1, cited.as_of);
                    found.0.push(Reference { number, source, as_of, is_old: is_old(as_of, today) });
                }
            }
        }
        found
    }

    /// Every source, in the order of its number.
    pub fn all(&self) -> &[Reference<'tax>] {
        &self.0
    }

    /// The sources behind some figures, each once, in the order of their numbers.
    pub fn behind<'a>(&self, figures: impl IntoIterator<Item = &'a Cited>) -> Vec<&Reference<'tax>> {
        let figures: Vec<_> = figures.into_iter().collect();
        let is_behind = |reference: &&Reference| {
            figures.iter().any(|cited| cited.as_of == reference.as_of && cited.sources.contains(&reference.source.id))
        };
        self.0.iter().filter(is_behind).collect()
    }
}

fn is_old(as_of: Date, today: Date) -> bool {
    as_of.saturating_add(OLD_AFTER_MONTHS.months()) < today
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_figure_is_old_on_the_day_after_eighteen_months() {
        assert!(!is_old(date(2025, 5, 23), date(2026, 11, 23)));
        assert!(is_old(date(2025, 5, 22), date(2026, 11, 23)));
        assert!(!is_old(date(2027, 1, 1), date(2026, 11, 23)));
        assert!(!is_old(date(9999, 12, 31), date(9999, 12, 31)));
    }
}
