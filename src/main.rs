//! `mesh-advisor`: should we run a service mesh, and in which shape?
//!
//! Answers a shell that completes, or parses the command line and runs the command; turns the result into an exit
//! code.

mod cli;
mod commands;

use clap::Parser;

use commands::Exit;

fn main() -> Exit {
    if let Some(answered) = commands::answer_shell() {
        return answered.unwrap_or_else(|error| commands::report(&error));
    }
    match cli::Cli::try_parse() {
        Ok(cli) => commands::run(cli).unwrap_or_else(|error| commands::report(&error)),
        Err(usage) => commands::report_usage(&usage),
    }
}
