//! `rubric`: inspect, prove and compare rubrics.

mod check;
mod diff;
mod show;
mod test;

use anyhow::Result;
use verdict::engine::{Budget, MOST_NODES};
use verdict::rubric::schema;

use super::inputs::Inputs;
use super::{Exit, print_raw};
use crate::cli::rubric::{Effort, RubricArgs, RubricCommand, SchemaFor};

pub(super) fn run(args: RubricArgs, inputs: &Inputs) -> Result<Exit> {
    match args.command {
        RubricCommand::Show(args) => show::run(&args, inputs),
        RubricCommand::Check(args) => check::run(&args, inputs),
        RubricCommand::Test(args) => test::run(&args, inputs),
        RubricCommand::Diff(args) => diff::run(&args),
        RubricCommand::Schema { files } => {
            print_raw(&match files {
                SchemaFor::Rubric => schema::of_rubrics(),
                SchemaFor::Answers => schema::of_answers(inputs.rubric()?),
            })?;
            Ok(Exit::Done)
        }
    }
}

fn budget(effort: &Effort) -> Budget {
    Budget::new(MOST_NODES, effort.steps)
}
