//! What the script of a report works on: the facts with their cells, and the diagrams that the engine compiled. The
//! script walks these and evaluates no test of its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::show::json;
use crate::show::letters::letters;
use verdict::answers::Answers;
use verdict::engine::{Cells, Diagram, Label, Place, Reasoning, Target};
use verdict::ids::{CellId, Id, LeafId, OptionId};
use verdict::rubric::{Domain, Fact, Rubric, Text, Value};
use verdict::tax::{Range, ShapeEstimate};

#[derive(Serialize)]
struct Model<'a> {
    rubric: &'a str,
    subject: Option<&'a str>,
    recommendations: Vec<Recommendation<'a>>,
    rules: Vec<Rule<'a>>,
    facts: Vec<FactModel<'a>>,
    levels: Vec<Level>,
    verdict: DiagramModel,
    conditions: Vec<DiagramModel>,
    given: BTreeMap<&'a str, Given<'a>>,
    shapes: Vec<Shape<'a>>,
    /// The facts that ask for the monthly price of a vCPU and of a GiB.
    prices: Option<[&'a str; 2]>,
    colours: &'static [&'static str],
}

#[derive(Serialize)]
struct Recommendation<'a> {
    id: &'a str,
    title: &'a str,
    letter: String,
}

/// A rule of the verdict: what it gives, and why, as pieces of text with facts by position between them.
#[derive(Serialize)]
struct Rule<'a> {
    id: &'a str,
    gives: usize,
    known: Vec<Piece>,
    assumed: Option<Vec<Piece>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Piece {
    Words(String),
    Fact(usize),
}

#[derive(Serialize)]
struct FactModel<'a> {
    id: &'a str,
    kind: &'static str,
    /// Ids and titles, in order.
    options: Vec<(&'a str, &'a str)>,
    /// The least and the greatest value of a count, as it is held.
    bounds: Option<(i64, i64)>,
    /// How many decimals a count has; it is held as a whole number, for the cells as well.
    #[serde(skip_serializing_if = "Option::is_none")]
    digits: Option<u8>,
    /// What numbers a count takes, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    expects: Option<String>,
    /// What is said behind its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'a str>,
    /// What is taken while the answer is not known; `null` for facts that no test reads.
    assume: Option<Answer>,
}

/// A value: a number, a yes or no, the position of an option, or the positions of flags.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    YesNo(bool),
    Number(i64),
    Option(OptionId),
    Flags(Vec<OptionId>),
}

/// A fact as the diagrams ask for it: where each cell of its ordered values starts, or the classes of its flags, of which
/// the bits of a cell's number say whether one is set. Flags with many classes have a level for each, one after the other.
#[derive(Serialize)]
struct Level {
    fact: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    classes: Option<Vec<Vec<OptionId>>>,
}

/// Nodes as `[level, child, child, ...]`, children before parents. A child below zero is a leaf: number `n` is `-n - 1`,
/// where 0 and 1 are no and yes, and of rules 0 is none and `n` the one before the `n`th.
#[derive(Serialize)]
struct DiagramModel {
    root: i64,
    nodes: Vec<Vec<i64>>,
}

/// An answer as it was given, with where it came from.
#[derive(Serialize)]
struct Given<'a> {
    value: Answer,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<String>,
}

/// What a shape reserves for so many of each quantity, in millicores and MiB from the least to the most.
#[derive(Serialize)]
struct Shape<'a> {
    title: &'a str,
    recommendation: Option<&'a str>,
    rates: Vec<Rate<'a>>,
    /// What the control plane reserves beside them, CPU and memory; `null` where that is not known.
    control: Option<[(u64, u64); 2]>,
}

#[derive(Serialize)]
struct Rate<'a> {
    fact: &'a str,
    per: u32,
    cpu: (u64, u64),
    memory: (u64, u64),
}

/// The model as JSON. `shapes` are estimates for a fleet of which nothing is known, so that all rates are told.
pub fn model(
    rubric: &Rubric,
    reasoning: &Reasoning,
    answers: &Answers,
    shapes: &[ShapeEstimate<'_>],
) -> String {
    let recommendations = &rubric.recommendations;
    let letters = letters(recommendations.iter().map(|one| one.id.as_str()));
    let verdict = reasoning.rules();
    let model = Model {
        rubric: &rubric.id,
        subject: answers.subject.as_deref(),
        recommendations: recommendations
            .iter()
            .zip(letters)
            .map(|(one, letter)| Recommendation {
                id: &one.id,
                title: &one.title,
                letter,
            })
            .collect(),
        rules: rubric
            .verdict
            .iter()
            .map(|rule| Rule {
                id: &rule.id,
                gives: rule.recommend.position(),
                known: pieces(&rule.because.known),
                assumed: rule.because.assumed.as_ref().map(pieces),
            })
            .collect(),
        facts: rubric.facts.iter().map(fact).collect(),
        levels: verdict.levels().iter().map(level).collect(),
        verdict: diagram(verdict),
        conditions: reasoning.conditions().iter().map(diagram).collect(),
        given: rubric
            .facts
            .iter()
            .filter_map(|fact| Some((fact.id.as_str(), given(fact, answers)?)))
            .collect(),
        shapes: shapes.iter().map(shape).collect(),
        prices: rubric
            .tax
            .as_ref()
            .and_then(|tax| tax.prices())
            .map(|prices| [prices.vcpu_month.as_str(), prices.gib_month.as_str()]),
        colours: &super::draw::COLOURS,
    };
    json::compact(&model)
}

/// The pieces of a text: a mark that no text holds stands for each fact while the text is filled in.
fn pieces(text: &Text) -> Vec<Piece> {
    const MARK: char = '\u{1}';
    let filled = text.fill(|position| format!("{MARK}{}{MARK}", position.position()));
    let parts = filled.split(MARK).enumerate();
    parts
        .map(|(nth, part)| match part.parse() {
            Ok(position) if nth % 2 == 1 => Piece::Fact(position),
            _ => Piece::Words(part.to_owned()),
        })
        .collect()
}

fn fact(fact: &Arc<Fact>) -> FactModel<'_> {
    let bounds = match fact.kind.domain() {
        Domain::Numbers(min, max) => Some((min, max)),
        Domain::OneOf(_) | Domain::AnyOf(_) => None,
    };
    FactModel {
        id: &fact.id,
        kind: fact.kind.word(),
        options: fact
            .options()
            .iter()
            .map(|option| (option.id.as_str(), option.title.as_str()))
            .collect(),
        bounds,
        digits: Some(fact.kind.digits().count()).filter(|digits| *digits > 0),
        expects: bounds.map(|_| fact.expects()),
        unit: fact.unit.as_deref(),
        assume: fact.assume.map(answer),
    }
}

fn answer(value: Value) -> Answer {
    match value {
        Value::Count(number) => Answer::Number(number),
        Value::YesNo(answer) => Answer::YesNo(answer),
        Value::Choice(option) => Answer::Option(option),
        Value::Flags(set) => Answer::Flags(set.iter().collect()),
    }
}

fn level(cells: &Cells) -> Level {
    let start = |cell: CellId| match cells.ends(cell).0 {
        Value::Count(number) => Some(number),
        Value::YesNo(answer) => Some(answer.into()),
        Value::Choice(option) => Some(option.into()),
        Value::Flags(_) => None,
    };
    let is_flags = matches!(cells.fact.kind.domain(), Domain::AnyOf(_));
    let classes = cells.classes().iter();
    Level {
        fact: cells.fact.position.position(),
        starts: cells.ids().map(start).collect(),
        classes: is_flags.then(|| classes.map(|class| class.iter().collect()).collect()),
    }
}

fn diagram<L: Label>(diagram: &Diagram<L>) -> DiagramModel {
    let number = |target: Target| match target.place::<LeafId>() {
        Place::Node(node) => i64::from(node),
        Place::Leaf(leaf) => -1 - i64::from(leaf),
    };
    let nodes = diagram.nodes().map(|(_, level, children)| {
        let children = children.iter().map(number);
        std::iter::once(i64::from(level)).chain(children).collect()
    });
    DiagramModel {
        root: number(diagram.root()),
        nodes: nodes.collect(),
    }
}

fn given<'a>(fact: &Fact, answers: &'a Answers) -> Option<Given<'a>> {
    let own = answers.answer(fact);
    Some(Given {
        value: answer(own.value?),
        source: own.source.as_deref(),
        as_of: own.as_of.map(|day| day.to_string()),
    })
}

fn shape<'a>(estimate: &'a ShapeEstimate<'_>) -> Shape<'a> {
    let ends = |range: Range| {
        let end = |value: u128| u64::try_from(value).unwrap_or(u64::MAX);
        (end(range.low), end(range.high))
    };
    let rates = estimate.rates.iter().map(|rate| Rate {
        fact: &rate.quantity.fact,
        per: rate.quantity.quoted_per,
        cpu: ends(rate.reserved.cpu),
        memory: ends(rate.reserved.memory),
    });
    let control = &estimate.reserved.control;
    Shape {
        title: &estimate.shape.title,
        recommendation: estimate.shape.recommendation.as_deref(),
        rates: rates.collect(),
        control: control
            .cpu
            .complete()
            .zip(control.memory.complete())
            .map(|(cpu, memory)| [ends(cpu), ends(memory)]),
    }
}
