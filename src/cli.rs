//! The command line as clap types, nothing else.

mod check;
mod commands;
mod day;
mod explain;
mod record;
pub(crate) mod rubric;

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;

pub(crate) use check::{Check, Output};
use day::day;
pub(crate) use explain::Explain;
pub(crate) use record::Record;
pub(crate) use rubric::RubricArgs;

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
  mesh-advisor ask                              answer the questions in a terminal
  mesh-advisor advise --answers fleet.yaml      get advice for a file of answers
  mesh-advisor check docs/decisions             check recorded decisions, in CI

Exit codes: 0 done, 1 something was found, 2 usage or unreadable input, 3 nothing to check.")]
pub(crate) struct Cli {
    /// The rubric to use instead of the built-in one [env: MESH_ADVISOR_RUBRIC]
    #[arg(long, global = true, value_name = "FILE")]
    pub rubric: Option<PathBuf>,

    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
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

/// What to do; `commands` tells clap about it.
#[derive(Debug)]
pub(crate) enum Command {
    Ask(Ask),
    Advise(Advise),
    Check(Check),
    Record(Record),
    Rubric(RubricArgs),
    Explain(Explain),
    Completions(Completions),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor ask                        the whole checklist
  mesh-advisor ask --quick                only what decides, what tells most first
  mesh-advisor ask --answers fleet.yaml --save fleet.yaml
  mesh-advisor ask --plain < replies.txt

Keys: ? tells why something is asked, Esc goes back, Tab goes to a summary in which every answer can be changed \
(in plain lines: ?, b, s). \"Don't know\" is always an answer. However you leave, your answers are kept: in the file \
of --save, or in a new file whose name is printed.

The conversation goes to standard error, the advice to standard output.

Exit codes: 0 done; 2 usage, an input that cannot be read, or the input ended early; 130 interrupted, as by Ctrl-C.")]
pub(crate) struct Ask {
    /// Start from these answers and ask for what they leave open
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,

    /// Save the answers to this file without asking
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,

    /// Ask the most telling question first and stop once the recommendation is settled
    #[arg(long)]
    pub quick: bool,

    /// Plain lines with numbered options instead of arrow keys
    #[arg(long)]
    pub plain: bool,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor advise --answers fleet.yaml
  mesh-advisor advise --answers fleet.yaml --set services=120 --set canary=cohort-fleet
  mesh-advisor advise --answers fleet.yaml --format markdown > advice.md
  mesh-advisor advise --each fleets.jsonl > advice.jsonl

An answers file:
  rubric: service-mesh
  subject: Checkout platform
  answers:
    services: {value: 42, source: service catalogue, as_of: 2026-11-02}
    mtls_mandate: unknown

--each reads one JSON object a line, {\"id\": …, \"answers\": {fact: value}}, and writes one a line, in order.

Exit codes: 0 advice was given, whatever it is; 2 usage, or an input that cannot be read.")]
pub(crate) struct Advise {
    /// The answers, as YAML or JSON; - reads standard input
    #[arg(long, value_name = "FILE", required_unless_present_any = ["each", "set"])]
    pub answers: Option<PathBuf>,

    /// Set one answer on top of the file: fact=value, fact=[a,b] for flags, fact=unknown
    #[arg(long, value_name = "FACT=VALUE", conflicts_with = "each")]
    pub set: Vec<String>,

    /// What to write
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = "text",
        value_enum,
        conflicts_with = "each"
    )]
    pub format: AdviceFormat,

    /// The headline and three lines
    #[arg(long, conflicts_with = "each")]
    pub brief: bool,

    /// The day on which the age of figures is judged (default: today, UTC)
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "each")]
    pub as_of: Option<Date>,

    /// Many sheets at once: JSON Lines in, JSON Lines out; - reads standard input
    #[arg(long, value_name = "FILE", conflicts_with = "answers")]
    pub each: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AdviceFormat {
    Text,
    Json,
    Markdown,
}

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
