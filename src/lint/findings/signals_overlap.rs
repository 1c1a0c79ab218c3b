//! `signals-overlap`: signals of one question that contradict each other.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::implication::both;
use verdict::engine::Holds;
use verdict::rubric::Question;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "signals-overlap",
        severity: Severity::Note,
        summary: "Two signals of a question hold together and pull in different directions",
        what: "Two signals of one question, one with points above zero and one below, that both hold on some sheet. \
               Said once for a question, with how many pairs there are and the first of them.",
        why: "One set of answers to one question is argued for and against at once; most often a threshold is off by one.",
        example: "- {when: {teams: \"<= 5\"}, points: -1, reason: Few}\n- {when: {teams: \">= 5\"}, points: 2, reason: Many}",
        fix: "Narrow one of the tests, so that they exclude each other.",
    },
    look,
};

/// How many pairs a message names.
const NAMED: usize = 5;

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let mut found = Found::default();
    for question in rubric.questions.iter().chain(&rubric.follow_ups) {
        let mut pairs = Vec::new();
        for (later, signal) in rubric.signals_of(question).enumerate() {
            for (earlier, other) in rubric.signals_of(question).enumerate().take(later) {
                if signal.points.signum() * other.points.signum() != -1 {
                    continue;
                }
                let numbers = format!("{} and {}", earlier + 1, later + 1);
                match proofs.facts_hold(&both(&signal.when, &other.when)) {
                    Ok(Holds::Never) => {}
                    Ok(_) => pairs.push((numbers, &signal.route)),
                    Err(error) => found.unchecked(
                        format!(
                            "whether signals {numbers} of the question `{}` hold together",
                            question.id
                        ),
                        &error,
                    ),
                }
            }
        }
        // Once for the question, at the first signal that contradicts one before it.
        if let Some((_, first)) = pairs.first() {
            let about = first.to_string();
            let message = message(question, &pairs);
            found
                .findings
                .push(subject.finding(&CHECK.kind, &first.key("when"), &about, message));
        }
    }
    Some(found)
}

/// Says which signals contradict each other, given by their numbers.
fn message(question: &Question, pairs: &[(String, &Route)]) -> String {
    let id = &question.id;
    if let [(numbers, _)] = pairs {
        return format!(
            "signals {numbers} of the question `{id}` hold together on some sheets, one for and one against"
        );
    }
    let named: Vec<&str> = pairs
        .iter()
        .take(NAMED)
        .map(|(numbers, _)| numbers.as_str())
        .collect();
    let more = match pairs.len() - named.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    format!(
        "{} pairs of signals of the question `{id}` hold together on some sheets, one for and one against: {}{more}",
        pairs.len(),
        named.join(", ")
    )
}
