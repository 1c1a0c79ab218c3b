//! The cells of one fact: what a list of tests can tell apart of it.
//!
//! - `count`, `yes_no`, `choice`: the values have an order; a cell is a longest run of neighbouring values for which every
//!   test gives the same result. Two runs with the same results but another run between them are two cells.
//! - `flags`: options that are named by exactly the same tests form a class. Options that no test names form a class too
//!   if some test is `any` or `none`; otherwise they belong to no class and nothing can feel them. A cell says of each
//!   class whether at least one of its flags is set: two to the number of classes. (Tests may give the same results in
//!   two of these cells; they are two cells all the same.)

use std::collections::BTreeSet;

use super::evaluate::{comparison_parts, fact_test_holds};
use super::read::texts;
use super::{Fact, Kind, Value, Yaml};

/// The cells of one fact.
#[derive(Clone, Debug)]
pub(crate) struct FactCells {
    /// The fact.
    pub fact: Fact,
    /// Flags only: the classes, in the order of their first options.
    pub classes: Vec<Vec<String>>,
    /// Values that show what each cell is. Ordered kinds: from its first to its last value (of a count not all that lie
    /// between). Flags: its smallest set (the first option of each class held) and its largest. Flags cells are numbered
    /// so that bit `i` of the number says whether class `i` is held.
    pub cells: Vec<Vec<Value>>,
}

impl FactCells {
    /// The cells of `fact` that `tests`, all on this fact, can tell apart.
    pub(crate) fn new(fact: &Fact, tests: &[Yaml]) -> FactCells {
        let classes = match &fact.kind {
            Kind::Flags(options) => classes(options, tests),
            _ => Vec::new(),
        };
        let cells = match &fact.kind {
            Kind::Flags(options) => flags_cells(options, &classes),
            _ => ordered_cells(fact, tests),
        };
        FactCells {
            fact: fact.clone(),
            classes,
            cells,
        }
    }

    /// One value of each cell.
    pub(crate) fn representatives(&self) -> Vec<Value> {
        self.cells.iter().map(|cell| cell[0].clone()).collect()
    }

    /// The number of the cell that holds this value.
    pub(crate) fn cell_of(&self, value: &Value) -> usize {
        if let Value::Flags(flags) = value {
            let is_held = |class: &Vec<String>| class.iter().any(|flag| flags.contains(flag));
            let held = (0..self.classes.len()).filter(|&class| is_held(&self.classes[class]));
            return held.map(|class| 1 << class).sum();
        }
        let rank = rank(&self.fact, value);
        let first = |cell: &Vec<Value>| self::rank(&self.fact, cell.first().unwrap());
        let last = |cell: &Vec<Value>| self::rank(&self.fact, cell.last().unwrap());
        let mut cells = self.cells.iter();
        cells
            .position(|cell| first(cell) <= rank && rank <= last(cell))
            .unwrap_or_else(|| panic!("{} cannot be {value:?}", self.fact.id))
    }

    /// How far apart two cells are: in cells, for flags in classes.
    pub(crate) fn distance(&self, from: usize, to: usize) -> usize {
        match self.fact.kind {
            Kind::Flags(_) => (from ^ to).count_ones() as usize,
            _ => from.abs_diff(to),
        }
    }

    /// The value of another cell that is nearest to a current value: the edge of the cell on this side; for flags, the
    /// first option of each class that must become held is set and all options of each class that must become empty are
    /// removed, the rest stays.
    pub(crate) fn nearest(&self, current: &Value, target: usize) -> Value {
        if let Value::Flags(flags) = current {
            let mut flags = flags.clone();
            for (number, class) in self.classes.iter().enumerate() {
                let is_held = class.iter().any(|flag| flags.contains(flag));
                let must_be_held = target & (1 << number) != 0;
                if must_be_held && !is_held {
                    flags.insert(class[0].clone());
                }
                if !must_be_held {
                    flags.retain(|flag| !class.contains(flag));
                }
            }
            return Value::Flags(flags);
        }
        let from = self.cell_of(current);
        if target > from {
            self.cells[target].first().unwrap().clone()
        } else if target < from {
            self.cells[target].last().unwrap().clone()
        } else {
            current.clone()
        }
    }
}

/// Adds to `found` every test on `fact` inside `test`. Conditions and definitions named there are not followed.
pub(super) fn collect_tests_on(fact: &str, test: &Yaml, found: &mut Vec<Yaml>) {
    let Some(entries) = test.as_mapping() else {
        return;
    };
    for (key, value) in entries {
        match key.as_str().unwrap() {
            "all" | "any" => {
                for part in value.as_sequence().unwrap() {
                    collect_tests_on(fact, part, found);
                }
            }
            "not" => collect_tests_on(fact, value, found),
            key if key == fact => found.push(value.clone()),
            _ => {}
        }
    }
}

/// The place of a value in the order of its kind.
pub(super) fn rank(fact: &Fact, value: &Value) -> i64 {
    match (&fact.kind, value) {
        (Kind::Count { .. }, Value::Count(count)) => *count,
        (Kind::YesNo, Value::YesNo(answer)) => i64::from(*answer),
        (Kind::Choice(options), Value::Choice(option)) => {
            let place = options.iter().position(|known| known == option);
            place.unwrap_or_else(|| panic!("{} has no option {option}", fact.id)) as i64
        }
        _ => panic!("{} cannot be {value:?}", fact.id),
    }
}

/// Cuts the values into runs with equal results of all tests.
fn ordered_cells(fact: &Fact, tests: &[Yaml]) -> Vec<Vec<Value>> {
    let mut cells: Vec<Vec<Value>> = Vec::new();
    let mut results_before = None;
    for value in values_in_order(fact, tests) {
        let holds = |test: &Yaml| fact_test_holds(test, &value);
        let results: Vec<bool> = tests.iter().map(holds).collect();
        if results_before.as_ref() != Some(&results) {
            cells.push(Vec::new());
        }
        cells.last_mut().unwrap().push(value);
        results_before = Some(results);
    }
    cells
}

/// All values in order; of a count, both ends of the domain and what lies at and beside each number it is compared with.
/// No result changes anywhere else, so that the first and the last value of each run are among them.
fn values_in_order(fact: &Fact, tests: &[Yaml]) -> Vec<Value> {
    match &fact.kind {
        Kind::Count { min, max } => {
            let mut values = BTreeSet::from([*min, *max]);
            for test in tests {
                let (_, number) = comparison_parts(test);
                values.extend([number - 1, number, number + 1]);
            }
            values.retain(|value| min <= value && value <= max);
            values.into_iter().map(Value::Count).collect()
        }
        Kind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
        Kind::Choice(options) => options.iter().cloned().map(Value::Choice).collect(),
        Kind::Flags(_) => panic!("sets of flags have no order"),
    }
}

fn classes(options: &[String], tests: &[Yaml]) -> Vec<Vec<String>> {
    let is_of_all = |test: &&Yaml| matches!(test.as_str(), Some("any" | "none"));
    let some_test_is_of_all = tests.iter().any(|test| is_of_all(&test));
    let naming: Vec<Vec<String>> = tests
        .iter()
        .filter(|test| !is_of_all(test))
        .map(texts)
        .collect();
    let named_by = |option: &String| -> Vec<bool> {
        naming.iter().map(|names| names.contains(option)).collect()
    };
    let mut classes: Vec<Vec<String>> = Vec::new();
    for option in options {
        let is_named = named_by(option).contains(&true);
        if !is_named && !some_test_is_of_all {
            continue;
        }
        let mut same = classes.iter_mut();
        match same.find(|class| named_by(&class[0]) == named_by(option)) {
            Some(class) => class.push(option.clone()),
            None => classes.push(vec![option.clone()]),
        }
    }
    classes
}

/// The smallest and the largest set of each cell.
fn flags_cells(options: &[String], classes: &[Vec<String>]) -> Vec<Vec<Value>> {
    let mut cells = Vec::new();
    for cell in 0..1_usize << classes.len() {
        let mut smallest = BTreeSet::new();
        let mut largest: BTreeSet<String> = options.iter().cloned().collect();
        for (number, class) in classes.iter().enumerate() {
            if cell & (1 << number) != 0 {
                smallest.insert(class[0].clone());
            } else {
                largest.retain(|flag| !class.contains(flag));
            }
        }
        cells.push(vec![Value::Flags(smallest), Value::Flags(largest)]);
    }
    cells
}
