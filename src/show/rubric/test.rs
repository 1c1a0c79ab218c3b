//! What a run of cases came to, as both formats show it.

use verdict::cases::{Outcome, Subject, Suggestion};
use verdict::ids::SignalId;
use verdict::rubric::Rubric;

/// A run of cases.
#[derive(Debug)]
pub struct TestRun<'r> {
    /// The rubric.
    pub rubric: &'r Rubric,
    /// The cases, file by file.
    pub cases: Vec<CaseRun<'r>>,
    /// What none of them exercises.
    pub missing: Vec<Subject>,
    /// New cases, when they were asked for and found.
    pub suggestions: Option<Vec<Suggestion>>,
    /// Why none were found.
    pub unchecked: Option<String>,
}

/// One case with its place.
#[derive(Debug)]
pub struct CaseRun<'r> {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// What came out.
    pub outcome: Outcome<'r>,
}

/// "the rule `small-fleet`", "signal 2 of the question `canary`".
pub(super) fn subject_in_words(rubric: &Rubric, subject: Subject) -> String {
    match subject {
        Subject::Rule(rule) => format!("the rule `{}`", rubric.verdict[rule].id),
        Subject::Condition(condition) => {
            format!("the condition `{}`", rubric.conditions[condition].id)
        }
        Subject::Signal(own) => signal(rubric, own).map_or(String::new(), |(question, index)| {
            format!("signal {} of the question `{question}`", index + 1)
        }),
    }
}

/// The question of a signal, and its position there.
pub(super) fn signal(rubric: &Rubric, signal: SignalId) -> Option<(&str, usize)> {
    let mut questions = rubric.questions.iter().chain(&rubric.follow_ups);
    questions.find_map(|question| {
        let index = question.signals.iter().position(|own| *own == signal)?;
        Some((question.id.as_str(), index))
    })
}
