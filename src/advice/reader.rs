//! Reading the parts of a rubric in the light of evaluated answers: what is said, and in which of its wordings.

use verdict::answers::{Answers, Sheet};
use verdict::engine::{Certain, Evaluation, Saying, advice_holds, signal_holds};
use verdict::ids::{FactId, Id, StepId, Table};
use verdict::rubric::{AdviceTest, Question, Remark, Rubric, Signal, Step, Text, Wording};

use super::{QuestionReading, RemarkReading, SignalReading, StepReading};

/// What stands before a text that has no wording of its own for assumptions.
const ASSUMED: &str = "Assumed, not known: ";

pub(super) struct Reader<'a, 'r> {
    pub(super) rubric: &'r Rubric,
    pub(super) answers: &'a Answers,
    /// The answers, with what is assumed of unknown facts.
    pub(super) sheet: &'a Sheet,
    pub(super) evaluation: &'a Evaluation,
    pub(super) certain: Certain<'a>,
}

impl<'r> Reader<'_, 'r> {
    /// What was answered to some questions.
    pub(super) fn questions(&self, questions: &'r [Question]) -> Vec<QuestionReading<'r>> {
        questions.iter().map(|own| self.question(own)).collect()
    }

    fn question(&self, question: &'r Question) -> QuestionReading<'r> {
        let signals = question.signals.iter();
        let signals = signals.map(|id| (*id, &self.rubric.signals[*id]));
        let signals: Vec<SignalReading<'r>> = signals
            .filter(|(_, signal)| signal_holds(&signal.when, self.sheet, self.evaluation))
            .map(|(id, signal)| self.signal(Saying::Signal(id), signal))
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

    fn signal(&self, saying: Saying, signal: &'r Signal) -> SignalReading<'r> {
        let (reason, is_assumed) = self.worded(saying, &signal.reason);
        SignalReading {
            points: signal.points,
            reason,
            is_assumed,
            source: self.rubric.citation(signal.source),
        }
    }

    /// The remarks that apply.
    pub(super) fn remarks<I: Id>(
        &self,
        remarks: &'r Table<I, Remark>,
        saying: impl Fn(I) -> Saying,
    ) -> Vec<RemarkReading<'r>> {
        let used = remarks
            .entries()
            .filter(|(_, remark)| self.is_said(&remark.when));
        let read = |(id, remark): (I, &'r Remark)| {
            let (text, is_assumed) = self.worded(saying(id), &remark.text);
            RemarkReading {
                id: &remark.id,
                text,
                is_assumed,
                is_headline: remark.is_headline,
                source: self.rubric.citation(remark.source),
            }
        };
        used.map(read).collect()
    }

    /// The steps that apply, in order.
    pub(super) fn plan(&self) -> Vec<StepReading<'r>> {
        let used = self
            .rubric
            .plan
            .entries()
            .filter(|(_, step)| self.is_said(&step.when));
        let read = |((id, step), number): ((StepId, &'r Step), usize)| {
            let (detail, is_assumed) = self.worded(Saying::Step(id), &step.detail);
            StepReading {
                number,
                id: &step.id,
                title: &step.title,
                detail,
                is_assumed,
                replaces: step.replaces.as_deref(),
                starters: &step.starters,
                source: self.rubric.citation(step.source),
            }
        };
        used.zip(1..).map(read).collect()
    }

    /// What is said, and whether it rests on an assumption.
    pub(super) fn worded(&self, saying: Saying, text: &Wording) -> (String, bool) {
        let recommendation = self.evaluation.recommendation;
        let is_certain = recommendation.is_some_and(|own| self.certain.of(saying, own));
        wording(text, is_certain, self.rubric, self.answers)
    }

    fn is_said(&self, when: &AdviceTest) -> bool {
        advice_holds(when, self.sheet, self.evaluation)
    }
}

/// The wording that fits: where something is not certain, or names a fact that is unknown, the one that says so. Also
/// whether it is that one.
pub(crate) fn wording(
    wording: &Wording,
    is_certain: bool,
    rubric: &Rubric,
    answers: &Answers,
) -> (String, bool) {
    let is_unknown = |fact: FactId| answers.value(&rubric.facts[fact]).is_none();
    let is_assumed = !is_certain || wording.known.names().any(is_unknown);
    let text = match (&wording.assumed, is_assumed) {
        (_, false) => fill(&wording.known, rubric, answers),
        (Some(assumed), true) => fill(assumed, rubric, answers),
        (None, true) => format!("{ASSUMED}{}", fill(&wording.known, rubric, answers)),
    };
    (text, is_assumed)
}

/// The text with answers in the place of facts; an assumed answer says so.
fn fill(text: &Text, rubric: &Rubric, answers: &Answers) -> String {
    text.fill(|fact| {
        let fact = &rubric.facts[fact];
        match (answers.value(fact), fact.assume) {
            (Some(value), _) => fact.say(value),
            (None, Some(value)) => format!("{}, assumed", fact.say(value)),
            (None, None) => "unknown".into(),
        }
    })
}
