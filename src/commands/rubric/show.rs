//! `rubric show`: the whole rubric as tables, as JSON, or its diagram for Graphviz.

use anyhow::{Context, Result, bail};
use mesh_advisor::show::rubric::show_dot::MOST_NODES_DRAWN;
use mesh_advisor::show::rubric::{show_dot, show_json, show_text};
use verdict::engine::Reasoning;
use verdict::rubric::Rubric;
use verdict::text::Document;

use crate::cli::rubric::{Show, ShowFormat};
use crate::commands::inputs::{Inputs, Mistakes};
use crate::commands::{Exit, print, print_raw, width};

pub(super) fn run(args: &Show, inputs: &Inputs) -> Result<Exit> {
    let source = inputs.rubric_source()?;
    let rubric = Rubric::parse(&source).map_err(|problems| Mistakes::new(&source, &problems))?;
    match args.format {
        ShowFormat::Text => print(&show_text::render(&rubric, width()))?,
        ShowFormat::Json => {
            let document =
                Document::read(&source).map_err(|problem| Mistakes::new(&source, &[*problem]))?;
            let reasoning = Reasoning::new(&rubric)
                .ok()
                .filter(|reasoning| reasoning.rules().len() <= MOST_NODES_DRAWN);
            print_raw(&show_json::render(
                &rubric,
                document.tree(),
                reasoning.as_ref(),
            ))?;
        }
        ShowFormat::Dot => {
            let reasoning = Reasoning::new(&rubric).context("this rubric is too large to draw")?;
            let nodes = reasoning.rules().len();
            if nodes > MOST_NODES_DRAWN {
                bail!(
                    "this rubric is too large to draw: its diagram has {nodes} nodes, more than {MOST_NODES_DRAWN}"
                );
            }
            print_raw(&show_dot::render(&rubric, reasoning.rules()))?;
        }
    }
    Ok(Exit::Done)
}
