//! `rubric`: inspect, prove and compare rubrics.

mod check;
mod diff;
mod new;
mod show;
mod test;

use anyhow::Result;
use clap::{Args, Subcommand, ValueEnum};
use verdict::engine::{Budget, MOST_NODES, MOST_STEPS};
use verdict::rubric::schema;

use super::inputs::Inputs;
use super::{Exit, print_raw, progress};
use check::Check;
use diff::Diff;
use mesh_advisor::record::schema::of_records;
use mesh_advisor::show::harmless::Form;
use mesh_advisor::show::{advice, check as checked, inspect};
use new::New;
use show::Show;
use test::Test;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric new ours.yaml --question \"Should we adopt Kafka?\"
  mesh-advisor rubric check ours.yaml
  mesh-advisor rubric test --suggest
  mesh-advisor rubric diff old.yaml new.yaml

Exit codes: 0 done; 1 check or test found something, or diff found a change; 2 usage, or an input that cannot be read.")]
pub(crate) struct RubricArgs {
    #[command(subcommand)]
    pub command: RubricCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RubricCommand {
    Show(Show),
    Check(Check),
    New(New),
    Test(Test),
    Diff(Diff),
    /// Print a JSON Schema: of rubric files, of answers to the rubric in use or records by it, or of what is printed
    Schema {
        /// What the schema is for
        #[arg(
            long = "for",
            value_name = "FILES",
            default_value = "rubric",
            value_enum
        )]
        files: SchemaFor,
    },
}

pub(super) fn run(args: RubricArgs, inputs: &Inputs) -> Result<Exit> {
    match args.command {
        RubricCommand::Show(args) => show::run(&args, inputs),
        RubricCommand::Check(args) => check::run(&args, inputs),
        RubricCommand::New(args) => new::run(&args),
        RubricCommand::Test(args) => test::run(&args, inputs),
        RubricCommand::Diff(args) => diff::run(&args),
        RubricCommand::Schema { files } => {
            let schema = match files {
                SchemaFor::Rubric => schema::of_rubrics(),
                SchemaFor::Answers => schema::of_answers(inputs.rubric()?),
                SchemaFor::Record => of_records(inputs.rubric()?),
                SchemaFor::Advice => advice::json::schema(),
                SchemaFor::Check => checked::schema(),
                SchemaFor::Inspection => inspect::json::schema(),
            };
            print_raw(&schema, Form::Json)?;
            Ok(Exit::Done)
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    Text,
    Json,
}

/// How much work may be done.
#[derive(Debug, Args)]
pub(crate) struct Effort {
    /// Give up after so many steps of work; a step is a node of a diagram built or compared
    #[arg(long, value_name = "NUMBER", default_value_t = MOST_STEPS)]
    pub steps: u64,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaFor {
    /// Rubric files
    Rubric,
    /// Answers files for the rubric in use
    Answers,
    /// Records of decisions by the rubric in use
    Record,
    /// What `advise --format json` prints
    Advice,
    /// What `check --format json` prints
    Check,
    /// What `inspect --format json` prints
    Inspection,
}

fn budget(effort: &Effort) -> Budget {
    progress::told(Budget::new(MOST_NODES, effort.steps))
}
