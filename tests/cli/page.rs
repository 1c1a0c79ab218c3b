//! The page: what `advise` and `ask` print, for every sheet of the default rubric and for partial ones.

use std::collections::BTreeMap;

use jiff::civil::date;
use mesh_advisor::advice::advise;
use mesh_advisor::show::advice::page;
use mesh_advisor::show::terminal;
use rayon::prelude::*;
use verdict::answers::{Answer, Answers};

use crate::exact::{Pair, default_pair};
use crate::oracle;

/// The most lines of a page, by its columns.
const BOUNDS: [(usize, usize); 3] = [(60, 66), (80, 50), (120, 50)];

/// Partial sheets that are tried.
const PARTIAL: u64 = 500;

/// Sizes of a fleet as they lengthen the page most: every quantity is told.
const SIZES: [(&str, i64); 5] = [
    ("pods", 1_000_000),
    ("nodes", 40_000),
    ("waypoints", 9_000),
    ("vcpu_month_cost", 1_000),
    ("gib_month_cost", 100),
];

fn fits(pair: &Pair, values: &oracle::Partial, is_sized: bool) {
    let sheet = pair.sheet(values);
    let mut answers = Answers::none(&pair.rubric);
    answers.subject = Some("A platform with a long name after the merger".into());
    let known = pair
        .rubric
        .facts
        .iter()
        .filter_map(|fact| Some((fact, sheet.value(fact)?)));
    let sizes = SIZES.iter().filter(|_| is_sized).filter_map(|(id, size)| {
        Some((pair.rubric.fact(id)?, verdict::rubric::Value::Count(*size)))
    });
    for (fact, value) in known.chain(sizes) {
        let answer = Answer {
            value: Some(value),
            source: None,
            as_of: None,
        };
        answers.set(fact, answer);
    }
    let advice = advise(
        &pair.rubric,
        &pair.reasoning,
        &pair.certainty,
        &answers,
        date(2026, 11, 26),
    );
    let document = page(&advice.expect("a rule holds"));
    for (columns, most) in BOUNDS {
        let text = anstream::adapter::strip_str(&terminal::dress(&document, columns)).to_string();
        let lines = text.lines().count();
        assert!(lines <= most, "{lines} lines at {columns} columns:\n{text}");
        for line in text.lines() {
            assert!(
                line.chars().count() <= columns,
                "wider than {columns}: {line}"
            );
        }
    }
}

/// All sheets take minutes; of those that are tried every time, each is one of so many.
const ONE_OF: usize = 31;

#[test]
fn the_sheets_of_the_default_rubric_fit_on_a_page() {
    let pair = default_pair();
    let sheets: Vec<oracle::Sheet> = pair.oracle.all_sheets().collect();
    assert!(sheets.len() > 10_000, "only {} sheets", sheets.len());
    let chosen: Vec<_> = sheets.iter().step_by(ONE_OF).enumerate().collect();
    chosen
        .par_iter()
        .for_each(|(nth, values)| fits(pair, values, nth % 2 == 0));
}

#[test]
#[ignore = "takes minutes: run by .ci/run"]
fn every_sheet_of_the_default_rubric_fits_on_a_page() {
    let pair = default_pair();
    let sheets: Vec<oracle::Sheet> = pair.oracle.all_sheets().collect();
    sheets
        .par_iter()
        .enumerate()
        .for_each(|(nth, values)| fits(pair, values, nth % 2 == 0));
}

#[test]
fn partial_sheets_fit_on_a_page_too() {
    let pair = default_pair();
    fits(pair, &BTreeMap::new(), false);
    let draws: Vec<u64> = (0..PARTIAL).collect();
    draws.par_iter().for_each(|draw| {
        let partial = oracle::random_partial(&pair.oracle, *draw);
        fits(pair, &partial, draw % 2 == 0);
    });
}
