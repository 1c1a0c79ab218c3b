//! A verdict whose rules test the same few things, as the table that it is: a column for each of them.

use crate::show::document::Table;
use crate::show::test_words;
use verdict::rubric::{FactAtom, Rubric, Rule, Test, VerdictAtom, VerdictTest};

/// What stands where a rule does not test what its column is for.
const ANY: &str = "-";

/// The table; `None` where a sentence for each rule says it shorter.
pub(super) fn table(rubric: &Rubric) -> Option<Table> {
    let rules: Vec<(&Rule, Vec<Cell>)> = rubric
        .verdict
        .iter()
        .map(|rule| Some((rule, cells(&rule.when, rubric)?)))
        .collect::<Option<_>>()?;
    let mut columns: Vec<String> = Vec::new();
    for cell in rules.iter().flat_map(|(_, cells)| cells) {
        if !columns.contains(&cell.column) {
            columns.push(cell.column.clone());
        }
    }
    // Below that most of the table would be empty.
    let filled: usize = rules.iter().map(|(_, cells)| cells.len()).sum();
    if columns.len() < 2 || filled * 2 < rules.len() * columns.len() {
        return None;
    }
    // A long name takes several lines instead of a broad column.
    let spaced = columns.iter().map(|column| column.replace('_', "_\n"));
    let titles: Vec<String> = std::iter::once("rule".to_owned())
        .chain(spaced)
        .chain(["gives".to_owned()])
        .collect();
    let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
    let row = |(rule, cells): (&Rule, Vec<Cell>)| {
        let text = |column: &String| {
            let own = cells.iter().filter(|cell| cell.column == *column);
            let words: Vec<&str> = own.map(|cell| cell.words.as_str()).collect();
            match words.as_slice() {
                [] => ANY.to_owned(),
                words => words.join(" and "),
            }
        };
        let gives = rubric.recommendations[rule.recommend].id.to_string();
        std::iter::once(rule.id.to_string())
            .chain(columns.iter().map(text))
            .chain([gives])
            .collect::<Vec<String>>()
    };
    let rows: Vec<Vec<String>> = rules.into_iter().map(row).collect();
    Some(Table::of_texts(&titles, rows))
}

/// What a rule wants in one column.
struct Cell {
    column: String,
    words: String,
}

/// The elementary tests that must all hold; `None` where a test is more than that.
fn cells(test: &VerdictTest, rubric: &Rubric) -> Option<Vec<Cell>> {
    match test {
        Test::All(tests) => {
            let cells: Option<Vec<Vec<Cell>>> =
                tests.iter().map(|own| cells(own, rubric)).collect();
            Some(cells?.into_iter().flatten().collect())
        }
        Test::Atom(atom) => Some(vec![cell(atom, rubric)]),
        Test::Any(_) | Test::Not(_) => None,
    }
}

fn cell(atom: &VerdictAtom, rubric: &Rubric) -> Cell {
    let (column, words) = match atom {
        VerdictAtom::Facts(FactAtom::Fact { fact, accepts }) => {
            let fact = &rubric.facts[*fact];
            (fact.id.as_str(), test_words::of_value(fact, accepts))
        }
        VerdictAtom::Facts(FactAtom::Named { named, expected }) => {
            let words = if *expected { "yes" } else { "no" };
            (rubric.named[*named].id.as_str(), words.to_owned())
        }
        VerdictAtom::Score(comparison) => ("score", comparison.to_string()),
        VerdictAtom::ConditionsMet(comparison) => ("conditions met", comparison.to_string()),
    };
    Cell {
        column: column.to_owned(),
        words,
    }
}
