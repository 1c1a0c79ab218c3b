//! `man`: the manual pages of the program, one for each command.

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, CommandFactory};

use super::Exit;
use crate::cli::Cli;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  mesh-advisor man ~/.local/share/man/man1

Exit codes: 0 the pages were written; 2 usage, or a folder that cannot be written to.")]
pub(crate) struct Man {
    /// The folder to write them to; it is made where there is none
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}

pub(super) fn run(args: &Man) -> Result<Exit> {
    std::fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(Cli::command(), &args.folder))
        .with_context(|| format!("cannot write to {}", args.folder.display()))?;
    Ok(Exit::Done)
}
