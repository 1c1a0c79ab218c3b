//! The advice: everything there is to say about one set of answers, as values. Outputs only choose the words around it.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use verdict::answers::Answers;
use verdict::engine::{
    Change, Deciding, Evaluation, Reasoning, Strength, advice_holds, evaluate, settled,
    signal_holds,
};
use verdict::rubric::{
    AdviceTest, Citation, Condition, Fact, FactAtom, FactTest, Question, Recommendation, Remark,
    Rubric, Rule, Text, Value,
};
use verdict::tax::{Estimate, estimate};

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
    /// How sure that is.
    pub strength: Strength,
    /// Every recommendation that can still come out, in the rubric's order.
    pub possible: Vec<&'r Recommendation>,
    /// The unknown facts that can still matter, those that tell most first.
    pub deciding: Vec<Deciding>,
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
    /// Whether it holds of an assumption instead of an answer.
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
    /// Where that is argued.
    pub source: Option<&'r Citation>,
}

/// A step of the plan that applies.
#[derive(Clone, Debug)]
pub struct StepReading<'r> {
    /// Its name.
    pub id: &'r str,
    /// What to do.
    pub title: &'r str,
    /// How.
    pub detail: String,
    /// What it takes the place of.
    pub replaces: Option<&'r str>,
    /// Where that is argued.
    pub source: Option<&'r Citation>,
}

/// Advises on a set of answers; `today` decides which figures are old. `None` when no rule holds, which
/// [`Rubric::parse`] rules out.
pub fn advise<'r>(
    rubric: &'r Rubric,
    reasoning: &Reasoning,
    answers: &Answers,
    today: Date,
) -> Option<Advice<'r>> {
    let known = answers.sheet();
    let assumed = known.assuming(rubric);
    let evaluation = evaluate(rubric, &assumed);
    let reader = Reader {
        rubric,
        answers,
        sheet: &assumed,
        evaluation: &evaluation,
    };
    let possible = reasoning.possible(&known);
    let read = |questions: &'r [Question]| {
        questions
            .iter()
            .map(|question| reader.question(question))
            .collect()
    };
    let rule = &rubric.verdict[evaluation.rule?];
    let is_used = |when: &AdviceTest| advice_holds(when, &assumed, &evaluation);
    let remarks = |remarks: &'r [Remark]| {
        remarks
            .iter()
            .filter(|remark| is_used(&remark.when))
            .map(|remark| reader.remark(remark))
            .collect()
    };
    let steps = rubric.plan.iter().filter(|step| is_used(&step.when));
    Some(Advice {
        rubric,
        subject: answers
            .subject
            .clone()
            .filter(|subject| !subject.trim().is_empty()),
        recommendation: &rubric.recommendations[rule.recommend],
        because: reader.fill(&rule.because.known),
        rule,
        strength: reasoning.strength(&known, &assumed),
        possible: possible
            .iter()
            .map(|own| &rubric.recommendations[own])
            .collect(),
        deciding: reasoning.deciding(&known),
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
        questions: read(&rubric.questions),
        follow_ups: read(&rubric.follow_ups),
        assumed: rubric
            .facts
            .iter()
            .filter(|fact| known.value(fact).is_none())
            .filter_map(|fact| Some((fact.clone(), fact.assume?)))
            .collect(),
        changes: reasoning.changes(&assumed),
        prerequisites: remarks(&rubric.prerequisites),
        cautions: remarks(&rubric.cautions),
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
                    |gift| settled(rubric, &gift.when, &known),
                    today,
                )
            }),
        plan: steps.map(|step| reader.step(step)).collect(),
    })
}

impl<'r> Advice<'r> {
    /// Whether an unknown answer can still change the recommendation.
    pub fn is_provisional(&self) -> bool {
        self.strength == Strength::Provisional
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

/// Reads the parts of a rubric in the light of evaluated answers.
struct Reader<'a, 'r> {
    rubric: &'r Rubric,
    answers: &'a Answers,
    sheet: &'a verdict::answers::Sheet,
    evaluation: &'a Evaluation,
}

impl<'r> Reader<'_, 'r> {
    fn question(&self, question: &'r Question) -> QuestionReading<'r> {
        let holding = question
            .signals
            .iter()
            .filter(|signal| signal_holds(&signal.when, self.sheet, self.evaluation));
        let signals: Vec<SignalReading<'r>> = holding
            .map(|signal| SignalReading {
                points: signal.points,
                reason: self.fill(&signal.reason.known),
                is_assumed: self.reads_unknown(&signal.when),
                source: self.rubric.citation(signal.source),
            })
            .collect();
        QuestionReading {
            question,
            points: signals.iter().map(|signal| signal.points).sum(),
            signals,
            answers: self
                .rubric
                .facts_of(question)
                .map(|fact| (fact.clone(), self.answers.value(fact)))
                .collect(),
        }
    }

    /// Whether a test reads a fact that is unknown, by itself or through the named tests that it refers to.
    fn reads_unknown(&self, when: &FactTest) -> bool {
        let mut reads_unknown = false;
        when.for_each_atom(&mut |atom| {
            reads_unknown |= match atom {
                FactAtom::Fact { fact, .. } => {
                    self.answers.value(&self.rubric.facts[*fact]).is_none()
                }
                FactAtom::Named { named, .. } => {
                    self.reads_unknown(&self.rubric.named[*named].when)
                }
            }
        });
        reads_unknown
    }

    fn remark(&self, remark: &'r Remark) -> RemarkReading<'r> {
        RemarkReading {
            id: &remark.id,
            text: self.fill(&remark.text.known),
            source: self.rubric.citation(remark.source),
        }
    }

    fn step(&self, step: &'r verdict::rubric::Step) -> StepReading<'r> {
        StepReading {
            id: &step.id,
            title: &step.title,
            detail: self.fill(&step.detail.known),
            replaces: step.replaces.as_deref(),
            source: self.rubric.citation(step.source),
        }
    }

    fn fill(&self, text: &Text) -> String {
        fill(text, self.rubric, self.answers)
    }
}

/// The text with answers in the place of facts; an assumed answer says so.
pub(crate) fn fill(text: &Text, rubric: &Rubric, answers: &Answers) -> String {
    text.fill(|fact| {
        let fact = &rubric.facts[fact];
        match (answers.value(fact), fact.assume) {
            (Some(value), _) => fact.say(value),
            (None, Some(value)) => format!("{}, assumed", fact.say(value)),
            (None, None) => "unknown".into(),
        }
    })
}
