//! A rubric as one JSON object, schema `mesh-advisor/rubric/1`: what is in its file, and its decision diagram.

use serde::Serialize;

use super::cells_in_words::cell;
use crate::show::json;
use verdict::engine::{self, Children, Diagram, Reasoning, Target};
use verdict::ids::{Id, LevelId, NodeId, RuleId};
use verdict::rubric::Rubric;
use verdict::text::Tree;

/// The name of the schema; fields are only ever added under it.
pub const SCHEMA: &str = "mesh-advisor/rubric/1";

#[derive(Serialize)]
struct Document<'r> {
    schema: &'static str,
    id: &'r str,
    version: String,
    digest: &'r str,
    /// The rubric as it stands in its file.
    rubric: &'r Tree,
    /// The decision diagram from answers to rules; absent when it would be too large.
    diagram: Option<Nodes<'r>>,
}

#[derive(Serialize)]
struct Nodes<'r> {
    root: Place<'r>,
    nodes: Vec<Node<'r>>,
}

#[derive(Serialize)]
struct Node<'r> {
    fact: &'r str,
    cells: Vec<Edge<'r>>,
}

#[derive(Serialize)]
struct Edge<'r> {
    values: String,
    leads_to: Place<'r>,
}

/// Where an answer leads.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Place<'r> {
    /// To another node, by its position in the list.
    Node(usize),
    /// To a rule.
    Rule(&'r str),
}

/// The object, with a line feed at the end.
pub fn render(rubric: &Rubric, file: &Tree, reasoning: Option<&Reasoning>) -> String {
    let document = Document {
        schema: SCHEMA,
        id: &rubric.id,
        version: rubric.version.to_string(),
        digest: &rubric.digest,
        rubric: file,
        diagram: reasoning.map(|reasoning| nodes(rubric, reasoning.rules())),
    };
    json::document(&document)
}

fn nodes<'r>(rubric: &'r Rubric, diagram: &'r Diagram<Option<RuleId>>) -> Nodes<'r> {
    let place = |target: Target| match target.place() {
        engine::Place::Node(node) => Place::Node(node.position()),
        engine::Place::Leaf(Some(rule)) => Place::Rule(&rubric.verdict[rule].id),
        engine::Place::Leaf(None) => Place::Rule(""),
    };
    let node = |(_, level, children): (NodeId, LevelId, Children<'_>)| {
        let cells = &diagram.levels()[level];
        let edges = children.entries().map(|(own, child)| Edge {
            values: cell(cells, own),
            leads_to: place(child),
        });
        Node {
            fact: &cells.fact.id,
            cells: edges.collect(),
        }
    };
    Nodes {
        root: place(diagram.root()),
        nodes: diagram.nodes().map(node).collect(),
    }
}
