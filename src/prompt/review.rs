//! The summary of all answers, in which each can be changed.

use std::sync::Arc;

use super::{DONT_KNOW, Standing};
use verdict::answers::Answers;
use verdict::ids::FactId;
use verdict::rubric::{Fact, Question, Rubric, Value};

/// All facts with their answers.
#[derive(Clone, Debug)]
pub struct Review<'r> {
    /// The facts, in the order of the rubric.
    pub entries: Vec<ReviewEntry<'r>>,
    /// Where the answers stand.
    pub standing: Standing<'r>,
}

/// A fact with its answer.
#[derive(Clone, Debug)]
pub struct ReviewEntry<'r> {
    /// The question it belongs to.
    pub question: &'r Question,
    /// The fact.
    pub fact: &'r Arc<Fact>,
    /// What is known of it.
    pub state: State,
    /// What that rests on.
    pub evidence: Option<String>,
}

/// What is known of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its value.
    Known(Value),
    /// The person does not know it.
    Unknown,
    /// It was not asked.
    NotAsked,
}

/// What a person wants after looking at the summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// The advice.
    Accept,
    /// To answer this fact again.
    Change(FactId),
    /// To go back to the last answer.
    Back,
    /// Enough for now.
    Quit,
}

impl<'r> Review<'r> {
    /// The summary of `answers`, of which these facts were asked.
    pub(super) fn new(
        rubric: &'r Rubric,
        answers: &Answers,
        asked: &[FactId],
        standing: Standing<'r>,
    ) -> Self {
        let questions = rubric.questions.iter().chain(&rubric.follow_ups);
        let of_question =
            |question: &'r Question| rubric.facts_of(question).map(move |fact| (question, fact));
        let entries = questions.flat_map(of_question).map(|(question, fact)| {
            let state = match answers.value(fact) {
                Some(value) => State::Known(value),
                None if asked.contains(&fact.position) => State::Unknown,
                None => State::NotAsked,
            };
            ReviewEntry {
                question,
                fact,
                state,
                evidence: answers.answer(fact).source.clone(),
            }
        });
        Self {
            entries: entries.collect(),
            standing,
        }
    }
}

impl ReviewEntry<'_> {
    /// The answer in words, with what it rests on.
    pub fn said(&self) -> String {
        let answer = match self.state {
            State::Known(value) => self.fact.say(value),
            State::Unknown => DONT_KNOW.to_owned(),
            State::NotAsked => "(not asked)".to_owned(),
        };
        match &self.evidence {
            Some(evidence) => format!("{answer} ({evidence})"),
            None => answer,
        }
    }
}
