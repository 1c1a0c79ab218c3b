//! Advice as JSON, by the contract `mesh-advisor/advice/1`. The structs here are the contract: they stay when the
//! types behind them change.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use crate::advice::{Advice, QuestionReading, RemarkReading};
use crate::show::json;
use crate::show::tax::json::TaxJson;
use verdict::rubric::{Fact, Value};
use verdict::text::Tree;

/// The name and version of this contract.
const SCHEMA: &str = "mesh-advisor/advice/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    rubric: RubricName<'a>,
    subject: Option<&'a str>,
    headline: Headline<'a>,
    recommendation: &'a str,
    rule: &'a str,
    because: &'a str,
    strength: &'static str,
    provisional: bool,
    possible: Vec<&'a str>,
    deciding: Vec<&'a str>,
    shares: BTreeMap<&'a str, f64>,
    score: i64,
    conditions_met: i64,
    conditions: Vec<Condition<'a>>,
    questions: Vec<Question<'a>>,
    follow_ups: Vec<Question<'a>>,
    assumed: BTreeMap<&'a str, Tree>,
    changes: Vec<Change<'a>>,
    what_if: Vec<WhatIf<'a>>,
    single_changes: SingleChanges,
    prerequisites: Vec<Remark<'a>>,
    cautions: Vec<Remark<'a>>,
    tax: Option<TaxJson<'a>>,
    plan: Vec<Step<'a>>,
    sources: Vec<Source<'a>>,
}

#[derive(Serialize)]
struct RubricName<'a> {
    id: &'a str,
    version: String,
    digest: &'a str,
}

/// What stands at the top: what is open before what is recommended, which is nothing while nothing is known.
#[derive(Serialize)]
struct Headline<'a> {
    open: Vec<&'a str>,
    recommendation: Option<&'a str>,
    text: String,
    notes: Vec<&'a str>,
}

#[derive(Serialize)]
struct Condition<'a> {
    id: &'a str,
    met: Option<bool>,
    title: &'a str,
}

#[derive(Serialize)]
struct Question<'a> {
    id: &'a str,
    points: i64,
    signals: Vec<Signal<'a>>,
    answers: BTreeMap<&'a str, Option<Tree>>,
}

#[derive(Serialize)]
struct Signal<'a> {
    points: i64,
    reason: &'a str,
    /// Whether it rests on an assumption, and says so.
    assumed: bool,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct Change<'a> {
    recommendation: &'a str,
    facts: usize,
    options: Vec<BTreeMap<&'a str, Tree>>,
    /// Whether there are more options than are listed.
    more: bool,
}

#[derive(Serialize)]
struct WhatIf<'a> {
    fact: &'a str,
    cells: Vec<WhatIfCell<'a>>,
}

/// Of a count, the first and the last value; of other kinds, the options. Of sets of flags, `options` is the set nearest
/// to the present one.
#[derive(Serialize)]
struct WhatIfCell<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Tree>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Tree>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<Tree>>,
    recommendation: Option<&'a str>,
    current: bool,
}

/// How many moves of one fact to another of its cells keep the recommendation, and how many there are.
#[derive(Serialize)]
struct SingleChanges {
    kept: usize,
    all: usize,
}

#[derive(Serialize)]
struct Remark<'a> {
    id: &'a str,
    text: &'a str,
    /// Whether it rests on an assumption, and says so.
    assumed: bool,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct Step<'a> {
    id: &'a str,
    title: &'a str,
    detail: &'a str,
    /// Whether it rests on an assumption, and says so.
    assumed: bool,
    replaces: Option<&'a str>,
    /// The files that `scaffold` writes for it.
    starters: Vec<&'a str>,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct Source<'a> {
    id: &'a str,
    title: &'a str,
    r#where: &'a str,
    as_of: Option<Date>,
    vendor: Option<&'a str>,
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
                let options = (from..=to).map(|option| fact.write(Value::Choice(option)));
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
