//! `question-never-matters`: a question that is asked in vain.

use super::{Check, Found, Subject};
use super::{fact_never_matters, fact_unused};
use crate::finding::{Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "question-never-matters",
        severity: Severity::Warning,
        summary: "No fact of a question matters",
        what: "A question all of whose facts are unused, or never move the recommendation.",
        why: "The whole question is asked in vain.",
        example: "A question whose only fact is unused.",
        fix: "Let a rule depend on one of its facts, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.whole()?;
    let mut idle = fact_never_matters::idle(subject)?;
    idle.extend(fact_unused::unread(subject)?);
    let mut found = Vec::new();
    for question in rubric.questions.iter().chain(&rubric.follow_ups) {
        let asks = subject.file.count(&question.route.key("facts"));
        let is_whole = asks > 0 && question.facts.len() == asks;
        if is_whole && question.facts.iter().all(|fact| idle.contains(fact)) {
            let message = format!("no fact of the question `{}` matters", question.id);
            found.push(subject.finding(&CHECK.kind, &question.route, &question.id, message));
        }
    }
    Some(found.into())
}
