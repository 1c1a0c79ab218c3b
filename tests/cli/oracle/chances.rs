//! How many values a cell has and how likely it is, found by going through all values; and rubrics that say how likely
//! their values are.

use std::collections::{BTreeMap, BTreeSet};

use super::dice::Dice;
use super::read::text;
use super::sheets::product;
use super::{FactCells, Kind, Oracle, Partial, Value, Yaml};

impl FactCells {
    /// How many values each cell has: options, answers, sets of flags. A cell of a count is one, and so is a cell that
    /// is the only one of its fact.
    pub(crate) fn sizes(&self) -> Vec<usize> {
        if self.cells.len() == 1 {
            return vec![1];
        }
        let values = self.values();
        let size = |cell: usize| {
            values
                .iter()
                .filter(|value| self.cell_of(value) == cell)
                .count()
        };
        (0..self.cells.len()).map(size).collect()
    }

    /// How likely each cell is: as the rubric says; if it says nothing, every value, or every cell, as every other.
    pub(crate) fn chances(&self, are_values_equal: bool) -> Vec<f64> {
        let weights = match (&self.fact.likely, are_values_equal) {
            (Yaml::Null, true) => self.sizes().into_iter().map(|size| size as f64).collect(),
            (Yaml::Null, false) => vec![1.0; self.cells.len()],
            (likely, _) => {
                let mut weights = vec![0.0; self.cells.len()];
                for value in self.values() {
                    weights[self.cell_of(&value)] += self.weight(&value, likely);
                }
                weights
            }
        };
        let total: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / total).collect()
    }

    /// All values; of a count the first of each cell.
    fn values(&self) -> Vec<Value> {
        match &self.fact.kind {
            Kind::Count { .. } => self.representatives(),
            Kind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
            Kind::Choice(options) => options.iter().cloned().map(Value::Choice).collect(),
            Kind::Flags(options) => product(vec![vec![false, true]; options.len()])
                .map(|are_set| {
                    let set = options.iter().zip(are_set).filter(|(_, is_set)| *is_set);
                    Value::Flags(
                        set.map(|(option, _)| option.clone())
                            .collect::<BTreeSet<_>>(),
                    )
                })
                .collect(),
        }
    }

    fn weight(&self, value: &Value, likely: &Yaml) -> f64 {
        let entries: Vec<&Yaml> = likely.as_sequence().unwrap().iter().collect();
        let weight = |entry: &Yaml| entry["weight"].as_f64().unwrap();
        match value {
            Value::Count(_) => {
                let start = |value: &Value| match value {
                    Value::Count(count) => *count,
                    other => panic!("{other:?} is no count"),
                };
                let range = |value: &Value| {
                    let below = entries
                        .iter()
                        .filter(|entry| entry["from"].as_i64().unwrap() <= start(value));
                    below.count() - 1
                };
                let of_range = range(value);
                let sharing = self
                    .representatives()
                    .iter()
                    .filter(|other| range(other) == of_range)
                    .count();
                weight(entries[of_range]) / sharing as f64
            }
            Value::YesNo(answer) => {
                let is_meant = |entry: &&&Yaml| entry["is"].as_bool() == Some(*answer);
                weight(entries.iter().find(is_meant).unwrap())
            }
            Value::Choice(option) => {
                let is_meant = |entry: &&&Yaml| text(&entry["is"]) == *option;
                weight(entries.iter().find(is_meant).unwrap())
            }
            Value::Flags(set) => entries
                .iter()
                .map(|entry| {
                    let often = weight(entry) / entry["of"].as_f64().unwrap();
                    if set.contains(&text(&entry["has"])) {
                        often
                    } else {
                        1.0 - often
                    }
                })
                .product(),
        }
    }
}

impl Oracle {
    /// How the completions of some answers divide among the recommendations, all together 1 with those that no rule covers.
    pub(crate) fn open_shares(&self, partial: &Partial) -> BTreeMap<String, f64> {
        let none = self.recommendations.iter().map(|id| (id.clone(), 0.0));
        let mut shares: BTreeMap<String, f64> = none.collect();
        for cells in self.completions(partial) {
            if let Some(given) = self.recommendation_at(&cells) {
                *shares.get_mut(given).unwrap() += self.chance(&cells, partial, true);
            }
        }
        shares
    }

    fn fact_chances(&self, are_values_equal: bool) -> &[Vec<f64>] {
        self.chances[usize::from(are_values_equal)].get_or_init(|| {
            self.facts
                .iter()
                .map(|fact| self.cells(&fact.id).chances(are_values_equal))
                .collect()
        })
    }

    /// How likely a combination of cells is, the known ones being certain.
    pub(crate) fn chance(&self, cells: &[usize], partial: &Partial, are_values_equal: bool) -> f64 {
        let chances = self.fact_chances(are_values_equal);
        let all = cells.iter().zip(chances).zip(&self.facts);
        let open = all.filter(|(_, fact)| !partial.contains_key(&fact.id));
        open.map(|((cell, chances), _)| chances[*cell]).product()
    }
}

/// The same rubric with about half of its facts saying how likely their values are.
pub(crate) fn with_likely(yaml: &str, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let oracle = Oracle::parse(yaml);
    let mut yaml = yaml.to_owned();
    for fact in &oracle.facts {
        if dice.chance(50) {
            let likely = likely(oracle.cells(&fact.id), &mut dice);
            let start = format!("{{id: {}, ask:", fact.id);
            assert!(yaml.contains(&start), "{start}");
            yaml = yaml.replace(
                &start,
                &format!("{{id: {}, likely: [{likely}], ask:", fact.id),
            );
        }
    }
    yaml
}

fn likely(cells: &FactCells, dice: &mut Dice) -> String {
    let entries: Vec<String> = match &cells.fact.kind {
        Kind::Count { .. } => {
            let mut starts = cells.representatives();
            let first = starts.remove(0);
            starts.retain(|_| dice.chance(60));
            let ranges = std::iter::once(first).chain(starts);
            ranges
                .map(|start| match start {
                    Value::Count(from) => {
                        format!("{{from: {from}, weight: {}}}", 1 + dice.below(9))
                    }
                    other => panic!("{other:?} is no count"),
                })
                .collect()
        }
        Kind::YesNo => [false, true]
            .map(|answer| format!("{{is: {answer}, weight: {}}}", 1 + dice.below(9)))
            .to_vec(),
        Kind::Choice(options) => options
            .iter()
            .map(|option| format!("{{is: {option}, weight: {}}}", 1 + dice.below(9)))
            .collect(),
        Kind::Flags(options) => options
            .iter()
            .map(|option| format!("{{has: {option}, weight: {}, of: 20}}", 1 + dice.below(19)))
            .collect(),
    };
    entries.join(", ")
}
