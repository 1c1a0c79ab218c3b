//! The advice on one page, in the order in which a meeting asks: what, why, from which answers, what would change it,
//! what it costs, what must be true first, and what to do first.

use super::parts;
use crate::advice::Advice;
use crate::show::document::{Document, Line, Mark};
use crate::show::words::{counted, first_sentence, list, strength_in_words, sums};
use crate::show::{tax, terminal};

/// So many prerequisites are told, and so few where there is no room.
const MOST_PREREQUISITES: [usize; 2] = [2, 1];

/// So many steps of the plan are named, and so few where there is no room.
const MOST_STEPS: [usize; 2] = [3, 2];

/// A page is no longer than this at [`COLUMNS`].
const MOST_LINES: usize = 50;

/// The width by which a page is measured.
const COLUMNS: usize = 80;

/// The page. Where everything that it tells takes too many lines, what tells least gives way: answers and boxes are named
/// by their ids, facts of which no answer changes anything share a line, and fewer prerequisites and steps are told.
pub fn page(advice: &Advice<'_>) -> Document {
    let ample = laid_out(advice, false);
    let lines = terminal::dress(&ample, COLUMNS).lines().count();
    if lines <= MOST_LINES {
        ample
    } else {
        laid_out(advice, true)
    }
}

fn laid_out(advice: &Advice<'_>, is_crowded: bool) -> Document {
    let room = usize::from(is_crowded);
    let prerequisites = MOST_PREREQUISITES.get(room).copied().unwrap_or(0);
    let steps = MOST_STEPS.get(room).copied().unwrap_or(0);
    let mut document = Document::default();
    parts::headline(advice, &mut document);
    document.paragraph(advice.because.as_str());
    document.paragraph(strength_in_words(advice));
    document.heading(format!("Answers: {}", sums(advice)));
    parts::answers_with_points(advice, is_crowded, &mut document);
    parts::boxes(advice, is_crowded, &mut document);
    parts::changes_in_a_picture(advice, is_crowded, &mut document);
    cost(advice, &mut document);
    before(advice, prerequisites, &mut document);
    plan(advice, steps, &mut document);
    more(advice, prerequisites, steps, &mut document);
    document
}

fn cost(advice: &Advice<'_>, document: &mut Document) {
    let Some(estimate) = &advice.tax else {
        return;
    };
    document.heading(match tax::fleet(estimate) {
        Some(fleet) => format!("Cost: what is reserved for {fleet}"),
        None => "Cost: what is reserved".to_owned(),
    });
    for line in tax::brief(estimate, Some(&advice.recommendation.id)) {
        document.item(Mark::Bullet, line);
    }
}

fn before(advice: &Advice<'_>, most: usize, document: &mut Document) {
    if advice.prerequisites.is_empty() {
        return;
    }
    document.heading("Before you start");
    for remark in advice.prerequisites.iter().take(most) {
        document.item(Mark::Bullet, first_sentence(&remark.text));
    }
}

fn plan(advice: &Advice<'_>, most: usize, document: &mut Document) {
    if advice.plan.is_empty() {
        return;
    }
    document.heading("First steps");
    for (nth, step) in advice.plan.iter().take(most).enumerate() {
        document.item(Mark::Number(nth + 1), step.title);
    }
}

/// What the page leaves out, and where it is.
fn more(advice: &Advice<'_>, prerequisites: usize, steps: usize, document: &mut Document) {
    let cautions = advice
        .cautions
        .iter()
        .filter(|own| !own.is_headline)
        .count();
    let counts = [
        (
            advice.prerequisites.len().saturating_sub(prerequisites),
            "prerequisite",
        ),
        (advice.plan.len().saturating_sub(steps), "step"),
        (cautions, "caution"),
    ];
    let left_out: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, noun)| counted(*count, noun))
        .chain(["all reasons".to_owned()])
        .collect();
    let rubric = advice.rubric;
    let (id, version) = (&rubric.id, &rubric.version);
    let line = Line::new()
        .text(format!("Rubric {id} {version}; "))
        .code("--full");
    document.paragraph(line.text(format!(" adds {}.", list(&left_out))));
}
