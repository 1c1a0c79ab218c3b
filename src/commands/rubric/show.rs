//! `rubric show`.

use anyhow::Result;

use crate::cli::rubric::Show;
use crate::commands::Exit;
use crate::commands::inputs::Inputs;

pub fn run(_args: &Show, _inputs: &Inputs) -> Result<Exit> {
    Ok(Exit::Done)
}
