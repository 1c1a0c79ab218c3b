//! `explain`: what a finding or a part of the rubric says.

use anyhow::{Result, bail};
use clap::Args;
use mesh_advisor::show::explain::{Topic, render, render_list};
use verdict::text::nearest;

use super::inputs::Inputs;
use super::{Exit, completions, print, width};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  mesh-advisor explain decision-mismatch        a finding of check
  mesh-advisor explain mtls_mandate             a fact
  mesh-advisor explain too-few-conditions       a rule of the verdict

Without a name, everything that can be explained is listed.

Exit codes: 0 explained; 2 usage, or a name that is not known.")]
pub(crate) struct Explain {
    /// A finding, question, fact, condition, rule, or another id of the rubric
    #[arg(value_name = "FINDING|QUESTION|FACT|CONDITION|RULE", add = completions::topics())]
    pub name: Option<String>,
}

pub(super) fn run(args: &Explain, inputs: &Inputs) -> Result<Exit> {
    let rubric = inputs.rubric()?;
    let topics = Topic::all(rubric);
    let Some(name) = &args.name else {
        print(&render_list(&topics, width()))?;
        return Ok(Exit::Done);
    };
    let found: Vec<Topic<'_>> = topics
        .iter()
        .copied()
        .filter(|topic| topic.id() == name)
        .collect();
    if found.is_empty() {
        let hint = nearest(name, topics.iter().map(Topic::id));
        let hint = hint.map_or(String::new(), |near| format!(", did you mean `{near}`?"));
        bail!(
            "`{name}` is no finding and no part of this rubric{hint} (explain alone lists all names)"
        );
    }
    print(&render(&found, rubric, width()))?;
    Ok(Exit::Done)
}
