//! Phrases that several outputs share.

use std::sync::Arc;

use crate::advice::Advice;
pub use crate::words::counted;
use verdict::engine::{Move, Strength};
use verdict::rubric::{Fact, Kind, Value};

/// Points with their sign: `+2`, `0`, `-3`.
pub fn points(points: i64) -> String {
    if points > 0 {
        format!("+{points}")
    } else {
        points.to_string()
    }
}

/// A fact with its answer: `services: 42`, or what is assumed of it.
pub fn answer(fact: &Fact, value: Option<Value>) -> String {
    let said = match (value, fact.assume) {
        (Some(value), _) => fact.say(value),
        (None, Some(assumed)) => format!("unknown, {} assumed", fact.say(assumed)),
        (None, None) => "unknown".into(),
    };
    format!("{}: {said}", fact.id)
}

/// How sure the recommendation is, in a sentence.
pub fn strength_in_words(advice: &Advice<'_>) -> String {
    match advice.strength {
        Strength::Firm if advice.changes.is_empty() => "Firm: nothing can change it.".into(),
        Strength::Firm => "Firm: no single changed answer would change it.".into(),
        Strength::Close => {
            let near = advice.changes.iter().filter(|change| change.facts == 1);
            let near = near.map(|change| &advice.rubric.recommendations[change.recommendation]);
            let titles: Vec<String> = near.map(|other| other.title.to_lowercase()).collect();
            format!(
                "Close: one changed answer would make it {}.",
                titles.join(" or ")
            )
        }
        Strength::Provisional => {
            let others = advice
                .possible
                .iter()
                .filter(|possible| possible.id != advice.recommendation.id);
            let titles: Vec<String> = others
                .map(|possible| possible.title.to_lowercase())
                .collect();
            let open = counted(advice.deciding.len(), "open answer");
            format!(
                "Provisional: could still be {} ({open}).",
                titles.join(" or ")
            )
        }
    }
}

/// A way to another recommendation: `services: 30 instead of 22, and platform_team: …`.
pub fn change_in_words(advice: &Advice<'_>, option: &[Move]) -> String {
    let moves: Vec<String> = option
        .iter()
        .map(|step| move_in_words(advice, step))
        .collect();
    moves.join(", and ")
}

fn move_in_words(advice: &Advice<'_>, step: &Move) -> String {
    let fact = &step.fact;
    let example = if matches!(fact.kind, Kind::Flags(_)) {
        "for example "
    } else {
        ""
    };
    format!(
        "{}: {example}{} instead of {}",
        fact.id,
        fact.say(step.value),
        current(advice, fact)
    )
}

/// What the advice rests on for a fact: its answer, or what is assumed of it.
fn current(advice: &Advice<'_>, fact: &Arc<Fact>) -> String {
    let readings = advice.questions.iter().chain(&advice.follow_ups);
    let answered = readings
        .flat_map(|reading| &reading.answers)
        .find(|(own, _)| own.id == fact.id);
    match (answered.and_then(|(_, value)| *value), fact.assume) {
        (Some(value), _) => fact.say(value),
        (None, Some(assumed)) => format!("{}, assumed", fact.say(assumed)),
        (None, None) => "unknown".into(),
    }
}
