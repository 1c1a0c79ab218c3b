//! `rubric`: inspect, prove and compare rubrics.

use anyhow::Result;
use mesh_advisor::rubric::schema;

use super::inputs::Inputs;
use super::{Exit, print};
use crate::cli::{RubricArgs, RubricCommand, SchemaFor};

pub fn run(args: RubricArgs, inputs: &Inputs) -> Result<Exit> {
    match args.command {
        RubricCommand::Schema { files: SchemaFor::Rubric } => print(&schema::of_rubrics())?,
        RubricCommand::Schema { files: SchemaFor::Answers } => print(&schema::of_answers(&inputs.rubric()?))?,
    }
    Ok(Exit::Done)
}
