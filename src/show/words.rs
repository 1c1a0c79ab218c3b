//! Phrases that several outputs share.

use std::sync::Arc;

use crate::advice::Advice;
pub use crate::words::{counted, either, list};
use verdict::engine::{Move, Strength};
use verdict::rubric::{Domain, Fact, Recommendation, Rubric, Value};

use super::document::Line;
use super::sheets::percents;

/// Points with their sign: `+2`, `0`, `-3`.
pub fn points(points: i64) -> String {
    if points > 0 {
        format!("+{points}")
    } else {
        points.to_string()
    }
}

/// Whether a rubric gives points at all.
pub fn gives_points(rubric: &Rubric) -> bool {
    rubric.signals.iter().any(|signal| signal.points != 0)
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
        Strength::Firm => {
            let all = advice.single_changes().all;
            format!("Firm: each of {all} single changes keeps it.")
        }
        Strength::Close => {
            let near = advice.changes.iter().filter(|change| change.facts == 1);
            let near = near.map(|change| &advice.rubric.recommendations[change.recommendation]);
            let titles: Vec<String> = near.map(|other| other.title.to_lowercase()).collect();
            let changes = advice.single_changes();
            let (kept, all) = (changes.kept, changes.all);
            let others = either(&titles);
            format!("Close: {kept} of {all} single changes keep it, the others give {others}.")
        }
        Strength::Provisional => {
            let others = shares(advice, |own| own.id != advice.recommendation.id);
            format!("Provisional: could still be {}.", either(&others))
        }
    }
}

/// The recommendations that can still come out, each with its share of the ways to fill in what is open.
pub fn shares(advice: &Advice<'_>, is_told: impl Fn(&Recommendation) -> bool) -> Vec<String> {
    let percents = percents(advice.shares.as_slice());
    let all = advice.rubric.recommendations.iter().zip(percents);
    let is_possible = |own: &Recommendation| advice.possible.iter().any(|one| one.id == own.id);
    let told = all.filter(|(own, _)| is_possible(own) && is_told(own));
    told.map(|(own, percent)| format!("{} ({percent})", own.title.to_lowercase()))
        .collect()
}

/// Points, boxes and rule in a sentence; what the rubric does not have is not spoken of.
pub fn sums(advice: &Advice<'_>) -> String {
    let mut parts = Vec::new();
    if gives_points(advice.rubric) {
        parts.push(format!("score {}", points(advice.score)));
    }
    let boxes = advice.conditions.len();
    if boxes > 0 {
        let met = advice.conditions_met;
        parts.push(format!("{met} of {boxes} boxes ticked"));
    }
    parts.push(format!("decided by the rule {}", advice.rule.id));
    capitalised(&parts.join(", ")) + "."
}

/// The same with a capital letter first.
pub fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}

/// A question with the fact that it asks for.
pub fn asked(fact: &Fact) -> Line {
    let line = Line::new().text(format!("{} (", fact.ask));
    line.code(fact.id.as_str()).text(")")
}

/// The first sentence of a text.
pub fn first_sentence(text: &str) -> &str {
    text.split_inclusive(". ").next().unwrap_or(text).trim_end()
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
    let example = if matches!(fact.kind.domain(), Domain::AnyOf(_)) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_a_full_stop_before_a_blank() {
        assert_eq!(
            first_sentence("Since 1.29 it is beta. Wait."),
            "Since 1.29 it is beta."
        );
        assert_eq!(first_sentence("One only."), "One only.");
        assert_eq!(first_sentence(""), "");
    }
}
