//! `advise`: advice for one sheet.

use anyhow::Result;

use super::Exit;
use super::inputs::Inputs;
use crate::cli::Advise;

pub fn run(_args: &Advise, _inputs: &Inputs) -> Result<Exit> {
    Ok(Exit::Done)
}
