//! RubricReport: what `rubric check` has to say about a rubric, each finding at its place in the file.
//!
//! The engine proves; here it is decided what of that is a fault, in which words, and where it stands. Mistakes that keep
//! a part of the file from being read are findings too, and what can be read is inspected all the same.

mod catalogue;
mod citations;
mod desk;
mod facts;
mod left_out;
mod promises;
mod reach;
mod readings;
mod rules;
mod words;

use num_bigint::BigUint;

pub use words::{difference, values, written};

use crate::finding::{Checked, Family, Report};
use catalogue::KINDS;
use desk::Desk;
use verdict::engine::{Budget, Proof, Proofs, Sums};
use verdict::ids::{RecommendationId, Table};
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Source};

/// The findings of `rubric check`.
pub static FAMILY: Family = Family {
    command: "rubric check",
    subject: "rubric",
    kinds: || KINDS.to_vec(),
};

/// What came of an inspection.
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

/// Inspects a rubric file at no more than this cost. `path` is how findings name the file.
///
/// # Errors
/// The file is not YAML at all.
pub fn lint(
    source: &Source,
    path: &str,
    budget: &Budget,
) -> Result<RubricReport, Vec<PlacedProblem>> {
    let draft = Rubric::draft(source);
    if !draft.is_yaml {
        return Err(draft.problems);
    }
    let mut desk = Desk::new(source, path, &draft);
    let Some(rubric) = &draft.rubric else {
        desk.mistakes(&draft.problems, false);
        return Ok(desk.results);
    };
    desk.results.rubric = Some((rubric.id.to_string(), rubric.version.to_string()));
    desk.results.left_out = desk.left_out.count;
    let proofs = match Proofs::new(rubric, budget) {
        Ok(proofs) => Some(proofs),
        Err(error) => {
            desk.unchecked("everything that is proved over all sheets", &error);
            None
        }
    };
    let gap = rules::gap(&mut desk, rubric, proofs.as_ref());
    desk.mistakes(&draft.problems, gap);
    citations::check(&mut desk, rubric);
    let faulty = reach::check(&mut desk, rubric, proofs.as_ref());
    let (failed, cases) = promises::cases(&mut desk, rubric);
    if let Some(proofs) = &proofs {
        rules::check(&mut desk, rubric, proofs, &faulty);
        let guarantees = promises::guarantees(&mut desk, rubric, proofs);
        let shares = proofs.shares();
        let share = |(own, one): (RecommendationId, &verdict::rubric::Recommendation)| {
            (one.id.to_string(), shares.of(Some(own)))
        };
        desk.results.proved = Some(Proved {
            shares: rubric.recommendations.entries().map(share).collect(),
            uncovered: shares.of(None),
            sheets: shares.total,
            rules: (rubric.verdict.len(), proofs.dead_rules().len()),
            sums: faulty.sums.clone(),
            guarantees,
            cases: (cases, failed),
        });
    }
    facts::check(&mut desk, rubric, proofs.as_ref());
    desk.finish();
    Ok(desk.results)
}

impl RubricReport {
    /// Notes that a file was checked, and what was not found in it.
    fn passed(&mut self, path: &str) {
        let fired = |id: &str| {
            self.report
                .findings
                .iter()
                .any(|finding| finding.kind.id == id)
        };
        let passed = KINDS
            .iter()
            .map(|kind| kind.id)
            .filter(|id| !fired(id))
            .collect();
        self.report.checked = vec![Checked {
            path: path.to_owned(),
            passed,
        }];
    }
}
