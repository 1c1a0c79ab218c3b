//! `rubric new`: a rubric to begin with.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args;
use mesh_advisor::show::harmless::Form;
use mesh_advisor::template;

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
    let name = path.file_stem().map(|stem| stem.to_string_lossy());
    let text = template::rubric(name.as_deref().unwrap_or_default(), &args.question);
    if path == Path::new("-") {
        print_raw(&text, Form::Text)?;
        return Ok(Exit::Done);
    }
    let context = || format!("cannot write {}", path.display());
    let mut file = File::create_new(path).with_context(context)?;
    file.write_all(text.as_bytes()).with_context(context)?;
    let shown = quoted(&path.display().to_string());
    say(&format!(
        "wrote {shown}; check it with: mesh-advisor rubric check {shown}"
    ));
    Ok(Exit::Done)
}
