//! `explain`: what a finding or a part of the rubric says.

use anyhow::{Result, bail};
use mesh_advisor::show::explain::{Topic, render, render_list};
use verdict::text::nearest;

use super::inputs::Inputs;
use super::{Exit, print, width};
use crate::cli::Explain;

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
