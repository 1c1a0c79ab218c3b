//! `rubric diff`: what a new version of a rubric changes, for all sheets and for yours.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use mesh_advisor::finding::Skipped;
use mesh_advisor::record::check::recorded;
use mesh_advisor::record::reading::DecisionReading;
use mesh_advisor::show::harmless::Form;
use mesh_advisor::show::rubric::diff::Comparison;
use mesh_advisor::show::rubric::{diff_json, diff_text};
use verdict::revision::{Edition, Judge, Outcome, Revision, SheetChange};
use verdict::rubric::Rubric;
use verdict::text::{PlacedProblem, Tree};

use super::{Effort, TextOrJson, budget};
use crate::commands::files::{self, Files, Workspace};
use crate::commands::inputs::{self, Mistakes};
use crate::commands::project::Projects;
use crate::commands::{Exit, print, print_raw, width};

/// Compare two rubrics over all answer sheets
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric diff main.yaml branch.yaml
  mesh-advisor rubric diff main.yaml branch.yaml --answers fleets/*.yaml --records docs/decisions

The version step that is called for: major when some sheet gets another recommendation, or a fact, an option or an id \
goes; minor when something is added or the logic changes without moving a recommendation; patch when only texts change.

Exit codes: 0 nothing changes; 1 something does; 2 usage, or an input that cannot be read.")]
pub(crate) struct Diff {
    /// The rubric as it was
    #[arg(value_name = "OLD")]
    pub old: PathBuf,

    /// The rubric as it is to be
    #[arg(value_name = "NEW")]
    pub new: PathBuf,

    /// Answers files: which of your sheets change
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub answers: Vec<PathBuf>,

    /// Recorded decisions, or directories with them: which of yours change
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub records: Vec<PathBuf>,

    /// What to write
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: TextOrJson,

    #[command(flatten)]
    pub effort: Effort,
}

pub(super) fn run(args: &Diff) -> Result<Exit> {
    let ((old, old_file), (new, new_file)) = (rubric(&args.old)?, rubric(&args.new)?);
    let editions = (
        Edition {
            rubric: &old,
            file: &old_file,
        },
        Edition {
            rubric: &new,
            file: &new_file,
        },
    );
    let revision = Revision::of(editions.0, editions.1, &budget(&args.effort));
    let (sheets, skipped) = sheets(args, &old, &new)?;
    let comparison = Comparison {
        old: &old,
        new: &new,
        revision,
        sheets,
        skipped,
    };
    match args.format {
        TextOrJson::Text => print(&diff_text::render(&comparison, width()))?,
        TextOrJson::Json => print_raw(&diff_json::render(&comparison), Form::Json)?,
    }
    Ok(if comparison.changes_something() {
        Exit::Found
    } else {
        Exit::Done
    })
}

/// A rubric and the values in its file.
fn rubric(path: &Path) -> Result<(Rubric, Tree)> {
    let source = inputs::read(path)?;
    let (rubric, file) = inputs::parsed(&source)?;
    Ok((rubric, file.tree))
}

/// What becomes of files of answers, which must fit the old rubric, and of the records that do.
fn sheets(args: &Diff, old: &Rubric, new: &Rubric) -> Result<(Vec<SheetChange>, Vec<Skipped>)> {
    let (mut sheets, mut skipped) = (Vec::new(), Vec::new());
    if args.answers.is_empty() && args.records.is_empty() {
        return Ok((sheets, skipped));
    }
    let judge =
        |rubric| Judge::new(rubric).context("this rubric is too large to reason about exactly");
    let (old, new) = (judge(old)?, judge(new)?);
    for path in &args.answers {
        let source = inputs::read(path)?;
        let before = old
            .answers(&source)
            .map_err(|problems| Mistakes::new(&source, &problems))?;
        sheets.push(SheetChange {
            path: source.name.clone(),
            before,
            after: new.answers(&source),
        });
    }
    let workspace = Workspace::of_environment()?;
    let mut found = Files::find(&args.records, &workspace)?;
    let projects = Projects::of(&args.records, &found.projects, &workspace)?;
    skipped.append(&mut found.skipped);
    if let Some(problem) = found.unreadable.first() {
        bail!("{problem}");
    }
    for file in found.into_vec() {
        let contents =
            files::read(&file.path).with_context(|| format!("cannot read {}", file.shown))?;
        let Some(record) = recorded(&file.input(&contents), &projects.status_words) else {
            continue;
        };
        match answers(&record.yaml, &old) {
            Ok(before) => sheets.push(SheetChange {
                path: file.shown,
                before,
                after: answers(&record.yaml, &new),
            }),
            Err(_) => skipped.push(Skipped {
                path: file.shown,
                why: "its answers do not fit the old rubric".into(),
            }),
        }
    }
    Ok((sheets, skipped))
}

/// What a rubric says of the answers in the YAML of a record, or every mistake in it.
fn answers(yaml: &str, judge: &Judge<'_>) -> std::result::Result<Outcome, Vec<PlacedProblem>> {
    let reading = DecisionReading::read(yaml, judge.rubric());
    reading
        .decision
        .answers
        .map(|answers| judge.sheet(&answers))
        .ok_or(reading.problems)
}
