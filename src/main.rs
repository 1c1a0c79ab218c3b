//! `mesh-advisor`: should we run a service mesh, and in which shape?
//!
//! Parses the command line, runs the command, and turns its result into an exit code.

mod cli;
mod commands;

use clap::Parser;

use commands::Exit;

fn main() -> Exit {
    let cli = cli::Cli::parse();
    commands::run(cli).unwrap_or_else(|error| commands::report(&error))
}
