//! The commands: each reads its inputs, calls the core and chooses an output. All input and output is here.

mod advise;
mod completions;
mod each;
mod inputs;
mod rubric;

use std::io::{self, Write};
use std::process::{ExitCode, Termination};

use anyhow::Result;

use crate::cli::{Cli, Color, Command};
use inputs::Inputs;

/// How a command ended. The codes are the same in every format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, with nothing at or above the threshold.
    Done,
    /// Something was found.
    #[allow(dead_code)]
    Found,
    /// Usage, or an input that cannot be read.
    Invalid,
    /// There was nothing to check.
    #[allow(dead_code)]
    Nothing,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Done => 0,
            Self::Found => 1,
            Self::Invalid => 2,
            Self::Nothing => 3,
        })
    }
}

/// Runs the command that was asked for.
pub fn run(cli: Cli) -> Result<Exit> {
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
        Command::Rubric(args) => rubric::run(args, &inputs),
        Command::Completions(args) => completions::run(&args),
    }
}

/// Says on standard error what went wrong. A reader of our output that has gone away is no mistake.
pub fn report(error: &anyhow::Error) -> Exit {
    let is_closed_pipe = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    if error.downcast_ref::<io::Error>().is_some_and(is_closed_pipe) {
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

/// The columns to lay text out for: those of the terminal, or `COLUMNS`, or 80; within what can be read well.
fn width() -> usize {
    let from_environment = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let from_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    from_environment().or_else(from_terminal).unwrap_or(80).clamp(40, 120)
}

/// Writes a result to standard output, without colour where it is not wanted.
fn print(text: &str) -> Result<()> {
    let mut output = anstream::stdout().lock();
    output.write_all(text.as_bytes())?;
    output.flush()?;
    Ok(())
}
