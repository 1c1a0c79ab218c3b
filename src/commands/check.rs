//! `check`: recorded decisions against their own answers.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use mesh_advisor::finding::Report;
use mesh_advisor::record::check::{FileReport, Input, check};
use mesh_advisor::record::findings::{FAMILY, Setting};
use mesh_advisor::show::check::{Format, Settings, github, render, text};
use mesh_advisor::words::counted;
use rayon::prelude::*;

use super::files::{Files, Found, Workspace, read};
use super::inputs::Inputs;
use super::{Exit, outputs, print, print_raw, today, width};
use crate::cli::{Check, Output};

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
