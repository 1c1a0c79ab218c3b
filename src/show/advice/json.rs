//! Advice as JSON, by the contract `mesh-advisor/advice/1`. The structs here are the contract: they stay when the
//! types behind them change.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::advice::{Advice, QuestionReading, RemarkReading};
use crate::show::json;
use crate::show::tax::json::TaxJson;
use verdict::rubric::{Fact, Value};
use verdict::text::Tree;

/// The name and version of this contract.
const SCHEMA: &str = "mesh-advisor/advice/1";

#[derive(Serialize, JsonSchema)]
struct Document<'a> {
    /// The name and version of this contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// The rubric that was put to the answers.
    rubric: RubricName<'a>,
    /// What the answers describe, in the words of whoever gave them.
    subject: Option<&'a str>,
    /// What stands at the top of the page.
    headline: Headline<'a>,
    /// The id of the recommendation, unknown answers taken as assumed.
    recommendation: &'a str,
    /// The id of the rule that gave it: the first one that holds.
    rule: &'a str,
    /// Why, in a sentence.
    because: &'a str,
    /// How sure it is.
    #[schemars(extend("enum" = ["firm", "close", "provisional"]))]
    strength: &'static str,
    /// Whether some way to fill in the unknown answers gives something else.
    provisional: bool,
    /// Every recommendation that can still come out.
    possible: Vec<&'a str>,
    /// Unknown facts that can still change the recommendation, most informative first.
    deciding: Vec<&'a str>,
    /// Unknown facts to ask for, the first one first: those of questions among `deciding`, those on which a prerequisite
    /// hangs, those of follow-ups among `deciding`.
    ask_first: Vec<&'a str>,
    /// The share of the ways to fill in the unknown answers that gives each recommendation.
    shares: BTreeMap<&'a str, f64>,
    /// The sum of the points.
    score: i64,
    /// How many conditions hold.
    conditions_met: i64,
    /// Every condition.
    conditions: Vec<Condition<'a>>,
    /// Every question of the checklist.
    questions: Vec<Question<'a>>,
    /// Every follow-up question.
    follow_ups: Vec<Question<'a>>,
    /// The values that unknown facts were taken to have.
    assumed: BTreeMap<&'a str, Tree>,
    /// For each other recommendation, the smallest changes that reach it.
    changes: Vec<Change<'a>>,
    /// Fact by fact, what each single change would give.
    what_if: Vec<WhatIf<'a>>,
    /// How many of the single changes keep the recommendation.
    single_changes: SingleChanges,
    /// What must be true before it is carried out.
    prerequisites: Vec<Remark<'a>>,
    /// What to mind.
    cautions: Vec<Remark<'a>>,
    /// What each shape of data plane costs this fleet; null for a rubric without a tax.
    tax: Option<TaxJson<'a>>,
    /// What to do next.
    plan: Vec<Step<'a>>,
    /// What was cited, each once.
    sources: Vec<Source<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct RubricName<'a> {
    /// Its id.
    id: &'a str,
    /// Its version.
    version: String,
    /// The SHA-256 of its file.
    digest: &'a str,
}

/// What stands at the top: what is open before what is recommended, which is nothing while nothing is known.
#[derive(Serialize, JsonSchema)]
struct Headline<'a> {
    /// Facts that are open.
    open: Vec<&'a str>,
    /// The recommendation; null while nothing is known.
    recommendation: Option<&'a str>,
    /// The line.
    text: String,
    /// Remarks that stand beside it.
    notes: Vec<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Condition<'a> {
    /// Its id.
    id: &'a str,
    /// Whether it holds; null when unknown answers decide it.
    met: Option<bool>,
    /// What it says.
    title: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct Question<'a> {
    /// Its id.
    id: &'a str,
    /// The sum of the points of its signals.
    points: i64,
    /// Those that hold.
    signals: Vec<Signal<'a>>,
    /// The answers by fact; null while unknown.
    answers: BTreeMap<&'a str, Option<Tree>>,
}

#[derive(Serialize, JsonSchema)]
struct Signal<'a> {
    /// What it is worth.
    points: i64,
    /// Why.
    reason: &'a str,
    /// Whether it rests on an assumption, and says so.
    assumed: bool,
    /// The id of its source.
    source: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Change<'a> {
    /// What it reaches.
    recommendation: &'a str,
    /// The smallest number of facts that must change.
    facts: usize,
    /// Changes of that size: the new value by fact.
    options: Vec<BTreeMap<&'a str, Tree>>,
    /// Whether there are more options than are listed.
    more: bool,
}

#[derive(Serialize, JsonSchema)]
struct WhatIf<'a> {
    /// The fact.
    fact: &'a str,
    /// Its cells, in order.
    cells: Vec<WhatIfCell<'a>>,
}

/// Of a count, the first and the last value; of other kinds, the options. Of sets of flags, `options` is the set nearest
/// to the present one.
#[derive(Serialize, JsonSchema)]
struct WhatIfCell<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Tree>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Tree>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<Tree>>,
    /// What it would give.
    recommendation: Option<&'a str>,
    /// Whether the present answer lies in it.
    current: bool,
}

/// How many moves of one fact to another of its cells keep the recommendation, and how many there are.
#[derive(Serialize, JsonSchema)]
struct SingleChanges {
    /// Those that keep it.
    kept: usize,
    /// All.
    all: usize,
}

#[derive(Serialize, JsonSchema)]
struct Remark<'a> {
    /// Its id.
    id: &'a str,
    /// What it says.
    text: &'a str,
    /// Whether it rests on an assumption, and says so.
    assumed: bool,
    /// The id of its source.
    source: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Step<'a> {
    /// Its id.
    id: &'a str,
    /// What to do.
    title: &'a str,
    /// How.
    detail: &'a str,
    /// Whether it rests on an assumption, and says so.
    assumed: bool,
    /// The step that it stands for.
    replaces: Option<&'a str>,
    /// The files that `scaffold` writes for it.
    starters: Vec<&'a str>,
    /// The id of its source.
    source: Option<&'a str>,
}

#[derive(Serialize, JsonSchema)]
struct Source<'a> {
    /// Its id.
    id: &'a str,
    /// What it is called.
    title: &'a str,
    /// Where it can be read.
    r#where: &'a str,
    /// The day on which it was last known to hold.
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    as_of: Option<Date>,
    /// Who sells what it speaks of.
    vendor: Option<&'a str>,
}

/// The JSON Schema of the object, with a line feed at the end.
pub fn schema() -> String {
    json::schema::<Document<'_>>()
}

/// The advice as one JSON object, with a line feed at the end.
pub fn render(advice: &Advice<'_>) -> String {
    json::document(&document(advice))
}

fn document<'a>(advice: &'a Advice<'_>) -> Document<'a> {
    Document {
        schema: SCHEMA,
        rubric: RubricName {
            id: &advice.rubric.id,
            version: advice.rubric.version.to_string(),
            digest: &advice.rubric.digest,
        },
        subject: advice.subject.as_deref(),
        headline: headline(advice),
        recommendation: &advice.recommendation.id,
        rule: &advice.rule.id,
        because: &advice.because,
        strength: advice.strength.as_str(),
        provisional: advice.is_provisional(),
        possible: advice
            .possible
            .iter()
            .map(|possible| possible.id.as_str())
            .collect(),
        deciding: advice
            .deciding
            .iter()
            .map(|deciding| deciding.fact.id.as_str())
            .collect(),
        ask_first: advice
            .ask_first
            .iter()
            .map(|open| open.fact.id.as_str())
            .collect(),
        shares: advice
            .shares
            .entries()
            .map(|(own, share)| (advice.rubric.recommendations[own].id.as_str(), *share))
            .collect(),
        score: advice.score,
        conditions_met: advice.conditions_met,
        conditions: advice
            .conditions
            .iter()
            .map(|reading| Condition {
                id: &reading.condition.id,
                met: reading.met,
                title: &reading.condition.title,
            })
            .collect(),
        questions: advice.questions.iter().map(question).collect(),
        follow_ups: advice.follow_ups.iter().map(question).collect(),
        assumed: advice
            .assumed
            .iter()
            .map(|(fact, value)| written(fact, *value))
            .collect(),
        changes: advice
            .changes
            .iter()
            .map(|change| changed(advice, change))
            .collect(),
        what_if: advice
            .what_if
            .iter()
            .map(|line| what_if(advice, line))
            .collect(),
        single_changes: SingleChanges {
            kept: advice.single_changes().kept,
            all: advice.single_changes().all,
        },
        prerequisites: advice.prerequisites.iter().map(remark).collect(),
        cautions: advice.cautions.iter().map(remark).collect(),
        tax: advice.tax.as_ref().map(TaxJson::from),
        plan: advice
            .plan
            .iter()
            .map(|step| Step {
                id: step.id,
                title: step.title,
                detail: &step.detail,
                assumed: step.is_assumed,
                replaces: step.replaces,
                starters: step.starters.iter().map(|name| name.as_str()).collect(),
                source: step.source.map(|source| source.id.as_str()),
            })
            .collect(),
        sources: advice
            .citations()
            .into_iter()
            .map(|citation| Source {
                id: &citation.id,
                title: &citation.title,
                r#where: &citation.place,
                as_of: citation.as_of,
                vendor: citation.vendor.as_deref(),
            })
            .collect(),
    }
}

fn headline<'a>(advice: &'a Advice<'_>) -> Headline<'a> {
    let headline = advice.headline();
    Headline {
        open: headline.open.iter().map(|fact| fact.id.as_str()).collect(),
        recommendation: headline.recommendation.map(|own| own.id.as_str()),
        text: headline.text,
        notes: headline
            .notes
            .iter()
            .map(|note| note.text.as_str())
            .collect(),
    }
}

fn written(fact: &Arc<Fact>, value: Value) -> (&str, Tree) {
    (fact.id.as_str(), fact.write(value))
}

fn question<'a>(reading: &'a QuestionReading<'_>) -> Question<'a> {
    let signals = reading.signals.iter().map(|signal| Signal {
        points: signal.points,
        reason: &signal.reason,
        assumed: signal.is_assumed,
        source: signal.source.map(|source| source.id.as_str()),
    });
    let answers = reading.answers.iter();
    Question {
        id: &reading.question.id,
        points: reading.points,
        signals: signals.collect(),
        answers: answers
            .map(|(fact, value)| (fact.id.as_str(), value.map(|value| fact.write(value))))
            .collect(),
    }
}

fn changed<'a>(advice: &'a Advice<'_>, change: &'a verdict::engine::Change) -> Change<'a> {
    Change {
        recommendation: &advice.rubric.recommendations[change.recommendation].id,
        facts: change.facts,
        options: change
            .options
            .iter()
            .map(|option| {
                option
                    .iter()
                    .map(|step| written(&step.fact, step.value))
                    .collect()
            })
            .collect(),
        more: change.is_cut,
    }
}

fn what_if<'a>(advice: &'a Advice<'_>, line: &'a verdict::engine::WhatIf) -> WhatIf<'a> {
    let fact = &line.fact;
    let cells = line.cells.iter().map(|cell| {
        let (from, to, options) = match (cell.from, cell.to) {
            (Value::Count(_), _) => (Some(fact.write(cell.from)), Some(fact.write(cell.to)), None),
            (Value::YesNo(from), Value::YesNo(to)) => {
                let answers = [false, true]
                    .into_iter()
                    .filter(|own| *own == from || *own == to);
                let answers = answers.map(|own| fact.write(Value::YesNo(own)));
                (None, None, Some(answers.collect()))
            }
            (Value::Choice(from), Value::Choice(to)) => {
                let options = fact.options().ids();
                let options = options.filter(|own| (from..=to).contains(own));
                let options = options.map(|option| fact.write(Value::Choice(option)));
                (None, None, Some(options.collect()))
            }
            (set, _) => match fact.write(set) {
                Tree::List(flags) => {
                    let flags = flags.into_iter().map(|flag| flag.tree);
                    (None, None, Some(flags.collect()))
                }
                one => (None, None, Some(vec![one])),
            },
        };
        let given = |own| advice.rubric.recommendations[own].id.as_str();
        WhatIfCell {
            from,
            to,
            options,
            recommendation: cell.recommendation.map(given),
            current: cell.is_current,
        }
    });
    WhatIf {
        fact: &fact.id,
        cells: cells.collect(),
    }
}

fn remark<'a>(remark: &'a RemarkReading<'_>) -> Remark<'a> {
    Remark {
        id: remark.id,
        text: &remark.text,
        assumed: remark.is_assumed,
        source: remark.source.map(|source| source.id.as_str()),
    }
}
