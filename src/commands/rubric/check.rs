//! `rubric check`: what is wrong with a rubric, and what is proved about it.

use anyhow::Result;
use mesh_advisor::inspection::{Inspection, RULES, inspect};
use mesh_advisor::output::check::text::Look;
use mesh_advisor::output::check::{Format, Settings, render};
use mesh_advisor::output::rubric::{check_json, check_text};
use mesh_advisor::record::report::{Severity, normal_path};

use super::budget;
use crate::cli::rubric::{Check, CheckFormat};
use crate::commands::inputs::{Inputs, Mistakes};
use crate::commands::{Exit, print, width};

pub fn run(args: &Check, inputs: &Inputs) -> Result<Exit> {
    let source = inputs.rubric_source()?;
    let inspection = inspect(&source, &normal_path(&source.name), &budget(&args.effort))
        .map_err(|problems| Mistakes::new(&source, &problems))?;
    print(&shown(&inspection, args.format))?;
    Ok(if inspection.report.fails(Severity::Error) { Exit::Found } else { Exit::Done })
}

fn shown(inspection: &Inspection, format: CheckFormat) -> String {
    let look = Look { is_coloured: true, width: width() };
    let settings = Settings { rules: RULES, version: env!("CARGO_PKG_VERSION"), threshold: Severity::Error, look };
    match format {
        CheckFormat::Text => check_text::render(inspection, look),
        CheckFormat::Json => check_json::render(inspection),
        CheckFormat::Sarif => render(Format::Sarif, &inspection.report, settings),
        CheckFormat::Github => render(Format::Github, &inspection.report, settings),
        CheckFormat::Junit => render(Format::Junit, &inspection.report, settings),
    }
}
