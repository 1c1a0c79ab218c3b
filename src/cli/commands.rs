//! The commands as clap sees them. The options of a command are put together only when it is the one that runs or is
//! asked about: to do so for all of them, as clap's own derive does, is most of what reading a command line costs.

use clap::error::ErrorKind;
use clap::{ArgMatches, Args, Error, FromArgMatches, Subcommand};

use super::{Advise, Ask, Check, Command, Completions, Explain, Record, RubricArgs};

fn command<A: Args>(name: &'static str, about: &'static str) -> clap::Command {
    clap::Command::new(name).about(about).defer(A::augment_args)
}

impl Subcommand for Command {
    fn augment_subcommands(program: clap::Command) -> clap::Command {
        program.subcommands([
            command::<Ask>("ask", "Answer the questions one by one, and get the advice"),
            command::<Advise>("advise", "Give advice for a file of answers"),
            command::<Check>(
                "check",
                "Check recorded decisions against their own answers, for CI",
            ),
            command::<Record>(
                "record",
                "Write a decision into an architecture decision record",
            ),
            command::<RubricArgs>("rubric", "Inspect, prove and compare rubrics"),
            command::<Explain>("explain", "Explain a finding, or a part of the rubric"),
            command::<Completions>("completions", "Print a completion script for a shell"),
        ])
    }

    fn augment_subcommands_for_update(program: clap::Command) -> clap::Command {
        Self::augment_subcommands(program)
    }

    fn has_subcommand(name: &str) -> bool {
        Self::augment_subcommands(clap::Command::new(""))
            .find_subcommand(name)
            .is_some()
    }
}

impl FromArgMatches for Command {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        match matches.subcommand() {
            Some(("ask", matches)) => Ask::from_arg_matches(matches).map(Self::Ask),
            Some(("advise", matches)) => Advise::from_arg_matches(matches).map(Self::Advise),
            Some(("check", matches)) => Check::from_arg_matches(matches).map(Self::Check),
            Some(("record", matches)) => Record::from_arg_matches(matches).map(Self::Record),
            Some(("rubric", matches)) => RubricArgs::from_arg_matches(matches).map(Self::Rubric),
            Some(("explain", matches)) => Explain::from_arg_matches(matches).map(Self::Explain),
            Some(("completions", matches)) => {
                Completions::from_arg_matches(matches).map(Self::Completions)
            }
            Some((name, _)) => Err(Error::raw(
                ErrorKind::InvalidSubcommand,
                format!("{name} is not a command"),
            )),
            None => Err(Error::raw(
                ErrorKind::MissingSubcommand,
                "a command is missing",
            )),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}
