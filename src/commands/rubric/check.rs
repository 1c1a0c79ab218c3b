//! `rubric check`: what is wrong with a rubric, and what is proved about it.

use anyhow::Result;
use clap::{Args, ValueEnum};
use mesh_advisor::finding::{Severity, normal_path};
use mesh_advisor::lint::{FAMILY, inspect};
use mesh_advisor::show::check::text::Look;
use mesh_advisor::show::check::{Format, Settings, render};
use mesh_advisor::show::rubric::{check_json, check_text};

use super::{Effort, budget};
use crate::commands::inputs::{Inputs, Mistakes};
use crate::commands::{Exit, print, print_raw, width};

/// Find mistakes in a rubric, prove its guarantees, run its cases
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric check --rubric ours.yaml
  mesh-advisor rubric check --rubric ours.yaml --format github

Every finding is exact over all answer sheets, and stands at its line. Work has a limit; what is beyond it is named, and \
counts as an error.

Exit codes: 0 nothing worse than a warning; 1 an error was found; 2 usage, or a file that cannot be read or is not YAML.")]
pub(crate) struct Check {
    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: CheckFormat,

    #[command(flatten)]
    pub effort: Effort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    Text,
    Json,
    Sarif,
    Github,
    Junit,
}

pub(super) fn run(args: &Check, inputs: &Inputs) -> Result<Exit> {
    let source = inputs.rubric_source()?;
    let inspection = inspect(&source, &normal_path(&source.name), &budget(&args.effort))
        .map_err(|problems| Mistakes::new(&source, &problems))?;
    let look = Look {
        is_coloured: true,
        width: width(),
    };
    let kinds = (FAMILY.kinds)();
    let settings = Settings {
        kinds: &kinds,
        version: env!("CARGO_PKG_VERSION"),
        threshold: Severity::Error,
        look,
    };
    let machine = |format: Format| print_raw(&render(format, &inspection.report, settings));
    match args.format {
        CheckFormat::Text => print(&check_text::render(&inspection, look))?,
        CheckFormat::Json => print_raw(&check_json::render(&inspection))?,
        CheckFormat::Sarif => machine(Format::Sarif)?,
        CheckFormat::Github => machine(Format::Github)?,
        CheckFormat::Junit => machine(Format::Junit)?,
    }
    Ok(if inspection.report.fails(Severity::Error) {
        Exit::Found
    } else {
        Exit::Done
    })
}
