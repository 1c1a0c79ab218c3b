//! The commands: each reads its inputs, calls the core and chooses an output. All input and output is here.

mod advise;
mod ask;
mod check;
mod completions;
mod each;
mod explain;
mod files;
mod inputs;
mod inspect;
mod man;
mod manifests;
mod outputs;
mod record;
mod reporting;
mod rubric;

use std::io::{self, Write};
use std::process::{ExitCode, Termination};

use anyhow::Result;
use clap::Subcommand;
use jiff::civil::Date;

use crate::cli::{Cli, Color};
pub(crate) use completions::answer as answer_shell;
use inputs::Inputs;

/// What to do. The options of a command are put together only when it is the one that runs or is asked
/// about: to do so for all of them is most of what reading a command line costs.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Answer the questions one by one, and get the advice
    Ask(ask::Ask),
    /// Give advice for a file of answers
    Advise(advise::Advise),
    /// Check recorded decisions against their own answers, for CI
    Check(check::Check),
    /// Read manifests or a cluster dump: what runs, what is used, which answers follow
    Inspect(inspect::Inspect),
    /// Write a decision into an architecture decision record
    Record(record::Record),
    /// Inspect, prove and compare rubrics
    Rubric(rubric::RubricArgs),
    /// Explain a finding, or a part of the rubric
    Explain(explain::Explain),
    /// Print a completion script for a shell
    Completions(completions::Completions),
    /// Write the manual pages to a folder
    Man(man::Man),
}

/// How a command ended. The codes are the same in every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Done, with nothing at or above the threshold.
    Done,
    /// Something was found.
    Found,
    /// Usage, or an input that cannot be read.
    Invalid,
    /// There was nothing to check.
    Nothing,
    /// The person or the system asked the program to stop.
    Interrupted,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Found => 1,
            Self::Invalid => 2,
            Self::Nothing => 3,
            // As a shell reports a program that SIGINT ended: 128 and the signal's number.
            Self::Interrupted => 130,
        })
    }
}

/// Runs the command that was asked for.
pub(crate) fn run(cli: Cli) -> Result<Exit> {
    let color = match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    };
    color.write_global();
    let inputs = Inputs::new(cli.rubric);
    match cli.command {
        Command::Advise(args) => match &args.each {
            Some(path) => each::run(path, &inputs),
            None => advise::run(&args, &inputs),
        },
        Command::Ask(args) => ask::run(&args, &inputs),
        Command::Check(args) => check::run(&args, &inputs),
        Command::Inspect(args) => inspect::run(&args, &inputs),
        Command::Record(args) => record::run(&args, &inputs),
        Command::Explain(args) => explain::run(&args, &inputs),
        Command::Rubric(args) => rubric::run(args, &inputs),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// Says on standard error what went wrong. A reader of our output that has gone away is no mistake.
pub(crate) fn report(error: &anyhow::Error) -> Exit {
    let is_closed_pipe = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(is_closed_pipe)
    {
        return Exit::Done;
    }
    let mut errors = anstream::stderr().lock();
    let text = match error.downcast_ref::<inputs::Mistakes>() {
        Some(mistakes) => mistakes.to_string(),
        None => format!("error: {error:#}\n"),
    };
    // Nothing is left to be done when even this cannot be written.
    let _ = errors.write_all(text.as_bytes());
    Exit::Invalid
}

/// Today's date, UTC.
fn today() -> Date {
    jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::now())
        .date()
}

/// The columns to lay text out for: those of the terminal, or `COLUMNS`, or 80; within what can be read well.
fn width() -> usize {
    let from_environment = || {
        std::env::var("COLUMNS")
            .ok()
            .and_then(|columns| columns.parse().ok())
    };
    let from_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    from_environment()
        .or_else(from_terminal)
        .unwrap_or(80)
        .clamp(40, 120)
}

/// Writes a result for people to standard output, without colour where it is not wanted.
fn print(text: &str) -> Result<()> {
    write(anstream::stdout().lock(), text)
}

/// Writes a result for programs to standard output, byte for byte.
fn print_raw(text: &str) -> Result<()> {
    write(io::stdout().lock(), text)
}

fn write(mut output: impl Write, text: &str) -> Result<()> {
    output.write_all(text.as_bytes())?;
    output.flush()?;
    Ok(())
}

/// A word on standard error; nothing is left to be done when even that cannot be written.
fn say(text: &str) {
    let _ = writeln!(anstream::stderr().lock(), "{text}");
}
