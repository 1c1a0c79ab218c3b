//! `question-empty`: a question that asks for nothing.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "question-empty",
        severity: Severity::Warning,
        summary: "A question asks for no fact",
        what: "A question or follow-up whose list of facts is empty.",
        why: "It has nothing that could be answered: nobody is asked it, and its signals read what others ask.",
        example: "{id: culture, ask: How do you work?, why: It matters., facts: []}",
        fix: "Give it its facts, or move its signals to the question that has them.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let questions = rubric.questions.iter().chain(&rubric.follow_ups);
    // Where facts stand in the file and were left out, their mistakes are told.
    let empty = questions.filter(|question| {
        question.facts.is_empty() && subject.file.count(&question.route.key("facts")) == 0
    });
    let found = empty.map(|question| {
        let message = format!("the question `{}` asks for no fact", question.id);
        subject.finding(&CHECK.kind, &question.route, &question.id, message)
    });
    Some(found.collect::<Vec<_>>().into())
}
