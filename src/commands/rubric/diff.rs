//! `rubric diff`.

use anyhow::Result;

use crate::cli::rubric::Diff;
use crate::commands::Exit;

pub fn run(_args: &Diff) -> Result<Exit> {
    Ok(Exit::Done)
}
