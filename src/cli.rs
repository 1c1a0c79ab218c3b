//! The command line: the program's own options and what all commands share. Each command's options stand
//! at the top of its file.

use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use jiff::civil::Date;

use crate::commands::Command;

/// What the help calls the options that every command has.
const GLOBAL: &str = "Options of every command";

/// Should we run a service mesh, and in which shape? Advice with its reasons, exact over every answer sheet.
#[derive(Debug, Parser)]
#[command(
    name = "mesh-advisor",
    version,
    propagate_version = true,
    max_term_width = 100
)]
#[command(after_help = "\
Examples:
  mesh-advisor ask                                      the questions, in a terminal
  mesh-advisor advise --format html > questions.html    the questions, as a page
  mesh-advisor advise --answers fleet.yaml              advice for your answers
  mesh-advisor scaffold --answers fleet.yaml --out DIR  files to begin with
  mesh-advisor check docs/decisions                     records, checked in CI

Exit codes: 0 done, 1 something was found, 2 usage or unreadable input, 3 nothing to check.")]
pub(crate) struct Cli {
    /// The rubric to use instead of the built-in one; for check, any number of times [env: MESH_ADVISOR_RUBRIC]
    #[arg(long, global = true, value_name = "FILE", help_heading = GLOBAL)]
    pub rubric: Vec<PathBuf>,

    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = GLOBAL,
        value_enum
    )]
    pub color: Color,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// Reads a day.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "a day is expected: YYYY-MM-DD, such as 2026-11-20".to_owned())
}
