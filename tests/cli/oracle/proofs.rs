//! What can be said about a rubric over all of its sheets: dead rules, gaps, shares, signals and conditions that never or
//! always hold, facts that never matter, guarantees.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::FactCells;
use super::read::{id, texts};
use super::sheets::product;
use super::{Kind, Oracle, Outcome, Sheet, Yaml};

impl Oracle {
    /// The rules that fire for no sheet, in rubric order.
    pub(crate) fn dead_rules(&self) -> Vec<String> {
        let fires = |rule: &String| {
            let mut outcomes = self.table().iter();
            outcomes.any(|outcome| outcome.rule.as_ref() == Some(rule))
        };
        let rules = self.rules.iter().map(|rule| rule.id.clone());
        rules.filter(|rule| !fires(rule)).collect()
    }

    /// The sheets for which no rule holds, one per combination of cells.
    pub(crate) fn uncovered(&self) -> Vec<Sheet> {
        let all = self.all_sheets().zip(self.table());
        all.filter(|(_, outcome)| outcome.rule.is_none())
            .map(|(sheet, _)| sheet)
            .collect()
    }

    /// Each rule that fires on some sheet with each later one that holds there too; a last rule without a test is left
    /// out.
    pub(crate) fn overlaps(&self) -> BTreeSet<(String, String)> {
        let mut overlaps = BTreeSet::new();
        for (sheet, outcome) in self.all_sheets().zip(self.table()) {
            let Some(fires) = &outcome.rule else { continue };
            let place = self
                .rules
                .iter()
                .position(|rule| rule.id == *fires)
                .unwrap();
            for (later, rule) in self.rules.iter().enumerate().skip(place + 1) {
                let is_otherwise = later + 1 == self.rules.len() && rule.when == Yaml::Null;
                if !is_otherwise && self.holds(&rule.when, &sheet) {
                    overlaps.insert((fires.clone(), rule.id.clone()));
                }
            }
        }
        overlaps
    }

    /// The sheets that no rule covers, or none but a last rule without a test.
    pub(crate) fn gaps(&self) -> Vec<Sheet> {
        let otherwise = self.rules.last().filter(|rule| rule.when == Yaml::Null);
        let is_open = |outcome: &Outcome| {
            outcome.rule.is_none() || outcome.rule == otherwise.map(|rule| rule.id.clone())
        };
        let all = self.all_sheets().zip(self.table());
        all.filter(|(_, outcome)| is_open(outcome))
            .map(|(sheet, _)| sheet)
            .collect()
    }

    /// For how many sheets each recommendation comes out, and no recommendation: of choices, yes/no and flags every value
    /// counts, of counts every cell.
    pub(crate) fn shares(&self) -> BTreeMap<Option<String>, usize> {
        let nothing = self.recommendations.iter().cloned().map(Some).chain([None]);
        let mut shares: BTreeMap<Option<String>, usize> = nothing.map(|id| (id, 0)).collect();
        let sizes: Vec<Vec<usize>> = self.cells.iter().map(FactCells::sizes).collect();
        for (cells, outcome) in self.all_cells().zip(self.table()) {
            let sheets: usize = cells
                .iter()
                .zip(&sizes)
                .map(|(cell, sizes)| sizes[*cell])
                .product();
            *shares.get_mut(&outcome.recommendation).unwrap() += sheets;
        }
        shares
    }

    /// The signals that hold for no sheet, as (question id, index).
    pub(crate) fn signals_never(&self) -> Vec<(String, usize)> {
        self.signals_holding(|count| count == 0)
    }

    /// The signals that hold for every sheet, as (question id, index).
    pub(crate) fn signals_always(&self) -> Vec<(String, usize)> {
        self.signals_holding(|count| count == self.table().len())
    }

    /// The conditions that hold for no sheet.
    pub(crate) fn conditions_never(&self) -> Vec<String> {
        self.conditions_holding(|count| count == 0)
    }

    /// The conditions that hold for every sheet.
    pub(crate) fn conditions_always(&self) -> Vec<String> {
        self.conditions_holding(|count| count == self.table().len())
    }

    /// The facts that a signal, condition, definition or rule reads although no two sheets that differ in nothing else
    /// differ in their recommendation.
    pub(crate) fn facts_that_never_matter(&self) -> Vec<String> {
        let all: Vec<Vec<usize>> = self.all_cells().collect();
        let mut never = Vec::new();
        for (place, fact) in self.facts.iter().enumerate() {
            let is_read = !self.tests_on(&fact.id).is_empty();
            if is_read && !self.can_matter(place, &all) {
                never.push(fact.id.clone());
            }
        }
        never
    }

    /// The id of each guarantee, in rubric order, and whether it is true over all sheets.
    pub(crate) fn guarantees(&self) -> Vec<(String, bool)> {
        let all = self.guarantees.iter();
        all.map(|guarantee| (id(guarantee), self.is_guaranteed(guarantee)))
            .collect()
    }

    fn is_guaranteed(&self, guarantee: &Yaml) -> bool {
        if let Some(fact) = guarantee.get("monotone") {
            let is_up = match guarantee["direction"].as_str().unwrap() {
                "up" => true,
                "down" => false,
                other => panic!("no such direction: {other}"),
            };
            return self.is_monotone(fact.as_str().unwrap(), is_up);
        }
        let when = guarantee.get("when").unwrap_or(&Yaml::Null);
        let always = guarantee.get("always").map(texts);
        let never = guarantee.get("never").map(texts);
        self.sheets_refined_by(when).all(|sheet| {
            let outcome = self.outcome(&sheet);
            if !self.holds_given(when, &sheet, Some(outcome)) {
                return true;
            }
            let gives_one_of = |list: &Vec<String>| match &outcome.recommendation {
                Some(recommendation) => list.contains(recommendation),
                None => false,
            };
            always.iter().all(gives_one_of) && !never.iter().any(gives_one_of)
        })
    }

    /// Whether raising the fact never lowers (up) or never raises (down) the recommendation. Sheets for which no rule
    /// holds have no recommendation that could be higher or lower; they break nothing.
    fn is_monotone(&self, fact: &str, is_up: bool) -> bool {
        let place = self.facts.iter().position(|known| known.id == fact);
        let place = place.unwrap();
        let height = |cells: &[usize]| {
            let recommendation = self.recommendation_at(cells)?;
            let mut all = self.recommendations.iter();
            all.position(|known| known == recommendation)
        };
        self.all_cells().all(|low_cells| {
            (0..self.cells[place].cells.len()).all(|cell| {
                if !is_raised(&self.cells[place], low_cells[place], cell) {
                    return true;
                }
                let mut high_cells = low_cells.clone();
                high_cells[place] = cell;
                match (height(&low_cells), height(&high_cells)) {
                    (Some(low), Some(high)) if is_up => low <= high,
                    (Some(low), Some(high)) => low >= high,
                    _ => true,
                }
            })
        })
    }

    /// One sheet per combination of cells when the facts in `test` are to be told apart too.
    fn sheets_refined_by(&self, test: &Yaml) -> impl Iterator<Item = Sheet> {
        let refined = self.cells_refined_by(&[test]);
        let values = refined.iter().map(FactCells::representatives).collect();
        let ids: Vec<String> = self.facts.iter().map(|fact| fact.id.clone()).collect();
        product(values).map(move |values| ids.iter().cloned().zip(values).collect())
    }

    fn signals_holding(&self, is_right: impl Fn(usize) -> bool) -> Vec<(String, usize)> {
        let all = self.signals.iter();
        all.map(|signal| (signal.question.clone(), signal.index))
            .filter(|signal| is_right(self.count(|outcome| outcome.signals.contains(signal))))
            .collect()
    }

    fn conditions_holding(&self, is_right: impl Fn(usize) -> bool) -> Vec<String> {
        let all = self.conditions.iter();
        all.map(|condition| condition.id.clone())
            .filter(|condition| is_right(self.count(|outcome| outcome.conditions[condition])))
            .collect()
    }

    fn count(&self, is_right: impl Fn(&Outcome) -> bool) -> usize {
        let outcomes = self.table().iter();
        outcomes.filter(|outcome| is_right(outcome)).count()
    }
}

/// Whether the values of one cell are above those of another: later in the order; for flags, more classes and no fewer.
fn is_raised(cells: &FactCells, low: usize, high: usize) -> bool {
    match cells.fact.kind {
        Kind::Flags(_) => low != high && low & high == low,
        _ => low < high,
    }
}
