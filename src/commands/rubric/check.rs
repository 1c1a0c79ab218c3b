//! `rubric check`: what is wrong with a rubric, and what is proved about it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;
use mesh_advisor::finding::normal_path;
use mesh_advisor::lint::{FAMILY, lint};

use super::{Effort, budget};
use crate::cli::day;
use crate::commands::files::Workspace;
use crate::commands::inputs::{Inputs, Mistakes};
use crate::commands::reporting::{FailOn, Reporting};
use crate::commands::{Exit, today};

/// Find mistakes in a rubric, prove its guarantees, run its cases
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric check ours.yaml
  mesh-advisor rubric check ours.yaml --format github

Every finding is exact over all answer sheets, and stands at its line. Work has a limit; what is beyond it is named, and \
counts as an error.

Exit codes: 0 nothing at or above --fail-on; 1 something was found; 2 usage, or a file that cannot be read or is not YAML.")]
pub(crate) struct Check {
    /// The rubric to check (default: the one in use)
    #[arg(value_name = "FILE")]
    pub path: Option<PathBuf>,

    /// The least severe finding that fails the check
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_enum)]
    pub fail_on: FailOn,

    /// The day by which dates are judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,

    #[command(flatten)]
    pub reporting: Reporting,

    #[command(flatten)]
    pub effort: Effort,
}

pub(super) fn run(args: &Check, inputs: &Inputs) -> Result<Exit> {
    args.reporting.check(&Workspace::of_environment()?)?;
    let named = (args.path.clone()).map(|path| Inputs::new(vec![path]));
    let inputs = named.as_ref().unwrap_or(inputs);
    let source = inputs.rubric_source()?;
    let today = args.as_of.unwrap_or_else(today);
    let path = normal_path(&source.name);
    let starter = |name: &str| inputs.starter(name).map_err(|error| format!("{error:#}"));
    let results = lint(&source, &path, &budget(&args.effort), today, &starter)
        .map_err(|problems| Mistakes::new(&source, &problems))?;
    let threshold = args.fail_on.into();
    args.reporting.write(&results, &FAMILY, Some(threshold))?;
    Ok(if results.report.fails(threshold) {
        Exit::Found
    } else {
        Exit::Done
    })
}
