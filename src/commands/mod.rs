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
mod progress;
mod project;
mod record;
mod reporting;
mod rubric;
mod scaffold;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::{ExitCode, Termination};

use anyhow::Result;
use clap::Subcommand;
use jiff::civil::Date;
use mesh_advisor::show::harmless::{Form, harmless};

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
    /// Write files to begin the steps of an advice with
    Scaffold(scaffold::Scaffolding),
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
            Some(path) => each::run(path, args.shares, &inputs),
            None => advise::run(&args, &inputs),
        },
        Command::Ask(args) => ask::run(&args, &inputs),
        Command::Check(args) => check::run(&args, &inputs),
        Command::Inspect(args) => inspect::run(&args, &inputs),
        Command::Record(args) => record::run(&args, &inputs),
        Command::Scaffold(args) => scaffold::run(&args, &inputs),
        Command::Explain(args) => explain::run(&args, &inputs),
        Command::Rubric(args) => rubric::run(args, &inputs),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// Says on standard error what went wrong.
pub(crate) fn report(error: &anyhow::Error) -> Exit {
    match error.downcast_ref::<inputs::Mistakes>() {
        Some(mistakes) => say(mistakes.to_string().trim_end()),
        None => say(&format!("error: {error:#}")),
    }
    Exit::Invalid
}

/// Prints what clap has to say about the command line, or the help that was asked for.
pub(crate) fn report_usage(error: &clap::Error) -> Exit {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        say(text.trim_end());
        return Exit::Invalid;
    }
    // Help that nobody reads any more was given all the same.
    let _ = print(&text);
    Exit::Done
}

/// The command that asks for what is open in a file of answers, and saves it there; `rubric` is the file of the rubric
/// in use, where that is not the built-in one.
fn asking_on(answers: &Path, rubric: Option<&Path>) -> String {
    let file = |path: &Path| quoted(&path.display().to_string());
    let (answers, rubric) = (file(answers), rubric.map(file));
    let rubric = rubric.map_or(String::new(), |rubric| format!(" --rubric {rubric}"));
    let program = program();
    format!("{program} ask --answers {answers} --save {answers}{rubric}")
}

/// The program as it was called, so that a command that is told can be typed where this one was.
fn program() -> String {
    let called = std::env::args_os().next();
    let called = called.filter(|name| !name.is_empty());
    called.map_or_else(
        || completions::PROGRAM.to_owned(),
        |name| quoted(&name.to_string_lossy()),
    )
}

/// Today's date, UTC.
fn today() -> Date {
    jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::now())
        .date()
}

/// The columns to lay text out for: those of the terminal, or `COLUMNS`, or 80; within what can be read well.
fn width() -> usize {
    let from_terminal = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns()
        .or_else(from_terminal)
        .unwrap_or(80)
        .clamp(40, 120)
}

/// The columns for lines that are cut where they do not fit: there is no need to, where no terminal shows them.
fn width_of_lines() -> usize {
    match columns() {
        None if !io::stdout().is_terminal() => usize::from(u16::MAX),
        _ => width(),
    }
}

/// The columns that the environment gives.
fn columns() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok()
}

/// Writes a result for people to standard output, without colour where it is not wanted.
fn print(text: &str) -> Result<()> {
    write(anstream::stdout().lock(), &harmless(text, Form::Styled))
}

/// Writes a result for programs to standard output, without colour.
fn print_raw(text: &str, form: Form) -> Result<()> {
    write(io::stdout().lock(), &harmless(text, form))
}

/// A word on standard error; nothing is left to be done when even that cannot be written.
fn say(text: &str) {
    let text = format!("{text}\n");
    let _ = write(anstream::stderr().lock(), &harmless(&text, Form::Styled));
}

/// A writer through the door, for those who write piece by piece: each line goes on when it is whole, or is flushed.
struct Door<W: Write> {
    output: W,
    line: Vec<u8>,
}

impl<W: Write> Door<W> {
    fn new(output: W) -> Self {
        Self {
            output,
            line: Vec::new(),
        }
    }

    fn pass(&mut self, length: usize) -> io::Result<()> {
        let whole: Vec<u8> = self.line.drain(..length).collect();
        let text = String::from_utf8_lossy(&whole);
        self.output
            .write_all(harmless(&text, Form::Text).as_bytes())
    }
}

impl<W: Write> Write for Door<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = self.line.iter().rposition(|byte| *byte == b'\n') {
            self.pass(end + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.pass(self.line.len())?;
        self.output.flush()
    }
}

/// A reader that has gone away has seen enough: that is no mistake, and changes nothing about what was found.
fn write(mut output: impl Write, text: &str) -> Result<()> {
    match output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush())
    {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Does work that uses all cores; where no thread is to be had, this one does it alone.
fn on_all_cores<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let alone = || {
        rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .use_current_thread()
            .build()
    };
    match rayon::ThreadPoolBuilder::new().build().or_else(|_| alone()) {
        Ok(threads) => threads.install(work),
        Err(_) => work(),
    }
}

/// A text as a shell takes it for one word.
fn quoted(text: &str) -> String {
    let is_plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '+' | ',' | '@' | '%' | '=')
    };
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
