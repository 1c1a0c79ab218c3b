//! `completions`: a script that completes commands and options in a shell.

use anyhow::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Exit, print_raw};
use crate::cli::Cli;

#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  mesh-advisor completions bash > ~/.local/share/bash-completion/completions/mesh-advisor

Exit codes: 0 done; 2 usage.")]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    pub shell: Shell,
}

pub(super) fn run(args: &Completions) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "mesh-advisor", &mut script);
    print_raw(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
