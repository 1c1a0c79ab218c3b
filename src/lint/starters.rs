//! The starters that steps name: which of them can be used, and what they ask for.

use std::collections::BTreeSet;

use super::Starters;
use verdict::ids::ParameterId;
use verdict::rubric::{Rubric, Starter};
use verdict::text::{Node, PlacedProblem, Route, Source, Tree};

/// A starter, where a step names it.
pub(super) struct StarterReading<'r> {
    /// Where its name stands.
    pub(super) route: Route,
    /// Its name.
    pub(super) name: &'r str,
    /// The parameters that it asks for, or everything that is wrong with it.
    pub(super) outcome: Result<BTreeSet<ParameterId>, Vec<String>>,
}

/// Every starter at every place where a step names it.
pub(super) fn readings<'r>(
    rubric: &'r Rubric,
    file: &Node,
    starters: Starters<'_>,
) -> Vec<StarterReading<'r>> {
    let named = rubric.plan.iter().flat_map(|step| {
        let route = step.route.key("starter");
        let is_list = matches!(file.at(&route).map(|node| &node.tree), Some(Tree::List(_)));
        step.starters.iter().enumerate().map(move |(nth, name)| {
            let route = if is_list {
                route.index(nth)
            } else {
                route.clone()
            };
            (route, name.as_str())
        })
    });
    let reading = |(route, name)| StarterReading {
        route,
        name,
        outcome: outcome(starters(name), rubric),
    };
    named.map(reading).collect()
}

fn outcome(
    source: Result<Source, String>,
    rubric: &Rubric,
) -> Result<BTreeSet<ParameterId>, Vec<String>> {
    let source = source.map_err(|why| vec![why])?;
    let in_words = |placed: &PlacedProblem| {
        let (line, column) = source.line_and_column(placed.span.start);
        format!(
            "line {line}, column {column}: {}",
            placed.problem.sentence()
        )
    };
    match Starter::parse(&source, rubric) {
        Ok(starter) => Ok(starter.parameters()),
        Err(problems) => Err(problems.iter().map(in_words).collect()),
    }
}
