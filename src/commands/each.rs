//! `advise --each`: many sheets at once.
use std::path::Path;

use anyhow::Result;

use super::Exit;
use super::inputs::Inputs;

pub fn run(_path: &Path, _inputs: &Inputs) -> Result<Exit> {
    Ok(Exit::Done)
}
