//! `signals-overlap`: signals of one question that contradict each other.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::implication::both;
use verdict::engine::Holds;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "signals-overlap",
        severity: Severity::Note,
        summary: "Two signals of a question hold together and pull in different directions",
        what: "Two signals of one question, one with points above zero and one below, that both hold on some sheet.",
        why: "One set of answers to one question is argued for and against at once; most often a threshold is off by one.",
        example: "- {when: {teams: \"<= 5\"}, points: -1, reason: Few}\n- {when: {teams: \">= 5\"}, points: 2, reason: Many}",
        fix: "Narrow one of the tests, so that they exclude each other.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let mut found = Found::default();
    for question in rubric.questions.iter().chain(&rubric.follow_ups) {
        for (later, signal) in rubric.signals_of(question).enumerate() {
            for (earlier, other) in rubric.signals_of(question).enumerate().take(later) {
                if signal.points.signum() * other.points.signum() != -1 {
                    continue;
                }
                let what = format!(
                    "signals {} and {} of the question `{}`",
                    earlier + 1,
                    later + 1,
                    question.id
                );
                match proofs.facts_hold(&both(&signal.when, &other.when)) {
                    Ok(Holds::Never) => {}
                    Ok(_) => {
                        let message =
                            format!("{what} hold together on some sheets, one for and one against");
                        let route = signal.route.key("when");
                        let about = signal.route.to_string();
                        found
                            .findings
                            .push(subject.finding(&CHECK.kind, &route, &about, message));
                    }
                    Err(error) => found.unchecked(format!("whether {what} hold together"), &error),
                }
            }
        }
    }
    Some(found)
}
