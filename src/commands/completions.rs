//! `completions`: a script that completes commands, options and values in a shell.
//!
//! The script asks the program itself, so that it knows the facts, options and ids of the rubric in use.

use std::env;
use std::ffi::OsStr;

use anyhow::{Context, Result, anyhow};
use clap::{Args, CommandFactory};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, Shell};
use mesh_advisor::show::explain::Topic;
use verdict::rubric::{Rubric, Value};

use mesh_advisor::show::harmless::Form;

use super::inputs::Inputs;
use super::{Exit, print_raw};
use crate::cli::Cli;

/// The variable through which a completion script asks.
const VARIABLE: &str = "COMPLETE";
pub(super) const PROGRAM: &str = "mesh-advisor";

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
    let shells = Shells::builtins();
    let name = args.shell.to_string();
    let shell = shells
        .completer(&name)
        .ok_or_else(|| anyhow!("no script for {name}"))?;
    let mut script = Vec::new();
    shell.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    print_raw(&String::from_utf8_lossy(&script), Form::Text)?;
    Ok(Exit::Done)
}

/// Answers a completion script, when it is one that asks.
pub(crate) fn answer() -> Option<Result<Exit>> {
    env::var_os(VARIABLE)?;
    let folder = env::current_dir().ok();
    let answered = CompleteEnv::with_factory(Cli::command)
        .var(VARIABLE)
        .try_complete(env::args_os(), folder.as_deref())
        .context("cannot complete");
    match answered {
        Ok(true) => Some(Ok(Exit::Done)),
        Ok(false) => None,
        Err(error) => Some(Err(error)),
    }
}

/// Completes `FACT=VALUE`: the fact first, then what it can be.
pub(super) fn assignments() -> ArgValueCompleter {
    candidates(|rubric, typed| match typed.split_once('=') {
        None => (rubric.facts.iter())
            .map(|fact| (format!("{}=", fact.id), fact.ask.to_string()))
            .collect(),
        Some((id, _)) => rubric.fact(id).map_or_else(Vec::new, |fact| {
            let choices = fact.kind.choices().into_iter();
            let values = choices.map(|choice| match choice.value {
                Value::YesNo(answer) => answer.to_string(),
                _ => choice.word.to_owned(),
            });
            (values.chain(["unknown".to_owned()]))
                .map(|value| (format!("{id}={value}"), String::new()))
                .collect()
        }),
    })
}

/// Completes a recommendation.
pub(super) fn recommendations() -> ArgValueCompleter {
    candidates(|rubric, _| {
        (rubric.recommendations.iter())
            .map(|one| (one.id.to_string(), one.title.to_string()))
            .collect()
    })
}

/// Completes `NAME=VALUE` of a starter's parameter.
pub(super) fn parameters() -> ArgValueCompleter {
    candidates(|rubric, _| {
        (rubric.parameters.iter())
            .map(|own| (format!("{}=", own.id), own.ask.to_string()))
            .collect()
    })
}

/// Completes a step that names a starter.
pub(super) fn steps() -> ArgValueCompleter {
    candidates(|rubric, _| {
        (rubric.plan.iter())
            .filter(|step| !step.starters.is_empty())
            .map(|step| (step.id.to_string(), step.title.to_string()))
            .collect()
    })
}

/// Completes whatever can be explained.
pub(super) fn topics() -> ArgValueCompleter {
    candidates(|rubric, _| {
        (Topic::all(rubric).iter())
            .map(|topic| (topic.id().to_owned(), String::new()))
            .collect()
    })
}

/// What fits what is typed so far, of values with their help, which may be empty.
fn candidates(
    values: impl Fn(&Rubric, &str) -> Vec<(String, String)> + Send + Sync + 'static,
) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &OsStr| {
        let inputs = Inputs::new(Vec::new());
        let (Ok(rubric), Some(typed)) = (inputs.rubric(), typed.to_str()) else {
            return Vec::new();
        };
        (values(rubric, typed).into_iter())
            .filter(|(value, _)| value.starts_with(typed))
            .map(|(value, help)| {
                let help = Some(help).filter(|help| !help.is_empty());
                CompletionCandidate::new(value).help(help.map(Into::into))
            })
            .collect()
    })
}
