//! `check`: recorded decisions against their own answers.

use std::cell::OnceCell;
use std::io;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use cluster::Conclusion;
use jiff::civil::Date;
use mesh_advisor::advice::{Advice, advise};
use mesh_advisor::finding::{Report, Severity};
use mesh_advisor::inspect::{self, Paths};
use mesh_advisor::record::check::{CheckReport, CheckedRecord, FileReport, check};
use mesh_advisor::record::findings::{FAMILY, Setting};
use mesh_advisor::record::rubrics::Rubrics;
use mesh_advisor::record::seen::Seen;
use mesh_advisor::show::check::Outcome;
use mesh_advisor::words::counted;
use rayon::prelude::*;
use verdict::engine::Certainty;
use verdict::rubric::Rubric;

use super::files::{Files, Found, Workspace, read};
use super::inputs::{Inputs, Known};
use super::manifests::{Evidence, Manifests};
use super::project::{Projects, Usual};
use super::reporting::{FailOn, Reporting};
use super::{Exit, on_all_cores, say, today};
use crate::cli::day;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor check docs/decisions
  mesh-advisor check docs/decisions --format github --output sarif=mesh.sarif
  mesh-advisor check docs/decisions --fail-on warning --as-of 2027-01-01
  mesh-advisor check docs/decisions/0007-mesh.md --exit-zero
  mesh-advisor check docs/decisions --manifests deploy/    are the answers still what is deployed?
  mesh-advisor check docs/decisions --rubric rubrics/queue.yaml

A record is a block in an .md, .markdown or .mdx file that begins with three backticks and `yaml mesh-advisor`, or a .yaml, .yml or .json \
file of the same keys. A file that is named must be one; in a directory, other files are left alone. Accepted records \
get the full check, proposed ones are reported without failing, rejected, superseded and deprecated ones are skipped. \
Directories are walked without what git ignores and without folders of packages, builds and other working trees; symbolic \
links in them are not followed.

Each record is checked by the rubric that it names: the built-in one, one of --rubric, or one of `rubrics:` in a \
file mesh-advisor.yaml in the folder of the records or above it.

Exit codes: 0 nothing at or above --fail-on; 1 something was found; 2 usage, or an input that cannot be read; \
3 there was nothing to check.")]
pub(crate) struct Check {
    /// Files, or directories to look through for records (default: what `paths` in mesh-advisor.yaml names, or the folder
    /// that .adr-dir names, or everything here)
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The day by which dates are judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Date>,

    /// The least severe finding that fails the check
    #[arg(long, value_name = "SEVERITY", default_value = "error", value_enum)]
    pub fail_on: FailOn,

    #[command(flatten)]
    pub reporting: Reporting,

    /// Manifests or cluster dumps to compare the answers with: files or directories; any number of times (default, where no
    /// PATH is given: what `manifests` in mesh-advisor.yaml names)
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
    let Usual { paths, manifests } = named(args, &workspace)?;
    let files = on_all_cores(|| Files::find(&paths, &workspace))?;
    let projects = Projects::of(&paths, &files.projects, &workspace)?;
    let known = inputs.known(&projects.rubrics)?;
    let evidence = evidence(&manifests, &workspace)?;
    let seen: Vec<Option<Seen>> = known
        .iter()
        .map(|own| seen(evidence.as_ref()?, own.rubric))
        .collect();
    let today = args.as_of.unwrap_or_else(today);
    let mut settings = known.iter().zip(&seen).map(|(own, seen)| Setting {
        rubric: own.rubric,
        reasoning: &own.reasoning,
        today,
        seen: seen.as_ref(),
    });
    let usual = settings.next().context("no rubric is known")?;
    let rubrics = Rubrics::new(usual, settings.collect()).with_status_words(projects.status_words);
    let mut checked = on_all_cores(|| check_all(files, &rubrics));
    checked.inputs.extend(inputs.rubric_files().to_vec());
    checked.inputs.extend(projects.rubrics);
    args.reporting.spare(&checked.inputs, &workspace)?;
    let threshold = args.fail_on.into();
    let advisor = Advisor::new(&known, today);
    let outcome = Outcome {
        checked: &checked.report,
        advise: &|record| advisor.advise(record),
    };
    args.reporting.write(&outcome, &FAMILY, Some(threshold))?;
    for problem in &checked.unreadable {
        say(&format!("error: {problem}"));
    }
    Ok(match exit(&checked.report.report, threshold, args) {
        exit if checked.unreadable.is_empty() => exit,
        _ => Exit::Invalid,
    })
}

/// What is to be checked: what was named, or what the project says that it has, or whatever is a record here.
fn named(args: &Check, workspace: &Workspace) -> Result<Usual> {
    let mut usual = Usual {
        paths: args.paths.clone(),
        manifests: Vec::new(),
    };
    if usual.paths.is_empty() {
        usual = match (Usual::of(workspace)?, workspace.records_folder()?) {
            (Some(usual), _) => usual,
            (None, folder) => Usual {
                paths: vec![folder.unwrap_or_else(|| PathBuf::from("."))],
                ..usual
            },
        };
    }
    if !args.manifests.is_empty() {
        usual.manifests.clone_from(&args.manifests);
    }
    Ok(usual)
}

/// What the manifests show, where some were given. If that is nothing, then nothing was compared, and that is no green.
fn evidence(paths: &[PathBuf], workspace: &Workspace) -> Result<Option<(Conclusion, Paths)>> {
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
    Ok(Some((inventory.conclude(), paths)))
}

/// The same as facts of a rubric; `None` for a rubric that asks for nothing of what a cluster can show.
fn seen((conclusion, paths): &(Conclusion, Paths), rubric: &Rubric) -> Option<Seen> {
    let asks_for_one = conclusion
        .facts
        .iter()
        .any(|fact| rubric.fact(fact.id).is_some());
    asks_for_one.then(|| inspect::seen(conclusion, rubric, paths))
}

/// Gives the advice on records, for formats that tell it. What only they need is made when the first of them asks.
struct Advisor<'a> {
    known: Vec<(&'a Known, OnceCell<Option<Certainty>>)>,
    today: Date,
}

impl<'a> Advisor<'a> {
    fn new(known: &'a [Known], today: Date) -> Self {
        let known = known.iter().map(|own| (own, OnceCell::new())).collect();
        Self { known, today }
    }

    fn advise(&self, record: &CheckedRecord) -> Option<Advice<'a>> {
        let answers = record.answers.as_ref()?;
        let mut known = self.known.iter();
        let (own, certainty) = known.find(|(own, _)| own.rubric.id == record.rubric)?;
        let certainty = certainty.get_or_init(|| own.certainty().ok()).as_ref()?;
        advise(own.rubric, &own.reasoning, certainty, answers, self.today)
    }
}

/// The outcome of a check, with what it rests on.
struct Checked {
    report: CheckReport,
    /// The files that were named or carry a record.
    inputs: Vec<PathBuf>,
    /// What could not be read, and why.
    unreadable: Vec<String>,
}

/// Checks all files, on all cores; the order of the report does not depend on who finished first. What cannot be read
/// does not take the report of the rest along.
fn check_all(mut files: Files, rubrics: &Rubrics<'_>) -> Checked {
    let skipped = std::mem::take(&mut files.skipped);
    let mut unreadable = std::mem::take(&mut files.unreadable);
    let (mut inputs, mut reports) = (Vec::new(), Vec::new());
    let each: Vec<(Found, io::Result<FileReport>)> = files
        .into_vec()
        .into_par_iter()
        .map(|file| {
            let checked = check_file(&file, rubrics);
            (file, checked)
        })
        .collect();
    for (found, checked) in each {
        match checked {
            Ok(report) => {
                if found.is_named || report != FileReport::default() {
                    inputs.push(found.path);
                }
                reports.push(report);
            }
            Err(error) => unreadable.push(format!("cannot read {}: {error}", found.shown)),
        }
    }
    let report = CheckReport::of(reports, skipped);
    Checked {
        report,
        inputs,
        unreadable,
    }
}

fn check_file(file: &Found, rubrics: &Rubrics<'_>) -> io::Result<FileReport> {
    let contents = read(&file.path)?;
    Ok(check(&file.input(&contents), rubrics))
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
