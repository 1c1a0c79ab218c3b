//! `rubric test`: run the cases of a rubric and of files, and suggest what is missing.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use mesh_advisor::show::harmless::Form;
use mesh_advisor::show::rubric::test::{CaseRun, TestRun};
use mesh_advisor::show::rubric::{test_json, test_text};
use verdict::cases::{Exercise, Outcome, Suggestion, suggest, suggest_sides};
use verdict::engine::{Proofs, TooLarge};
use verdict::rubric::{Case, Rubric};
use verdict::text::{Document, Part};

use super::{Effort, TextOrJson, budget};
use crate::commands::inputs::{Inputs, Mistakes, read};
use crate::commands::{Exit, print, print_raw, width};

/// Run the cases of a rubric, and cases in other files
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric test
  mesh-advisor rubric test cases/*.yaml --rubric ours.yaml
  mesh-advisor rubric test --suggest

A file of cases has the form of the list in a rubric:
  cases:
    - {id: start-up, answers: {services: 8, teams: 2}, recommend: no-mesh, rule: small-fleet}

Exit codes: 0 all cases pass; 1 a case fails; 2 usage, or an input that cannot be read.")]
pub(crate) struct Test {
    /// Files with more cases
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Print the fewest new cases that exercise what no case does, and those that lack beside thresholds of counts
    #[arg(long)]
    pub suggest: bool,

    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: TextOrJson,

    #[command(flatten)]
    pub effort: Effort,
}

pub(super) fn run(args: &Test, inputs: &Inputs) -> Result<Exit> {
    let source = inputs.rubric_source()?;
    let rubric = Rubric::parse(&source).map_err(|problems| Mistakes::new(&source, &problems))?;
    let file = Document::read(&source).map_err(|problem| Mistakes::new(&source, &[*problem]))?;
    let line = |case: &Case| {
        source
            .line_and_column(file.root().locate(&case.route, Part::Value).start)
            .0
    };
    let mut cases: Vec<(String, usize, Case)> = rubric
        .cases
        .iter()
        .map(|case| (source.name.clone(), line(case), case.clone()))
        .collect();
    for path in &args.files {
        let file = read(path)?;
        let more = rubric
            .parse_cases(&file)
            .map_err(|problems| Mistakes::new(&file, &problems))?;
        cases.extend(
            more.into_iter()
                .map(|(line, case)| (file.name.clone(), line, case)),
        );
    }
    let outcomes: Vec<Outcome<'_>> = cases
        .iter()
        .map(|(_, _, case)| Outcome::of(&rubric, case))
        .collect();
    let missing = Exercise::of(&rubric, &outcomes).missing(&rubric);
    let mut test = TestRun {
        rubric: &rubric,
        cases: Vec::new(),
        missing,
        suggestions: None,
        unchecked: None,
    };
    if args.suggest {
        let proofs = Proofs::new(&rubric, &budget(&args.effort));
        let mut suggestions = Vec::new();
        let added = proofs.and_then(|proofs| add(&mut suggestions, &rubric, &proofs, &outcomes));
        test.unchecked = added.err().map(|error| error.to_string());
        test.suggestions =
            Some(suggestions).filter(|found| !found.is_empty() || test.unchecked.is_none());
    }
    let placed = cases.iter().zip(outcomes);
    test.cases = placed
        .map(|((path, line, _), outcome)| CaseRun {
            path: path.clone(),
            line: *line,
            outcome,
        })
        .collect();
    match args.format {
        TextOrJson::Text => print(&test_text::render(&test, width()))?,
        TextOrJson::Json => print_raw(&test_json::render(&test), Form::Json)?,
    }
    let is_incomplete = test.unchecked.is_some();
    let fails = test.cases.iter().any(|case| !case.outcome.passes());
    Ok(if fails || is_incomplete {
        Exit::Found
    } else {
        Exit::Done
    })
}

/// Adds the cases that exercise the rest, and then those that are missing beside thresholds.
fn add(
    suggestions: &mut Vec<Suggestion>,
    rubric: &Rubric,
    proofs: &Proofs<'_>,
    outcomes: &[Outcome<'_>],
) -> Result<(), TooLarge> {
    suggestions.extend(suggest(rubric, proofs, outcomes)?);
    let new: Vec<Case> = suggestions.iter().map(|one| one.case.clone()).collect();
    let new = new.iter().map(|case| Outcome::of(rubric, case));
    let all: Vec<Outcome<'_>> = outcomes.iter().cloned().chain(new).collect();
    suggestions.extend(suggest_sides(rubric, proofs, &all)?);
    Ok(())
}
