//! Enumerations of sheets: one sheet per combination of cells, the table of their outcomes, and the longer list that goes
//! down to single options.

use std::collections::BTreeSet;

use super::cells::collect_tests_on;
use super::{Fact, FactCells, Kind, Oracle, Outcome, Partial, Sheet, Value, Yaml};

/// More sheets than this are refused: the oracle lists them all.
const MOST_SHEETS: usize = 2_000_000;

impl Oracle {
    /// The cells of one fact.
    pub(crate) fn cells(&self, fact: &str) -> &FactCells {
        let mut all = self.cells.iter();
        all.find(|cells| cells.fact.id == fact).unwrap()
    }

    /// The cells of every fact.
    pub(crate) fn every_cell(&self) -> &[FactCells] {
        &self.cells
    }

    /// The number of the cell of `fact` that holds this value.
    pub(crate) fn cell_of(&self, fact: &str, value: &Value) -> usize {
        self.cells(fact).cell_of(value)
    }

    /// How many combinations of cells there are.
    pub(crate) fn sheet_count(&self) -> usize {
        self.cells.iter().map(|cells| cells.cells.len()).product()
    }

    /// One sheet per combination of cells, the cells of the last fact changing fastest.
    pub(crate) fn all_sheets(&self) -> impl Iterator<Item = Sheet> {
        let representatives = self.cells.iter().map(FactCells::representatives);
        product(representatives.collect()).map(|values| self.sheet(values))
    }

    /// The outcome of each sheet of `all_sheets`, in the same order. Computed once.
    pub(crate) fn table(&self) -> &[Outcome] {
        self.table.get_or_init(|| {
            assert!(self.sheet_count() <= MOST_SHEETS, "too many sheets to list");
            self.all_sheets()
                .map(|sheet| self.evaluate(&sheet))
                .collect()
        })
    }

    /// The outcome of any sheet, looked up in the table by its cells.
    pub(crate) fn outcome(&self, sheet: &Sheet) -> &Outcome {
        self.outcome_at(&self.cells_of(sheet))
    }

    /// The number of the cell of each fact.
    pub(crate) fn cells_of(&self, sheet: &Sheet) -> Vec<usize> {
        let cells = self.cells.iter();
        cells
            .map(|cells| cells.cell_of(&sheet[&cells.fact.id]))
            .collect()
    }

    /// The outcome of the sheets in these cells, one cell per fact.
    pub(crate) fn outcome_at(&self, cells: &[usize]) -> &Outcome {
        let mut place = 0;
        for (cell, fact) in cells.iter().zip(&self.cells) {
            place = place * fact.cells.len() + cell;
        }
        &self.table()[place]
    }

    /// The recommendation of the sheets in these cells.
    pub(crate) fn recommendation_at(&self, cells: &[usize]) -> Option<&str> {
        self.outcome_at(cells).recommendation.as_deref()
    }

    /// Every combination of cells, one cell per fact, in the order of `all_sheets`.
    pub(crate) fn all_cells(&self) -> impl Iterator<Item = Vec<usize>> + use<> {
        self.completions(&Partial::new())
    }

    /// Every combination of cells that agrees with the known values.
    pub(crate) fn completions(
        &self,
        partial: &Partial,
    ) -> impl Iterator<Item = Vec<usize>> + use<> {
        let mut axes = Vec::new();
        for fact in &self.cells {
            axes.push(match partial.get(&fact.fact.id) {
                Some(value) => vec![fact.cell_of(value)],
                None => (0..fact.cells.len()).collect(),
            });
        }
        product(axes)
    }

    /// Every sheet at the level of options: every option of a choice; no flag, each flag alone, all flags; of a count the
    /// first value of each cell and the one below it.
    pub(crate) fn every_sheet(&self) -> impl Iterator<Item = Sheet> {
        product(self.cells.iter().map(telling_values).collect()).map(|values| self.sheet(values))
    }

    /// As many of these, spread evenly, or all if there are fewer.
    pub(crate) fn some_sheets(&self, most: usize) -> impl Iterator<Item = Sheet> {
        let lists: Vec<Vec<Value>> = self.cells.iter().map(telling_values).collect();
        let total = total(&lists);
        // A step that shares no factor with the number of sheets comes by every value of every fact.
        let is_even = |step: &usize| common_factor(*step, total) == 1;
        let step = (total.div_ceil(most)..).find(is_even).unwrap();
        let numbers = (0..total).step_by(step);
        numbers.map(move |number| self.sheet(combination(&lists, number)))
    }

    /// The sheet in which each fact that is not known takes its assumed value.
    pub(crate) fn assumed(&self, partial: &Partial) -> Sheet {
        let value = |fact: &Fact| partial.get(&fact.id).unwrap_or(&fact.assume).clone();
        self.sheet(self.facts.iter().map(value).collect())
    }

    /// A sheet from one value per fact.
    fn sheet(&self, values: Vec<Value>) -> Sheet {
        let ids = self.facts.iter().map(|fact| fact.id.clone());
        ids.zip(values).collect()
    }

    /// The cells of each fact when these tests are to be told apart too.
    pub(crate) fn cells_refined_by(&self, more_tests: &[&Yaml]) -> Vec<FactCells> {
        let mut all = Vec::new();
        for fact in &self.facts {
            let mut tests = self.tests_on(&fact.id);
            for test in more_tests {
                collect_tests_on(&fact.id, test, &mut tests);
            }
            all.push(FactCells::new(fact, &tests));
        }
        all
    }

    /// The tests on a fact that the recommendation rests on: those in signals, conditions, definitions and the verdict.
    pub(crate) fn tests_on(&self, fact: &str) -> Vec<Yaml> {
        let mut tests = Vec::new();
        let signals = self.signals.iter().map(|signal| &signal.when);
        let conditions = self.conditions.iter().map(|condition| &condition.when);
        let definitions = self.definitions.iter().map(|definition| &definition.when);
        let rules = self.rules.iter().map(|rule| &rule.when);
        for test in signals.chain(conditions).chain(definitions).chain(rules) {
            collect_tests_on(fact, test, &mut tests);
        }
        tests
    }
}

/// Every way to take one thing from each list, the last list changing fastest.
pub(super) fn product<T: Clone>(lists: Vec<Vec<T>>) -> impl Iterator<Item = Vec<T>> {
    (0..total(&lists)).map(move |number| combination(&lists, number))
}

fn total<T>(lists: &[Vec<T>]) -> usize {
    lists.iter().map(Vec::len).product()
}

/// The combination of this number, one entry of each list.
fn combination<T: Clone>(lists: &[Vec<T>], number: usize) -> Vec<T> {
    let mut rest = number;
    let mut taken = Vec::with_capacity(lists.len());
    for list in lists.iter().rev() {
        taken.push(list[rest % list.len()].clone());
        rest /= list.len();
    }
    taken.reverse();
    taken
}

fn common_factor(one: usize, other: usize) -> usize {
    if other == 0 {
        one
    } else {
        common_factor(other, one % other)
    }
}

fn telling_values(cells: &FactCells) -> Vec<Value> {
    match &cells.fact.kind {
        Kind::Count { min, .. } => {
            let mut counts = BTreeSet::new();
            for cell in &cells.cells {
                let Value::Count(edge) = cell[0] else {
                    panic!("a count has counts as values")
                };
                counts.extend([edge - 1, edge]);
            }
            counts.retain(|count| count >= min);
            counts.into_iter().map(Value::Count).collect()
        }
        Kind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
        Kind::Choice(options) => options.iter().cloned().map(Value::Choice).collect(),
        Kind::Flags(options) => {
            let mut sets = BTreeSet::from([BTreeSet::new(), options.iter().cloned().collect()]);
            for option in options {
                sets.insert(BTreeSet::from([option.clone()]));
            }
            sets.into_iter().map(Value::Flags).collect()
        }
    }
}
