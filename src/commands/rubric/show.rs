//! `rubric show`: the whole rubric as tables, as JSON, or its diagram for Graphviz.

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use mesh_advisor::show::harmless::Form;
use mesh_advisor::show::rubric::show_dot::MOST_NODES_DRAWN;
use mesh_advisor::show::rubric::{show_dot, show_json, show_text};
use verdict::engine::Reasoning;

use crate::commands::inputs::{Inputs, parsed};
use crate::commands::{Exit, print, print_raw, width};

/// Show the whole rubric
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor rubric show
  mesh-advisor rubric show --format dot | dot -Tsvg > rubric.svg

Exit codes: 0 done; 2 usage, or a rubric that cannot be read.")]
pub(crate) struct Show {
    /// What to write: tables, JSON, or the decision diagram for Graphviz
    #[arg(long, value_name = "FORMAT", default_value = "text", value_enum)]
    pub format: ShowFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ShowFormat {
    Text,
    Json,
    Dot,
}

pub(super) fn run(args: &Show, inputs: &Inputs) -> Result<Exit> {
    let source = inputs.rubric_source()?;
    let (rubric, file) = parsed(&source)?;
    match args.format {
        ShowFormat::Text => print(&show_text::render(&rubric, width()))?,
        ShowFormat::Json => {
            let reasoning = Reasoning::new(&rubric)
                .ok()
                .filter(|reasoning| reasoning.rules().len() <= MOST_NODES_DRAWN);
            let shown = show_json::render(&rubric, &file.tree, reasoning.as_ref());
            print_raw(&shown, Form::Json)?;
        }
        ShowFormat::Dot => {
            let reasoning = Reasoning::new(&rubric).context("this rubric is too large to draw")?;
            let nodes = reasoning.rules().len();
            if nodes > MOST_NODES_DRAWN {
                bail!(
                    "this rubric is too large to draw: its diagram has {nodes} nodes, more than {MOST_NODES_DRAWN}"
                );
            }
            print_raw(&show_dot::render(&rubric, reasoning.rules()), Form::Text)?;
        }
    }
    Ok(Exit::Done)
}
