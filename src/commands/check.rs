//! `check`: recorded decisions against their own answers.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use jiff::civil::Date;
use mesh_advisor::finding::{Report, Severity};
use mesh_advisor::inspect;
use mesh_advisor::record::check::{CheckReport, FileReport, Input, check};
use mesh_advisor::record::findings::{FAMILY, Setting};
use mesh_advisor::record::seen::Seen;
use mesh_advisor::words::counted;
use rayon::prelude::*;
use verdict::rubric::Rubric;

use super::files::{Files, Found, Workspace, read};
use super::inputs::Inputs;
use super::manifests::{Evidence, Manifests};
use super::reporting::{FailOn, Reporting};
use super::{Exit, say, today};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor check docs/decisions
  mesh-advisor check docs/decisions --format github --output sarif=mesh.sarif
  mesh-advisor check docs/decisions --fail-on warning --as-of 2027-01-01
  mesh-advisor check docs/decisions/0007-mesh.md --exit-zero
  mesh-advisor check docs/decisions --manifests deploy/       are the answers still what is deployed?

A record is a block in an .md file that begins with three backticks and `yaml mesh-advisor`, or a .yaml, .yml or .json \
file of the same keys. A file that is named must be one; in a directory, other files are left alone. Accepted records \
get the full check, proposed ones are reported without failing, rejected, superseded and deprecated ones are skipped. \
Directories are walked without .git and node_modules; symbolic links in them are not followed.

Exit codes: 0 nothing at or above --fail-on; 1 something was found; 2 usage, or an input that cannot be read; \
3 there was nothing to check.")]
pub(crate) struct Check {
    /// Files, or directories to look through for records
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// The day by which dates are judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,

    /// The least severe finding that fails the check
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_enum)]
    pub fail_on: FailOn,

    #[command(flatten)]
    pub reporting: Reporting,

    /// Manifests or cluster dumps to compare the answers with: files or directories; any number of times
    #[arg(long, value_name = "PATH")]
    pub manifests: Vec<PathBuf>,

    /// Finding no record to check is fine
    #[arg(long)]
    pub allow_none: bool,

    /// Report findings without failing
    #[arg(long)]
    pub exit_zero: bool,
}

pub(super) fn run(args: &Check, inputs: &Inputs) -> Result<Exit> {
    let workspace = Workspace::of_environment()?;
    args.reporting.check(&workspace)?;
    let rubric = inputs.rubric()?;
    let reasoning = inputs.reasoning(rubric)?;
    let seen = seen(&args.manifests, rubric, &workspace)?;
    let setting = Setting {
        rubric,
        reasoning: &reasoning,
        today: args.as_of.unwrap_or_else(today),
        seen: seen.as_ref(),
    };
    let report = report(Files::find(&args.paths, &workspace)?, &setting)?;
    let threshold = args.fail_on.into();
    args.reporting.write(&report, &FAMILY, Some(threshold))?;
    Ok(exit(&report.report, threshold, args))
}

/// What the manifests show, where some were given. If that is nothing, then nothing was compared, and that is no green.
fn seen(paths: &[PathBuf], rubric: &Rubric, workspace: &Workspace) -> Result<Option<Seen>> {
    if paths.is_empty() {
        return Ok(None);
    }
    let Evidence {
        inventory,
        coverage,
        paths,
    } = Manifests::find(paths, workspace)?.read();
    if coverage.objects == 0 {
        bail!("no Kubernetes object is in what --manifests names");
    }
    Ok(Some(inspect::seen(&inventory.conclude(), rubric, &paths)))
}

/// Checks all files, on all cores; the order of the report does not depend on who finished first.
fn report(mut files: Files, setting: &Setting<'_>) -> Result<CheckReport> {
    let skipped = std::mem::take(&mut files.skipped);
    let each: Result<Vec<FileReport>> = files
        .into_vec()
        .par_iter()
        .map(|file| check_file(file, setting))
        .collect();
    Ok(CheckReport::of(each?, skipped))
}

fn check_file(file: &Found, setting: &Setting<'_>) -> Result<FileReport> {
    let (bytes, is_whole) =
        read(&file.path).with_context(|| format!("cannot read {}", file.shown))?;
    let (path, kind, is_named) = (file.shown.as_str(), file.kind, file.is_named);
    Ok(check(
        &Input {
            path,
            kind,
            is_named,
            bytes: &bytes,
            is_whole,
        },
        setting,
    ))
}

fn exit(report: &Report, threshold: Severity, args: &Check) -> Exit {
    if report.fails(threshold) {
        return if args.exit_zero {
            Exit::Done
        } else {
            Exit::Found
        };
    }
    if report.checked.is_empty() && !args.allow_none {
        let skipped = match report.skipped.len() {
            0 => String::new(),
            count => format!(" ({} skipped)", counted(count, "record")),
        };
        say(&format!(
            "error: found no record to check{skipped}; --allow-none accepts that"
        ));
        return Exit::Nothing;
    }
    Exit::Done
}
