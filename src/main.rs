//! `mesh-advisor`: should we run a service mesh, and in which shape?
//!
//! Answers a shell that completes, or parses the command line and runs the command; turns the result into an exit
//! code.

mod cli;
mod commands;

use clap::Parser;

use commands::Exit;

fn main() -> Exit {
    commands::answer_shell()
        .unwrap_or_else(|| commands::run(cli::Cli::parse()))
        .unwrap_or_else(|error| commands::report(&error))
}
