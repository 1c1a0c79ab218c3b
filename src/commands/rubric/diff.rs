//! `rubric diff`: what a new version of a rubric changes, for all sheets and for yours.

use std::path::Path;

use anyhow::{Context, Result};
use mesh_advisor::output::rubric::diff::Comparison;
use mesh_advisor::output::rubric::{diff_json, diff_text};
use mesh_advisor::revision::{Edition, Judge, Revision, SheetChange};
use mesh_advisor::rubric::Rubric;
use mesh_advisor::source::{Document, Tree};

use super::budget;
use crate::cli::rubric::{Diff, TextOrJson};
use crate::commands::inputs::{Mistakes, read};
use crate::commands::{Exit, print, print_raw, width};

pub fn run(args: &Diff) -> Result<Exit> {
    let ((old, old_file), (new, new_file)) = (rubric(&args.old)?, rubric(&args.new)?);
    let editions = (Edition { rubric: &old, file: &old_file }, Edition { rubric: &new, file: &new_file });
    let revision = Revision::of(editions.0, editions.1, &budget(&args.effort));
    let sheets = sheets(&args.answers, &old, &new)?;
    let comparison = Comparison { old: &old, new: &new, revision, sheets };
    match args.format {
        TextOrJson::Text => print(&diff_text::render(&comparison, width()))?,
        TextOrJson::Json => print_raw(&diff_json::render(&comparison))?,
    }
    Ok(if comparison.changes_something() { Exit::Found } else { Exit::Done })
}

/// A rubric and the values in its file.
fn rubric(path: &Path) -> Result<(Rubric, Tree)> {
    let source = read(path)?;
    let rubric = Rubric::parse(&source).map_err(|problems| Mistakes::new(&source, &problems))?;
    let document = Document::read(&source).map_err(|problem| Mistakes::new(&source, &[*problem]))?;
    Ok((rubric, document.tree().clone()))
}

/// What becomes of files of answers. They must fit the old rubric.
fn sheets(paths: &[std::path::PathBuf], old: &Rubric, new: &Rubric) -> Result<Vec<SheetChange>> {
    if paths.is_empty() {
        return Ok(Vec::new());
    }
    let judge = |rubric| Judge::new(rubric).context("this rubric is too large to reason about exactly");
    let (old, new) = (judge(old)?, judge(new)?);
    let mut sheets = Vec::new();
    for path in paths {
        let source = read(path)?;
        let before = old.judge(&source).map_err(|problems| Mistakes::new(&source, &problems))?;
        sheets.push(SheetChange { path: source.name.clone(), before, after: new.judge(&source) });
    }
    Ok(sheets)
}
