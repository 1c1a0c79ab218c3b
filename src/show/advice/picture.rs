//! The picture: for each fact, the letter of the recommendation that each of its values would give.

use crate::advice::Advice;
use crate::show::document::{Outcome, Picture, PictureCell, PictureLine};
use crate::show::letters::letters;
use verdict::engine::WhatIfCell;
use verdict::ids::Id;
use verdict::rubric::{Domain, Fact, Value, Words};

/// A line for each fact that the verdict can read.
pub(super) fn picture(advice: &Advice<'_>) -> Picture {
    let recommendations = &advice.rubric.recommendations;
    let ids = recommendations.iter().map(|one| one.id.as_str());
    let letters = letters(ids);
    let outcomes = recommendations.iter().zip(letters).enumerate();
    let legend: Vec<Outcome> = outcomes
        .map(|(position, (one, letter))| Outcome {
            letter,
            title: one.title.to_string(),
            position,
        })
        .collect();
    let cell = |fact: &Fact, cell: &WhatIfCell| {
        Some(PictureCell {
            values: values(fact, cell),
            outcome: legend.get(cell.recommendation?.position())?.clone(),
            is_current: cell.is_current,
        })
    };
    let lines = advice.what_if.iter().map(|line| {
        let cells = line.cells.iter();
        let mut cells: Vec<PictureCell> = cells.filter_map(|own| cell(&line.fact, own)).collect();
        if let [only] = cells.as_mut_slice() {
            only.values = "any".to_owned();
        }
        PictureLine {
            fact: line.fact.id.to_string(),
            cells,
        }
    });
    Picture {
        lines: lines.collect(),
        legend,
    }
}

/// The values of a cell in a word or two: `30–99`, `100+`, `no`, `none to wanted`.
fn values(fact: &Fact, cell: &WhatIfCell) -> String {
    match (fact.kind.domain(), cell.from, cell.to) {
        (Domain::Numbers(_, max), Value::Count(from), Value::Count(to)) => {
            let (first, last) = (fact.kind.number(from), fact.kind.number(to));
            fact.with_unit(if from == to {
                first
            } else if to == max {
                format!("{first}+")
            } else {
                format!("{first}–{last}")
            })
        }
        (_, Value::YesNo(from), Value::YesNo(to)) => match (from, to) {
            (false, true) => "no or yes".to_owned(),
            (_, true) => "yes".to_owned(),
            _ => "no".to_owned(),
        },
        (_, Value::Choice(from), Value::Choice(to)) => {
            let (first, last) = (&fact.options()[from].id, &fact.options()[to].id);
            match to.position() - from.position() {
                0 => first.to_string(),
                1 => format!("{first}, {last}"),
                _ => format!("{first} to {last}"),
            }
        }
        (_, Value::Flags(set), _) => {
            let ids: Vec<&Words> = fact.ids_of(set).collect();
            match ids.as_slice() {
                [] => "none".to_owned(),
                [first, more @ ..] => {
                    let such_as = if cell.is_example && !cell.is_current {
                        "such as "
                    } else {
                        ""
                    };
                    let more = match more.len() {
                        0 => String::new(),
                        more => format!(" + {more} more"),
                    };
                    format!("{such_as}{first}{more}")
                }
            }
        }
        (_, value, _) => fact.say(value),
    }
}

/// A value by the ids of its options: `none`, `spire-ca + envoy-filters`, `yes`, `42`.
pub(super) fn ids(fact: &Fact, value: Value) -> String {
    match value {
        Value::Choice(option) => fact.options()[option].id.to_string(),
        Value::Flags(set) if !set.is_empty() => {
            let ids: Vec<&str> = fact.ids_of(set).map(|id| id.as_str()).collect();
            ids.join(" + ")
        }
        value => fact.say(value),
    }
}
