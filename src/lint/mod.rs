//! `rubric check`: what there is to say about a rubric, each finding at its place in the file.
//!
//! The engine proves; each file of `findings` decides what of that is a fault, in which words, and where it stands. Mistakes that
//! keep a part of the file from being read are findings too, and what can be read is checked all the same; what
//! could follow from a mistake alone is not told.

mod constant;
mod findings;
mod implication;
mod readings;
mod spoken;
mod starters;
mod subject;
mod wordings;
mod words;

use jiff::civil::Date;
use num_bigint::BigUint;

pub use findings::FAMILY;
pub use words::{difference, values, written};

use crate::finding::{Checked, Report};
use findings::{CHECKS, checks_incomplete};
use subject::Subject;
use verdict::engine::{Budget, Proof, Proofs, Sums, TooLarge};
use verdict::ids::{RecommendationId, Table};
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Source};

/// What there is to say about a rubric.
#[derive(Clone, Debug, Default)]
pub struct RubricReport {
    /// The findings.
    pub report: Report,
    /// The rubric's name and version, when they could be read.
    pub rubric: Option<(String, String)>,
    /// What was proved; absent when the rubric could not be compiled.
    pub proved: Option<Proved>,
    /// How many parts of the file have mistakes and took no part in the proofs.
    pub left_out: usize,
    /// What was not checked, and why.
    pub unchecked: Vec<Unchecked>,
}

/// What was proved about all sheets.
#[derive(Clone, Debug)]
pub struct Proved {
    /// How many sheets there are: one for each combination of cells.
    pub sheets: BigUint,
    /// How many of them give each recommendation, by id.
    pub shares: Table<RecommendationId, (String, BigUint)>,
    /// How many of them no rule covers.
    pub uncovered: BigUint,
    /// How many rules there are, and how many of them fire on no sheet.
    pub rules: (usize, usize),
    /// How far the sums go.
    pub sums: Option<Sums>,
    /// Each guarantee by id, and what came of it; `None` when that was not found out.
    pub guarantees: Vec<(String, Option<Proof>)>,
    /// How many cases there are, and how many of them fail.
    pub cases: (usize, usize),
}

/// Something that would have cost too much to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unchecked {
    /// What was not checked.
    pub what: String,
    /// What it would have taken.
    pub why: String,
}

impl Unchecked {
    fn new(what: impl Into<String>, why: &TooLarge) -> Self {
        Self {
            what: what.into(),
            why: why.to_string(),
        }
    }
}

/// Reads a starter by its name, or says why it cannot.
pub type Starters<'a> = &'a dyn Fn(&str) -> Result<Source, String>;

/// Checks a rubric file at no more than this cost. `path` is how findings name the file, `today` the day by which dates
/// are judged.
///
/// # Errors
/// The file is not YAML at all.
pub fn lint(
    source: &Source,
    path: &str,
    budget: &Budget,
    today: Date,
    starters: Starters<'_>,
) -> Result<RubricReport, Vec<PlacedProblem>> {
    let draft = Rubric::draft(source);
    if !draft.is_yaml {
        return Err(draft.problems);
    }
    let compiled = draft
        .rubric
        .as_ref()
        .map(|rubric| Proofs::new(rubric, budget));
    let (proofs, too_large) = match &compiled {
        Some(Ok(proofs)) => (Some(proofs), None),
        Some(Err(error)) => (None, Some(error)),
        None => (None, None),
    };
    let subject = Subject::new((source, path), &draft, proofs, today, starters);
    let everything = "everything that is proved over all sheets";
    let mut unchecked: Vec<Unchecked> = too_large
        .iter()
        .map(|error| Unchecked::new(everything, error))
        .collect();
    unchecked.extend(subject.constant.unchecked.iter().cloned());
    let (mut findings, mut passed) = (Vec::new(), Vec::new());
    for check in CHECKS {
        match (check.look)(&subject) {
            Some(found) if found.findings.is_empty() && found.unchecked.is_empty() => {
                passed.push(check.kind.id);
            }
            Some(found) => {
                findings.extend(found.findings);
                unchecked.extend(found.unchecked);
            }
            None => {}
        }
    }
    findings.extend(checks_incomplete::finding(&subject, &unchecked));
    let path = path.to_owned();
    let mut report = Report {
        findings,
        checked: vec![Checked { path, passed }],
        ..Report::default()
    };
    report.sort();
    Ok(RubricReport {
        report,
        rubric: draft
            .rubric
            .as_ref()
            .map(|own| (own.id.to_string(), own.version.to_string())),
        proved: subject.proved(),
        left_out: subject.left_out.count,
        unchecked,
    })
}
