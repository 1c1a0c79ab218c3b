//! `check`: recorded decisions against their own answers.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use mesh_advisor::finding::{Report, Severity};
use mesh_advisor::record::check::{FileReport, Input, check};
use mesh_advisor::record::findings::{FAMILY, Setting};
use mesh_advisor::show::check::{Format, Settings, github, render, text};
use mesh_advisor::words::counted;
use rayon::prelude::*;

use super::files::{Files, Found, Workspace, read};
use super::inputs::Inputs;
use super::{Exit, outputs, print, print_raw, today, width};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor check docs/decisions
  mesh-advisor check docs/decisions --format github --output sarif=mesh.sarif
  mesh-advisor check docs/decisions --fail-on warning --as-of 2027-01-01
  mesh-advisor check docs/decisions/0007-mesh.md --exit-zero

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

    /// What to write to standard output: text, json, sarif, github or junit
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format)]
    pub format: Format,

    /// Write a format to a file as well; any number of times
    #[arg(long, value_name = "FORMAT=FILE", value_parser = output)]
    pub output: Vec<Output>,

    /// Finding no record to check is fine
    #[arg(long)]
    pub allow_none: bool,

    /// Report findings without failing
    #[arg(long)]
    pub exit_zero: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    Error,
    Warning,
}

impl From<FailOn> for Severity {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
        }
    }
}

/// One report in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Output {
    pub format: Format,
    pub file: PathBuf,
}

fn format(name: &str) -> Result<Format, String> {
    Format::from_name(name).ok_or_else(|| format!("one of {} is expected", names()))
}

fn output(text: &str) -> Result<Output, String> {
    let parts = text.split_once('=').filter(|(_, file)| !file.is_empty());
    let (name, file) =
        parts.ok_or_else(|| "FORMAT=FILE is expected, such as sarif=mesh.sarif".to_owned())?;
    Ok(Output {
        format: format(name)?,
        file: PathBuf::from(file),
    })
}

fn names() -> String {
    Format::ALL.map(Format::name).join(", ")
}

pub(super) fn run(args: &Check, inputs: &Inputs) -> Result<Exit> {
    let workspace = Workspace::of_environment()?;
    check_outputs(&args.output, &workspace)?;
    let rubric = inputs.rubric()?;
    let reasoning = inputs.reasoning(rubric)?;
    let setting = Setting {
        rubric,
        reasoning: &reasoning,
        today: args.as_of.unwrap_or_else(today),
    };
    let report = report(Files::find(&args.paths, &workspace)?, &setting)?;
    write(&report, args)?;
    Ok(exit(&report, args))
}

/// Checks all files, on all cores; the order of the report does not depend on who finished first.
fn report(mut files: Files, setting: &Setting<'_>) -> Result<Report> {
    let mut report = Report {
        skipped: std::mem::take(&mut files.skipped),
        ..Report::default()
    };
    let each: Vec<Result<FileReport>> = files
        .into_vec()
        .par_iter()
        .map(|file| check_file(file, setting))
        .collect();
    for file in each {
        let file = file?;
        report.checked.extend(file.checked);
        report.skipped.extend(file.skipped);
        report.findings.extend(file.findings);
    }
    report.sort();
    Ok(report)
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

/// Refuses an output that could not be written, or would be written somewhere else, before anything is done.
fn check_outputs(chosen: &[Output], workspace: &Workspace) -> Result<()> {
    for output in chosen {
        outputs::check_writable(&output.file)?;
        if workspace.leads_outside(&output.file) {
            bail!(
                "cannot write {}: it leads out of the working directory through a link",
                output.file.display()
            );
        }
    }
    Ok(())
}

fn write(report: &Report, args: &Check) -> Result<()> {
    let kinds = (FAMILY.kinds)();
    let settings = |is_coloured| Settings {
        kinds: &kinds,
        version: env!("CARGO_PKG_VERSION"),
        threshold: args.fail_on.into(),
        look: text::Look {
            is_coloured,
            width: width(),
        },
    };
    for output in &args.output {
        outputs::replace(
            &output.file,
            &render(output.format, report, settings(false)),
        )?;
    }
    if args.format == Format::Github
        || args
            .output
            .iter()
            .any(|output| output.format == Format::Github)
    {
        append_step_summary(report);
    }
    match args.format {
        Format::Text => print(&render(Format::Text, report, settings(true))),
        format => print_raw(&render(format, report, settings(false))),
    }
}

/// Shows the report on the page of the run, where GitHub runs it. That page is an extra: without it the check still counts.
fn append_step_summary(report: &Report) {
    let Some(path) = std::env::var_os("GITHUB_STEP_SUMMARY")
        .filter(|path| !path.is_empty())
        .map(PathBuf::from)
    else {
        return;
    };
    let appended = OpenOptions::new()
        .append(true)
        .create(true)
        .open(&path)
        .and_then(|mut file| file.write_all(github::render_summary(report).as_bytes()));
    if let Err(error) = appended {
        say(&format!(
            "warning: cannot write the step summary {}: {error}",
            path.display()
        ));
    }
}

fn exit(report: &Report, args: &Check) -> Exit {
    if report.fails(args.fail_on.into()) {
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

/// A word on standard error; nothing is left to be done when even that cannot be written.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}
