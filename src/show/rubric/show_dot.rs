//! The decision diagram for Graphviz: answers lead from the top to the rule that fires. What is asked and what comes out
//! is named by its title, with the id below it.

use std::collections::BTreeMap;

use super::cells_in_words::cell;
use crate::show::escape;
use verdict::engine::{Diagram, Place, Target};
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
        let recommendation = recommendation.map_or("", |one| one.title.as_str());
        let shown = quoted(&format!("{recommendation}\n{rule}"));
        text += &format!(
            "  {} [shape=box, label={shown}];\n",
            name(Target::leaf(label))
        );
    }
    // From the root down, so that the file reads like the picture.
    for (node, level, children) in diagram.nodes().rev() {
        let cells = &diagram.levels()[level];
        let target = Target::from(node);
        let asked = format!("{}\n{}", in_lines(&cells.fact.ask), cells.fact.id);
        text += &format!("  {} [label={}];\n", name(target), quoted(&asked));
        // Answers that lead to the same place share an arrow.
        let mut ways: BTreeMap<Target, Vec<String>> = BTreeMap::new();
        for (own, child) in children.entries() {
            ways.entry(child).or_default().push(cell(cells, own));
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

/// A text in lines that are short enough to stand in an ellipse.
fn in_lines(text: &str) -> String {
    textwrap::fill(text, 28)
}

fn name(target: Target) -> String {
    match target.place::<Option<RuleId>>() {
        Place::Node(node) => format!("n{}", node.position()),
        Place::Leaf(Some(rule)) => format!("rule{}", rule.position()),
        Place::Leaf(None) => "none".into(),
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
