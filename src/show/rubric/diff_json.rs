//! A comparison of two rubrics as one JSON object, schema `mesh-advisor/rubric-diff/1`.
//!
//! Counts of sheets are strings: they can be too large for a number.

use serde::Serialize;

use super::diff::Comparison;
use crate::show::{json, sheets};
use verdict::engine::{Difference, Example, KnownTo, Shift};
use verdict::revision::{Edit, Nature, SheetChange, Way};
use verdict::rubric::Rubric;
use verdict::text::Tree;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/rubric-diff/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    old: Named<'r>,
    new: Named<'r>,
    /// Whether anything changes, or might.
    changed: bool,
    sheets: Option<String>,
    moved: Option<String>,
    shifts: Vec<OneShift<'r>>,
    /// Why the recommendations were not compared.
    unchecked: Option<String>,
    only_old: &'r [String],
    only_new: &'r [String],
    edits: Vec<OneEdit>,
    /// Files of answers and records.
    answers: Vec<OneSheet<'r>>,
    skipped: Vec<Passed<'r>>,
    step: &'static str,
    because: Vec<&'r str>,
    taken: &'static str,
    /// The version called for, when a smaller step was taken.
    wanted: Option<String>,
}

#[derive(Serialize)]
struct Named<'r> {
    id: &'r str,
    version: String,
    digest: &'r str,
}

#[derive(Serialize)]
struct OneShift<'r> {
    from: Option<&'r str>,
    to: Option<&'r str>,
    sheets: String,
    share: f64,
    example: Vec<OneValue<'r>>,
}

#[derive(Serialize)]
struct OneValue<'r> {
    fact: &'r str,
    value: Tree,
    /// `both`, `old` or `new`.
    known_to: &'static str,
}

#[derive(Serialize)]
struct OneEdit {
    path: String,
    /// `added`, `removed`, `changed` or `reordered`.
    way: &'static str,
    /// `text` or `logic`.
    nature: &'static str,
}

#[derive(Serialize)]
struct Passed<'r> {
    path: &'r str,
    because: &'r str,
}

#[derive(Serialize)]
struct OneSheet<'r> {
    path: &'r str,
    changed: bool,
    before: Option<&'r str>,
    after: Option<&'r str>,
    possible_before: &'r [String],
    possible_after: Option<&'r [String]>,
    /// Why the answers no longer fit.
    mistakes: Vec<String>,
}

/// The object, with a line feed at the end.
pub fn render(comparison: &Comparison<'_>) -> String {
    let revision = &comparison.revision;
    let difference = revision.difference.as_ref().ok();
    let moved = |difference: &Difference| {
        comparison
            .moved(difference)
            .iter()
            .map(|shift| &shift.sheets)
            .sum::<num_bigint::BigUint>()
            .to_string()
    };
    let document = Document {
        schema: SCHEMA,
        old: named(comparison.old),
        new: named(comparison.new),
        changed: comparison.changes_something(),
        sheets: difference.map(|difference| difference.total.to_string()),
        moved: difference.map(moved),
        shifts: difference
            .map(|difference| shifts(comparison, difference))
            .unwrap_or_default(),
        unchecked: revision.difference.as_ref().err().map(ToString::to_string),
        only_old: &revision.only_old,
        only_new: &revision.only_new,
        edits: revision.edits.iter().map(edit).collect(),
        answers: comparison.sheets.iter().map(sheet).collect(),
        skipped: comparison
            .skipped
            .iter()
            .map(|one| Passed {
                path: &one.path,
                because: &one.why,
            })
            .collect(),
        step: revision.step.as_str(),
        because: revision
            .reasons
            .iter()
            .map(|reason| reason.why.as_str())
            .collect(),
        taken: revision.taken.as_str(),
        wanted: revision.wanted.map(|version| version.to_string()),
    };
    json::document(&document)
}

fn named(rubric: &Rubric) -> Named<'_> {
    Named {
        id: &rubric.id,
        version: rubric.version.to_string(),
        digest: &rubric.digest,
    }
}

fn shifts<'r>(comparison: &'r Comparison<'_>, difference: &'r Difference) -> Vec<OneShift<'r>> {
    let one = |shift: &'r Shift| {
        let (from, to) = comparison.ids(shift);
        OneShift {
            from,
            to,
            sheets: shift.sheets.to_string(),
            share: sheets::fraction(&shift.sheets, &difference.total),
            example: shift.example.iter().map(value).collect(),
        }
    };
    difference.shifts.iter().map(one).collect()
}

fn value(example: &Example) -> OneValue<'_> {
    OneValue {
        fact: &example.fact.id,
        value: example.fact.write(example.value),
        known_to: match example.known_to {
            KnownTo::Both => "both",
            KnownTo::First => "old",
            KnownTo::Second => "new",
        },
    }
}

fn edit(edit: &Edit) -> OneEdit {
    OneEdit {
        path: edit.place(),
        way: match edit.way {
            Way::Added => "added",
            Way::Removed => "removed",
            Way::Changed => "changed",
            Way::Reordered => "reordered",
        },
        nature: if edit.nature == Nature::Text {
            "text"
        } else {
            "logic"
        },
    }
}

fn sheet(sheet: &SheetChange) -> OneSheet<'_> {
    let after = sheet.after.as_ref().ok();
    let mistakes = sheet.after.as_ref().err().into_iter().flatten();
    OneSheet {
        path: &sheet.path,
        changed: sheet.is_change(),
        before: sheet.before.recommendation.as_deref(),
        after: after.and_then(|after| after.recommendation.as_deref()),
        possible_before: &sheet.before.possible,
        possible_after: after.map(|after| after.possible.as_slice()),
        mistakes: mistakes.map(|placed| placed.problem.sentence()).collect(),
    }
}
