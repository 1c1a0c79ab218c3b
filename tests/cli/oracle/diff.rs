//! How the recommendations of two rubrics differ, counted over the common refinement of their cells.
//!
//! A fact is common when both rubrics have it with the same kind and the domains share a value: a count ranges over the
//! intersection of both `min..=max`; a choice over the options that both have, in the old order; flags over sets of the
//! options that both have. It is cut by the tests of both rubrics. Every other fact, also one that changed its kind or has no
//! value in common, counts as two facts: it ranges over the old rubric's cells for the old one and, independently, over the
//! new rubric's cells for the new one. So an answer that only one rubric allows is not among the sheets.

use std::collections::BTreeMap;

use super::sheets::product;
use super::{Fact, FactCells, Kind, Oracle, Sheet, Value, Yaml};

/// How many sheets go from which recommendation to which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diff {
    /// Sheets by (old recommendation, new recommendation), those that stay included; `None` is "no rule holds".
    pub moves: BTreeMap<(Option<String>, Option<String>), usize>,
    /// All sheets.
    pub total: usize,
}

impl Diff {
    /// How many sheets get another recommendation.
    pub(crate) fn changed(&self) -> usize {
        let moves = self.moves.iter();
        moves
            .filter(|((from, to), _)| from != to)
            .map(|(_, count)| count)
            .sum()
    }
}

/// A fact to be listed: in which of the two rubrics it is, and one value per cell.
struct Axis {
    fact: String,
    is_in_old: bool,
    is_in_new: bool,
    values: Vec<Value>,
    /// How many values each cell has.
    sizes: Vec<usize>,
}

/// Counts over all sheets of both rubrics how the recommendation moves.
pub(crate) fn diff(old: &Oracle, new: &Oracle) -> Diff {
    let axes = axes(old, new);
    let values = axes
        .iter()
        .map(|axis| axis.values.iter().cloned().zip(axis.sizes.clone()));
    let values = values.map(Iterator::collect).collect();
    let mut diff = Diff {
        moves: BTreeMap::new(),
        total: 0,
    };
    for taken in product(values) {
        let mut old_sheet = Sheet::new();
        let mut new_sheet = Sheet::new();
        let mut sheets = 1;
        for (axis, (value, size)) in axes.iter().zip(taken) {
            sheets *= size;
            if axis.is_in_old {
                old_sheet.insert(axis.fact.clone(), value.clone());
            }
            if axis.is_in_new {
                new_sheet.insert(axis.fact.clone(), value);
            }
        }
        let from = old.outcome(&old_sheet).recommendation.clone();
        let to = new.outcome(&new_sheet).recommendation.clone();
        *diff.moves.entry((from, to)).or_default() += sheets;
        diff.total += sheets;
    }
    diff
}

fn axes(old: &Oracle, new: &Oracle) -> Vec<Axis> {
    let mut axes = Vec::new();
    let mut common = Vec::new();
    for fact in &old.facts {
        if let Some(kind) = common_kind(fact, new) {
            let mut tests = old.tests_on(&fact.id);
            tests.extend(new.tests_on(&fact.id));
            let fact = Fact {
                id: fact.id.clone(),
                assume: fact.assume.clone(),
                kind,
                likely: Yaml::Null,
                is_follow_up: fact.is_follow_up,
            };
            let cells = FactCells::new(&fact, &tests);
            axes.push(Axis {
                fact: fact.id.clone(),
                is_in_old: true,
                is_in_new: true,
                values: cells.representatives(),
                sizes: cells.sizes(),
            });
            common.push(fact.id);
        }
    }
    for oracle in [old, new] {
        for fact in &oracle.facts {
            if !common.contains(&fact.id) {
                axes.push(Axis {
                    fact: fact.id.clone(),
                    is_in_old: std::ptr::eq(oracle, old),
                    is_in_new: std::ptr::eq(oracle, new),
                    values: oracle.cells(&fact.id).representatives(),
                    sizes: oracle.cells(&fact.id).sizes(),
                });
            }
        }
    }
    axes
}

/// The part of a fact's domain that the new rubric has too; `None` when there is none.
fn common_kind(old_fact: &Fact, new: &Oracle) -> Option<Kind> {
    let new_fact = new.facts.iter().find(|fact| fact.id == old_fact.id)?;
    let in_both = |old: &[String], new: &[String]| -> Vec<String> {
        let old = old.iter();
        old.filter(|option| new.contains(option)).cloned().collect()
    };
    let kind = match (&old_fact.kind, &new_fact.kind) {
        (Kind::Count { min: a, max: b }, Kind::Count { min: c, max: d }) => Kind::Count {
            min: *a.max(c),
            max: *b.min(d),
        },
        (Kind::YesNo, Kind::YesNo) => Kind::YesNo,
        (Kind::Choice(old), Kind::Choice(new)) => Kind::Choice(in_both(old, new)),
        (Kind::Flags(old), Kind::Flags(new)) => Kind::Flags(in_both(old, new)),
        _ => return None,
    };
    let is_empty = match &kind {
        Kind::Count { min, max } => min > max,
        Kind::Choice(options) => options.is_empty(),
        Kind::YesNo | Kind::Flags(_) => false,
    };
    if is_empty { None } else { Some(kind) }
}
