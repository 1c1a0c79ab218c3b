//! Numbered references: which sources stand behind an estimate, and which of their figures have aged.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::model::{Cited, Figure, Tax};
use crate::rubric::Citation;

/// A figure older than this many months is marked wherever it is shown: three releases of a fast-moving project.
pub const OLD_AFTER_MONTHS: i32 = 18;

/// One source at one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'tax> {
    /// Counts from 1, in the order of first appearance.
    pub number: usize,
    /// Who says so, by position in the rubric.
    pub position: usize,
    /// Who says so.
    pub source: &'tax Citation,
    /// When the figure was measured, released or read.
    pub as_of: Date,
    /// Whether that is more than [`OLD_AFTER_MONTHS`] months ago.
    pub is_old: bool,
    /// What its figures hold for.
    pub conditions: Vec<&'tax str>,
}

/// All sources that the tax cites, numbered.
#[derive(Debug, Clone, Default)]
pub struct References<'tax>(Vec<Reference<'tax>>);

impl<'tax> References<'tax> {
    /// Numbers what a tax cites, in the order in which a reader meets it; `today` decides what is old.
    pub(super) fn of(tax: &'tax Tax, sources: &'tax [Citation], today: Date) -> Self {
        let mut found = Self::default();
        for (cited, conditions) in everything_cited(tax) {
            for position in &cited.sources {
                if let Some(source) = sources.get(*position) {
                    found.add(*position, source, cited.as_of, conditions, today);
                }
            }
        }
        found
    }

    fn add(
        &mut self,
        position: usize,
        source: &'tax Citation,
        as_of: Date,
        conditions: Option<&'tax str>,
        today: Date,
    ) {
        let is_same =
            |known: &&mut Reference<'tax>| known.position == position && known.as_of == as_of;
        match self.0.iter_mut().find(is_same) {
            Some(known) => known
                .conditions
                .extend(conditions.filter(|found| !known.conditions.contains(found))),
            None => self.0.push(Reference {
                number: self.0.len() + 1,
                position,
                source,
                as_of,
                is_old: is_old(as_of, today),
                conditions: conditions.into_iter().collect(),
            }),
        }
    }

    /// Every source, in the order of its number.
    pub fn all(&self) -> &[Reference<'tax>] {
        &self.0
    }

    /// The sources behind some figures, each once, in the order of their numbers.
    pub fn behind<'a>(
        &self,
        figures: impl IntoIterator<Item = &'a Cited>,
    ) -> Vec<&Reference<'tax>> {
        let figures: Vec<_> = figures.into_iter().collect();
        let is_behind =
            |reference: &&Reference| figures.iter().any(|cited| reference.is_behind(cited));
        self.0.iter().filter(is_behind).collect()
    }
}

impl Reference<'_> {
    /// Whether a figure comes from this source at this date.
    pub fn is_behind(&self, cited: &Cited) -> bool {
        cited.as_of == self.as_of && cited.sources.contains(&self.position)
    }
}

/// Figures in the order in which they are shown: reservations, other products, use, latency, studies.
fn everything_cited(tax: &Tax) -> impl Iterator<Item = (&Cited, Option<&str>)> {
    let parts = &tax.parts;
    let reserved = parts.iter().flat_map(|part| &part.reserved);
    let others = parts
        .iter()
        .flat_map(|part| &part.alternatives)
        .map(|alternative| &alternative.reserved);
    let used = parts
        .iter()
        .flat_map(|part| part.used.iter().chain(&part.used_per_1000_rps));
    let latency = tax
        .latency
        .iter()
        .map(|figure| (&figure.cited, figure.conditions.as_deref()));
    let studies = tax.studies.iter().map(|study| (&study.cited, None));
    reserved
        .chain(others)
        .chain(used)
        .map(Figure::cited_with_conditions)
        .chain(latency)
        .chain(studies)
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
