//! What would change a recommendation, found by comparing a sheet with every other one.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::cells::rank;
use super::{Fact, FactCells, Kind, Oracle, Sheet, Value};

/// How another recommendation can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The other recommendation.
    pub recommendation: String,
    /// The smallest number of facts that must change.
    pub facts: usize,
    /// The changes of that size: the new values of the facts that change.
    pub options: Vec<BTreeMap<String, Value>>,
}

/// A combination of cells that gives another recommendation, seen from the sheet at hand.
struct Target {
    recommendation: String,
    cells: Vec<usize>,
    /// Places of the facts whose cell is another one, in rubric order.
    changed: Vec<usize>,
    /// How far each of these moves.
    distances: Vec<usize>,
}

impl Oracle {
    /// For each recommendation other than the sheet's that some sheet gets, in the rubric's order: the smallest number of
    /// facts to change, and every change of that size that no other one betters. Options with fewer cells moved come
    /// first, then by the changed facts in rubric order, then by the new values (counts, `false` before `true`, options
    /// in rubric order; sets of flags as lists of option numbers).
    pub(crate) fn changes(&self, sheet: &Sheet) -> Vec<Change> {
        let targets = self.targets(sheet);
        let mut changes = Vec::new();
        for recommendation in &self.recommendations {
            let reaching = targets
                .iter()
                .filter(|target| &target.recommendation == recommendation);
            let Some(facts) = reaching.clone().map(|target| target.changed.len()).min() else {
                continue;
            };
            let smallest: Vec<&Target> = reaching
                .filter(|target| target.changed.len() == facts)
                .collect();
            let is_bettered =
                |target: &Target| smallest.iter().any(|other| is_better(other, target));
            let mut kept: Vec<&Target> = smallest.clone();
            kept.retain(|target| !is_bettered(target));
            let values = |target: &Target| self.new_values(sheet, target);
            kept.sort_by(|a, b| {
                let total = |target: &Target| target.distances.iter().sum::<usize>();
                total(a)
                    .cmp(&total(b))
                    .then_with(|| a.changed.cmp(&b.changed))
                    .then_with(|| self.compare_values(&values(a), &values(b)))
            });
            changes.push(Change {
                recommendation: recommendation.clone(),
                facts,
                options: kept.into_iter().map(values).collect(),
            });
        }
        changes
    }

    /// All combinations of cells with another recommendation than the sheet's. Those for which no rule holds are none.
    fn targets(&self, sheet: &Sheet) -> Vec<Target> {
        let here = self.cells_of(sheet);
        let recommendation_here = self.recommendation_at(&here);
        let mut targets = Vec::new();
        for cells in self.all_cells() {
            let Some(recommendation) = self.recommendation_at(&cells) else {
                continue;
            };
            if Some(recommendation) == recommendation_here {
                continue;
            }
            let places = 0..here.len();
            let changed: Vec<usize> = places.filter(|&fact| cells[fact] != here[fact]).collect();
            let distance = |fact: &usize| self.cells[*fact].distance(here[*fact], cells[*fact]);
            targets.push(Target {
                recommendation: recommendation.to_owned(),
                distances: changed.iter().map(distance).collect(),
                changed,
                cells,
            });
        }
        targets
    }

    /// The new values of the facts that change, each the nearest one in its new cell.
    fn new_values(&self, sheet: &Sheet, target: &Target) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        for &place in &target.changed {
            let cells: &FactCells = &self.cells[place];
            let id = &cells.fact.id;
            values.insert(id.clone(), cells.nearest(&sheet[id], target.cells[place]));
        }
        values
    }

    /// The order of two changes of the same facts: by the first fact, in rubric order, whose values differ.
    fn compare_values(
        &self,
        one: &BTreeMap<String, Value>,
        other: &BTreeMap<String, Value>,
    ) -> Ordering {
        let changed = self.facts.iter().filter(|fact| one.contains_key(&fact.id));
        changed
            .map(|fact| order_key(fact, &one[&fact.id]).cmp(&order_key(fact, &other[&fact.id])))
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    }
}

/// Whether `one` changes exactly the same facts as `other`, moves none of them farther and at least one less far.
fn is_better(one: &Target, other: &Target) -> bool {
    let mut pairs = one.distances.iter().zip(&other.distances);
    one.changed == other.changed
        && pairs.clone().all(|(one, other)| one <= other)
        && pairs.any(|(one, other)| one < other)
}

/// Numbers that compare as the values do.
fn order_key(fact: &Fact, value: &Value) -> Vec<i64> {
    match (&fact.kind, value) {
        (Kind::Flags(options), Value::Flags(flags)) => {
            let numbers = (0..).zip(options);
            numbers
                .filter(|(_, option)| flags.contains(*option))
                .map(|(number, _)| number)
                .collect()
        }
        _ => vec![rank(fact, value)],
    }
}
