//! The advice: everything there is to say about one set of answers, as values. Outputs only choose the words around it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use verdict::answers::Answers;
use verdict::engine::{
    Certainty, Change, Deciding, Reasoning, Saying, SingleChanges, Strength, WhatIf, evaluate,
};
use verdict::ids::{RecommendationId, Table};
use verdict::rubric::{
    Citation, Condition, Fact, Question, Recommendation, Rubric, Rule, Value, Words,
};
use verdict::tax::{Estimate, estimate};

mod asking;
mod headline;
mod reader;

pub use asking::OpenFact;
pub use headline::Headline;
use reader::Reader;
pub(crate) use reader::wording;

/// The advice for one set of answers.
#[derive(Clone, Debug)]
pub struct Advice<'r> {
    /// The rubric that was asked.
    pub rubric: &'r Rubric,
    /// What the answers describe.
    pub subject: Option<String>,
    /// What to do.
    pub recommendation: &'r Recommendation,
    /// The rule that says so.
    pub rule: &'r Rule,
    /// Why, in a line that can be read out.
    pub because: String,
    /// Whether something is known that the verdict reads.
    pub is_based_on_answers: bool,
    /// How sure that is.
    pub strength: Strength,
    /// Every recommendation that can still come out, in the rubric's order.
    pub possible: Vec<&'r Recommendation>,
    /// The unknown facts that can still matter, those that tell most first.
    pub deciding: Vec<Deciding>,
    /// The unknown facts to ask for, the first one first: those of questions that can still change the recommendation, those
    /// on which a prerequisite hangs, those of follow-ups that can still change it.
    pub ask_first: Vec<OpenFact>,
    /// How the ways of filling in the unknown answers divide among the recommendations (see [`Reasoning::shares`]).
    pub shares: Table<RecommendationId, f64>,
    /// The sum of the points.
    pub score: i64,
    /// How many conditions hold.
    pub conditions_met: i64,
    /// The boxes.
    pub conditions: Vec<ConditionReading<'r>>,
    /// The checklist, question by question.
    pub questions: Vec<QuestionReading<'r>>,
    /// The follow-up questions.
    pub follow_ups: Vec<QuestionReading<'r>>,
    /// Unknown facts with the values assumed for them.
    pub assumed: Vec<(Arc<Fact>, Value)>,
    /// What would give another recommendation.
    pub changes: Vec<Change>,
    /// What each single change would give, fact by fact.
    pub what_if: Vec<WhatIf>,
    /// What must be true first.
    pub prerequisites: Vec<RemarkReading<'r>>,
    /// What to mind.
    pub cautions: Vec<RemarkReading<'r>>,
    /// What each shape would cost, and what it would buy.
    pub tax: Option<Estimate<'r>>,
    /// What to do next, in order.
    pub plan: Vec<StepReading<'r>>,
}

/// A box: ticked, empty, or open.
#[derive(Clone, Debug)]
pub struct ConditionReading<'r> {
    /// The condition.
    pub condition: &'r Condition,
    /// Whether it holds; `None` when unknown answers decide it.
    pub met: Option<bool>,
}

/// What was answered to a question, and what that is worth.
#[derive(Clone, Debug)]
pub struct QuestionReading<'r> {
    /// The question.
    pub question: &'r Question,
    /// The sum of its signals' points.
    pub points: i64,
    /// The signals that hold.
    pub signals: Vec<SignalReading<'r>>,
    /// Its facts with their answers; `None` while unknown.
    pub answers: Vec<(Arc<Fact>, Option<Value>)>,
}

/// A signal that holds.
#[derive(Clone, Debug)]
pub struct SignalReading<'r> {
    /// What it is worth.
    pub points: i64,
    /// Why it matters.
    pub reason: String,
    /// Whether it rests on an assumption, and says so.
    pub is_assumed: bool,
    /// Where that is argued.
    pub source: Option<&'r Citation>,
}

/// A prerequisite or caution that applies.
#[derive(Clone, Debug)]
pub struct RemarkReading<'r> {
    /// Its name.
    pub id: &'r str,
    /// What it says.
    pub text: String,
    /// Whether it rests on an assumption, and says so.
    pub is_assumed: bool,
    /// Whether it belongs beside the recommendation.
    pub is_headline: bool,
    /// Where that is argued.
    pub source: Option<&'r Citation>,
}

/// A step of the plan that applies.
#[derive(Clone, Debug)]
pub struct StepReading<'r> {
    /// Its number in the plan, from 1.
    pub number: usize,
    /// Its name.
    pub id: &'r str,
    /// What to do.
    pub title: &'r str,
    /// How.
    pub detail: String,
    /// Whether it rests on an assumption, and says so.
    pub is_assumed: bool,
    /// What it takes the place of.
    pub replaces: Option<&'r str>,
    /// Files to begin with, by name, in order.
    pub starters: &'r [Words],
    /// Where that is argued.
    pub source: Option<&'r Citation>,
}

/// Advises on a set of answers; `today` decides which figures are old. `None` when no rule holds, which
/// [`Rubric::parse`] rules out.
pub fn advise<'r>(
    rubric: &'r Rubric,
    reasoning: &Reasoning,
    certainty: &Certainty,
    answers: &Answers,
    today: Date,
) -> Option<Advice<'r>> {
    let known = answers.sheet();
    let assumed = known.assuming(rubric);
    let evaluation = evaluate(rubric, &assumed);
    let certain = certainty.about(&known);
    let reader = Reader {
        rubric,
        answers,
        sheet: &assumed,
        evaluation: &evaluation,
        certain,
    };
    let possible = reasoning.possible(&known);
    let deciding = reasoning.deciding(&known);
    let rule = &rubric.verdict[evaluation.rule?];
    let hanging = certainty.prerequisites_hang_on(rule.recommend, &known, &assumed);
    Some(Advice {
        rubric,
        subject: answers
            .subject
            .clone()
            .filter(|subject| !subject.trim().is_empty()),
        recommendation: &rubric.recommendations[rule.recommend],
        because: reader
            .worded(Saying::Rule(evaluation.rule?), &rule.because)
            .0,
        is_based_on_answers: reasoning
            .recommendations()
            .known(&known)
            .iter()
            .any(Option::is_some),
        rule,
        strength: reasoning.strength(&known, &assumed),
        possible: possible
            .iter()
            .map(|own| &rubric.recommendations[own])
            .collect(),
        ask_first: asking::ask_first(&deciding, hanging),
        deciding,
        shares: reasoning.shares(&known),
        score: evaluation.score,
        conditions_met: evaluation.conditions_met,
        conditions: rubric
            .conditions
            .entries()
            .map(|(id, condition)| ConditionReading {
                condition,
                met: reasoning.condition(id, &known),
            })
            .collect(),
        questions: reader.questions(&rubric.questions),
        follow_ups: reader.questions(&rubric.follow_ups),
        assumed: rubric
            .facts
            .iter()
            .filter(|fact| known.value(fact).is_none())
            .filter_map(|fact| Some((fact.clone(), fact.assume?)))
            .collect(),
        changes: reasoning.changes(&assumed),
        what_if: reasoning.what_if(&assumed),
        prerequisites: reader.remarks(&rubric.prerequisites, Saying::Prerequisite),
        cautions: reader.remarks(&rubric.cautions, Saying::Caution),
        tax: rubric
            .tax
            .as_ref()
            .filter(|tax| !tax.shapes().is_empty())
            .map(|tax| {
                let count = |id: &str| {
                    rubric
                        .fact(id)
                        .and_then(|fact| known.value(fact))
                        .and_then(as_count)
                };
                estimate(
                    tax,
                    rubric.sources.as_slice(),
                    count,
                    |gift| reader.certain.settled(Saying::Gift(gift)),
                    today,
                )
            }),
        plan: reader.plan(),
    })
}

impl<'r> Advice<'r> {
    /// Whether an unknown answer can still change the recommendation.
    pub fn is_provisional(&self) -> bool {
        self.strength == Strength::Provisional
    }

    /// The unknown facts that cannot change the recommendation, and on which a prerequisite of it hangs.
    pub fn hanging(&self) -> impl Iterator<Item = &Arc<Fact>> {
        let hanging = self.ask_first.iter().filter(|open| !open.moves);
        hanging.map(|open| &open.fact)
    }

    /// How many single changes keep the recommendation.
    pub fn single_changes(&self) -> SingleChanges {
        SingleChanges::of(&self.what_if)
    }

    /// What was cited, each once, by id.
    pub fn citations(&self) -> Vec<&'r Citation> {
        let signals = self
            .questions
            .iter()
            .chain(&self.follow_ups)
            .flat_map(|question| &question.signals);
        let remarks = self.prerequisites.iter().chain(&self.cautions);
        let cited = signals
            .filter_map(|signal| signal.source)
            .chain(remarks.filter_map(|remark| remark.source))
            .chain(self.plan.iter().filter_map(|step| step.source))
            .chain(self.rubric.citation(self.rule.source));
        let by_id: BTreeMap<&str, &Citation> = cited
            .map(|citation| (citation.id.as_str(), citation))
            .collect();
        by_id.into_values().collect()
    }
}

fn as_count(value: Value) -> Option<u64> {
    match value {
        Value::Count(number) => u64::try_from(number).ok(),
        _ => None,
    }
}
