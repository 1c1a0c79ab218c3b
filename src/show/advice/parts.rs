//! The parts that the page and the whole advice share.

use std::sync::Arc;

use crate::advice::{Advice, QuestionReading};
use crate::show::document::{Document, Mark};
use crate::show::words::{answer, gives_points, points, sums};

use super::picture::{ids, picture};
use verdict::rubric::{Fact, Value};

/// What is open, what is recommended, for whom, and what the rubric wants said beside it.
pub(super) fn headline(advice: &Advice<'_>, document: &mut Document) {
    title(advice, document);
    for note in advice.headline().notes {
        document.paragraph(note.text.as_str());
    }
}

/// The same without what is said beside it.
pub(super) fn title(advice: &Advice<'_>, document: &mut Document) {
    document.title(headline_in_a_line(advice));
}

/// What is open, what is recommended, and for whom.
pub(in crate::show) fn headline_in_a_line(advice: &Advice<'_>) -> String {
    let headline = advice.headline();
    match headline.subject {
        Some(subject) => format!("{subject}: {}", headline.text),
        None => headline.text,
    }
}

/// The questions behind the recommendation: those of which some fact is read by a test.
pub(super) fn questions<'a, 'r>(
    advice: &'a Advice<'r>,
) -> impl Iterator<Item = &'a QuestionReading<'r>> {
    let questions = advice.questions.iter().chain(&advice.follow_ups);
    questions.filter(|reading| {
        reading
            .answers
            .iter()
            .any(|(fact, _)| fact.assume.is_some())
    })
}

/// The answers to a question.
pub(super) fn answers(reading: &QuestionReading<'_>) -> Vec<String> {
    let answers = reading.answers.iter();
    answers.map(|(fact, value)| answer(fact, *value)).collect()
}

/// The answers to a question in the words of an answers file; `?` before what is assumed.
fn short_answers(reading: &QuestionReading<'_>) -> Vec<String> {
    let answer = |(fact, value): &(Arc<Fact>, Option<Value>)| {
        let said = match (value, fact.assume) {
            (Some(value), _) => ids(fact, *value),
            (None, Some(assumed)) => format!("?{}", ids(fact, assumed)),
            (None, None) => "?".to_owned(),
        };
        format!("{} {said}", fact.id)
    };
    reading.answers.iter().map(answer).collect()
}

/// The answers under a heading that sums them up, a line for each question, with what they are worth where points are
/// given. Where it is crowded they are in the words of an answers file.
pub(super) fn answers_summed_up(advice: &Advice<'_>, is_crowded: bool, document: &mut Document) {
    let mut facts = questions(advice).flat_map(|reading| &reading.answers);
    let legend = match is_crowded && facts.any(|(_, value)| value.is_none()) {
        true => " (? is assumed, not known)",
        false => "",
    };
    document.heading(format!("Answers{legend}: {}", sums(advice)));
    answers_with_points(advice, is_crowded, document);
}

/// The answers, a line for each question, with what they are worth where points are given.
pub(super) fn answers_with_points(advice: &Advice<'_>, is_crowded: bool, document: &mut Document) {
    let gives_points = gives_points(advice.rubric);
    for reading in questions(advice) {
        let mark = match gives_points {
            true => Mark::Word(points(reading.points)),
            false => Mark::Bullet,
        };
        let answers = if is_crowded {
            short_answers(reading)
        } else {
            answers(reading)
        };
        document.item(mark, answers.join(", "));
    }
}

/// What each single change would give. Where it is crowded, facts of which no answer changes anything
/// share a line.
pub(super) fn changes_in_a_picture(advice: &Advice<'_>, is_crowded: bool, document: &mut Document) {
    let mut picture = picture(advice);
    let mut still = Vec::new();
    if is_crowded {
        picture.lines.retain(|line| {
            let moves = line.cells.len() > 1;
            if !moves {
                still.push(line.fact.clone());
            }
            moves
        });
    }
    if picture.lines.is_empty() && still.is_empty() {
        return;
    }
    let legend: Vec<String> = picture
        .legend
        .iter()
        .map(|outcome| format!("{} {}", outcome.letter, outcome.title.to_lowercase()))
        .collect();
    let legend = legend.join(", ");
    let open = match advice.is_provisional() {
        true => ", with what is open as assumed",
        false => "",
    };
    document.heading(format!("What one change gives{open}: {legend}"));
    document.picture(picture);
    if !still.is_empty() {
        document.paragraph(format!(
            "The same whatever the answer: {}.",
            still.join(", ")
        ));
    }
}

/// The boxes, under a heading that counts them; where it is crowded by their ids, one after the other.
pub(super) fn boxes(advice: &Advice<'_>, is_crowded: bool, document: &mut Document) {
    if advice.conditions.is_empty() {
        return;
    }
    let (met, all) = (advice.conditions_met, advice.conditions.len());
    let open = advice
        .conditions
        .iter()
        .filter(|reading| reading.met.is_none());
    let open = match open.count() {
        0 => String::new(),
        open => format!(", {open} open"),
    };
    document.heading(format!("Boxes: {met} of {all} ticked{open}"));
    if is_crowded {
        let boxes = advice.conditions.iter().map(|reading| {
            let mark = match reading.met {
                Some(true) => "[x]",
                Some(false) => "[ ]",
                None => "[?]",
            };
            format!("{mark} {}", reading.condition.id)
        });
        return document.paragraph(boxes.collect::<Vec<_>>().join("  "));
    }
    for reading in &advice.conditions {
        let title = reading.condition.title.as_str();
        document.item(Mark::Ticked(reading.met), title);
    }
}
