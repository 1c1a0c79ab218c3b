//! `completions`: a script that completes commands and options in a shell.

use anyhow::Result;
use clap::CommandFactory;

use super::{Exit, print_raw};
use crate::cli::{Cli, Completions};

pub(super) fn run(args: &Completions) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "mesh-advisor", &mut script);
    print_raw(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
