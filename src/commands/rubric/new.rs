//! `rubric new`: a rubric to begin with.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use mesh_advisor::show::harmless::Form;
use mesh_advisor::template;

use crate::commands::outputs::{self, Expected};
use crate::commands::{Exit, print_raw, quoted, say};

/// Write a commented rubric to begin with
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric new kafka.yaml --question \"Should we adopt Kafka?\"
  mesh-advisor rubric new - --question \"Should we adopt Kafka?\"

The file passes `rubric check` as it is; its comments say what to replace. A file that exists is never overwritten.

Exit codes: 0 the file was written; 2 usage, or a file that exists or cannot be written.")]
pub(crate) struct New {
    /// The file to write; - is standard output
    #[arg(value_name = "FILE")]
    pub path: PathBuf,

    /// The question that the rubric is to answer
    #[arg(long, value_name = "TEXT", default_value = "Should we adopt it?")]
    pub question: String,
}

pub(super) fn run(args: &New) -> Result<Exit> {
    let path = args.path.as_path();
    let Some(name) = path.file_stem().map(|stem| stem.to_string_lossy()) else {
        bail!("cannot write {}: it names no file", path.display());
    };
    let text = template::rubric(&name, &args.question);
    if path == Path::new("-") {
        print_raw(&text, Form::Text)?;
        return Ok(Exit::Done);
    }
    if path.symlink_metadata().is_ok() {
        bail!("cannot write {}: it exists already", path.display());
    }
    outputs::check_writable(path)?;
    outputs::replace(path, &text, Expected::Unchanged(None))?;
    let shown = quoted(&path.display().to_string());
    say(&format!(
        "wrote {shown}; check it with: mesh-advisor rubric check {shown}"
    ));
    Ok(Exit::Done)
}
