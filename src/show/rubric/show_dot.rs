//! The decision diagram for Graphviz: answers lead from the top to the rule that fires.

use std::collections::BTreeMap;

use super::cells_in_words::cell;
use crate::show::escape;
use verdict::engine::{Diagram, Target};
use verdict::ids::{Id, RuleId};
use verdict::rubric::Rubric;

/// Diagrams with more nodes than this are not drawn: no layout of them can be read.
pub const MOST_NODES_DRAWN: usize = 5_000;

/// A `digraph`.
pub fn render(rubric: &Rubric, diagram: &Diagram<Option<RuleId>>) -> String {
    let mut text = format!("digraph {} {{\n", quoted(&rubric.id));
    text += "  rankdir=TB;\n  node [shape=ellipse, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\"];\n";
    for label in diagram.labels() {
        let rule = label.map(|rule| &rubric.verdict[rule]);
        let recommendation = rule.map(|rule| &rubric.recommendations[rule.recommend]);
        let rule = rule.map_or("no rule holds", |rule| rule.id.as_str());
        let recommendation = recommendation.map_or("", |one| one.id.as_str());
        let shown = quoted(&format!("{recommendation}\n{rule}"));
        text += &format!(
            "  {} [shape=box, label={shown}];\n",
            name(Target::leaf(label))
        );
    }
    // From the root down, so that the file reads like the picture.
    for (target, level, children) in diagram.nodes().rev() {
        let Some(cells) = diagram.levels().get(level) else {
            continue;
        };
        text += &format!("  {} [label={}];\n", name(target), quoted(&cells.fact.id));
        // Answers that lead to the same place share an arrow.
        let mut ways: BTreeMap<Target, Vec<String>> = BTreeMap::new();
        for (index, child) in children.iter().enumerate() {
            ways.entry(*child).or_default().push(cell(cells, index));
        }
        for (child, values) in ways {
            text += &format!(
                "  {} -> {} [label={}];\n",
                name(target),
                name(child),
                quoted(&values.join("\n"))
            );
        }
    }
    text + "}\n"
}

fn name(target: Target) -> String {
    match (
        target.position(),
        target.label::<Option<RuleId>>().flatten(),
    ) {
        (Some(position), _) => format!("n{position}"),
        (None, Some(rule)) => format!("rule{}", rule.position()),
        (None, None) => "none".into(),
    }
}

/// A quoted name: quotes and backslashes are escaped, line feeds become `\n`.
fn quoted(text: &str) -> String {
    let text = escape::visible_lines(text)
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', "\\n");
    format!("\"{text}\"")
}
