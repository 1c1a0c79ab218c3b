//! The questionnaire: which fact is asked next, what a person can reply, and where the answers stand meanwhile.
//!
//! [`Flow`] decides what comes next and knows nobody; an [`Interviewer`] talks to a person and decides nothing;
//! [`converse`] brings the two together. [`Plain`] talks in lines of text; [`form`] holds what a terminal shows and how
//! keys change it, without touching a terminal.

mod flow;
pub mod form;
mod plain;
mod reading;
mod review;
mod standing;

use std::io;
use std::sync::Arc;

pub use flow::{Flow, Next, Pace};
pub use plain::{Heard, Lines, Plain, ReadLines};
pub use reading::{DONT_KNOW, Entry, NONE_OF_THESE, Typed, check_count, type_answer};
pub use review::{Review, Reviewed, State};
pub use standing::Standing;

use verdict::ids::Id;
use verdict::rubric::{Domain, Fact, Options, Question, Value};

/// What is said to someone who goes back from the first question.
pub const NOTHING_BEFORE: &str = "This is the first question.";

/// A fact that is put to a person.
#[derive(Clone, Debug)]
pub struct Asked<'r> {
    /// The question it belongs to.
    pub question: &'r Question,
    /// The fact.
    pub fact: &'r Arc<Fact>,
    /// How far the conversation is.
    pub progress: Progress,
    /// Whether it was asked before, so that its answer can be kept.
    pub is_repeated: bool,
    /// Its answer up to now.
    pub answer: Option<Value>,
    /// What that rests on, or what is seen of it where that is no answer: the source of the answer.
    pub evidence: Option<String>,
    /// Whether an earlier answer can be gone back to.
    pub has_previous: bool,
}

/// How far the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// At a question of the checklist, counted from 1.
    Question {
        /// Its number.
        number: usize,
        /// How many there are.
        of: usize,
    },
    /// At a follow-up.
    FollowUp,
    /// At a fact of a conversation that stops as soon as it can.
    Quick {
        /// How many facts were asked, this one included.
        number: usize,
        /// How many there will be at most.
        at_most: usize,
    },
}

impl std::fmt::Display for Progress {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Question { number, of } => write!(formatter, "{number} of {of}"),
            Self::FollowUp => write!(formatter, "Follow-up"),
            Self::Quick { number, at_most } => write!(formatter, "{number} of at most {at_most}"),
        }
    }
}

impl Asked<'_> {
    /// Why the fact is asked for, how to find the answer, and when each option is it.
    pub fn explanation(&self) -> impl Iterator<Item = String> {
        let options = self.fact.options().iter();
        let options = options.filter_map(|option| {
            let help = option.help.as_ref()?;
            Some(format!("{}: {help}", option.title))
        });
        let help = self.fact.help.iter().map(ToString::to_string);
        std::iter::once(self.question.why.to_string())
            .chain(help)
            .chain(options)
    }

    /// What the fact can be answered with, in the order in which a list shows it: titles of options, then `none of
    /// these` for flags, then `don't know`. A count has only the last.
    pub fn options(&self) -> Vec<String> {
        let choices = self.fact.kind.choices().into_iter();
        let mut options: Vec<String> = choices.map(|choice| choice.title.to_owned()).collect();
        if matches!(self.fact.kind.domain(), Domain::AnyOf(_)) {
            options.push(NONE_OF_THESE.to_owned());
        }
        options.push(DONT_KNOW.to_owned());
        options
    }

    /// The answer that a place in a list that shows [`Asked::options`] stands for.
    pub fn at(&self, place: usize) -> Reply {
        match (self.fact.kind.domain(), self.fact.kind.choices().get(place)) {
            (_, Some(choice)) => Reply::Value(choice.value),
            (Domain::AnyOf(count), None) if place == count => {
                Reply::Value(Value::Flags(Options::NONE))
            }
            _ => Reply::Unknown,
        }
    }

    /// The place in a list that shows [`Asked::options`] at which the answer up to now stands.
    pub fn place(&self) -> Option<usize> {
        match (self.answer, self.is_repeated) {
            (Some(Value::YesNo(answer)), _) => Some(usize::from(!answer)),
            (Some(Value::Choice(option)), _) => Some(option.position()),
            (Some(Value::Flags(set)), _) => {
                let none = self.fact.options().len();
                Some(set.iter().next().map_or(none, Id::position))
            }
            (None, true) => Some(self.options().len() - 1),
            _ => None,
        }
    }

    /// The answer up to now in words; `None` when there was none.
    pub fn said(&self) -> Option<String> {
        match self.answer {
            Some(value) => Some(self.fact.say(value)),
            None => self.is_repeated.then(|| DONT_KNOW.to_owned()),
        }
    }
}

/// What a person replies to a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// A value of the fact.
    Value(Value),
    /// The person does not know.
    Unknown,
    /// Back to the answer before.
    Back,
    /// On to the summary; what is open stays open.
    Summary,
    /// Enough for now.
    Quit,
}

/// Why a conversation stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    /// The person, or the system, asked the program to end.
    #[error("interrupted")]
    Interrupted,
    /// There is nothing more to read.
    #[error("the input ended")]
    EndOfInput,
    /// Reading or writing failed.
    #[error(transparent)]
    Failed(#[from] io::Error),
}

/// Someone who can talk with a person.
pub trait Interviewer {
    /// Says something, once.
    ///
    /// # Errors
    /// The conversation stopped; this holds for each of these methods.
    fn tell(&mut self, text: &str) -> Result<(), Stopped>;

    /// Puts a fact to the person, explains it when asked, and returns a reply that fits the fact.
    ///
    /// # Errors
    /// See [`Interviewer::tell`].
    fn ask(&mut self, asked: &Asked<'_>) -> Result<Reply, Stopped>;

    /// Says in one quiet line where the answers stand.
    ///
    /// # Errors
    /// See [`Interviewer::tell`].
    fn note(&mut self, standing: &Standing<'_>) -> Result<(), Stopped>;

    /// Shows all answers and lets the person change one, or go on.
    ///
    /// # Errors
    /// See [`Interviewer::tell`].
    fn review(&mut self, review: &Review<'_>) -> Result<Reviewed, Stopped>;

    /// Lets the person choose among options, and returns the position of the one that was chosen.
    ///
    /// # Errors
    /// See [`Interviewer::tell`].
    fn choose(&mut self, prompt: &str, options: &[&str]) -> Result<usize, Stopped>;

    /// Reads a line, such as the name of a file.
    ///
    /// # Errors
    /// See [`Interviewer::tell`].
    fn line(&mut self, prompt: &str) -> Result<String, Stopped>;

    /// Leaves the screen to what is not part of the conversation, until the next question.
    ///
    /// # Errors
    /// See [`Interviewer::tell`].
    fn pause(&mut self) -> Result<(), Stopped>;
}

/// How a conversation came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The person went through the summary and wants the advice.
    Finished,
    /// The person wants to go on another time.
    Quit,
}

/// Leads the conversation to its end. The answers stay in `flow`, also when it stops.
///
/// # Errors
/// The conversation stopped before its end.
pub fn converse(
    flow: &mut Flow<'_>,
    interviewer: &mut impl Interviewer,
) -> Result<Ending, Stopped> {
    let mut was_settled = flow.standing().settled().is_some();
    loop {
        match flow.next_step() {
            Next::Ask(asked) => {
                let value = match interviewer.ask(&asked)? {
                    Reply::Value(value) => Some(value),
                    Reply::Unknown => None,
                    Reply::Back => {
                        flow.back();
                        continue;
                    }
                    Reply::Summary => {
                        flow.finish();
                        continue;
                    }
                    Reply::Quit => return Ok(Ending::Quit),
                };
                flow.answer(value);
                let mut standing = flow.standing();
                let is_settled = standing.settled().is_some();
                standing.goes_on = is_settled && !was_settled && flow.is_asking();
                was_settled = is_settled;
                interviewer.note(&standing)?;
            }
            Next::Review(review) => match interviewer.review(&review)? {
                Reviewed::Accept => return Ok(Ending::Finished),
                Reviewed::Change(position) => flow.change(position),
                Reviewed::Back => flow.back(),
                Reviewed::Quit => return Ok(Ending::Quit),
            },
        }
    }
}
