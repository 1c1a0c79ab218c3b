//! The advice on one page, in the order in which a meeting asks: what, why, from which answers, what would change it,
//! what it costs, what must be true first, and what to do first.

use super::parts;
use crate::advice::Advice;
use crate::show::document::{Document, Line, Mark};
use crate::show::words::{counted, first_sentence, list, strength_in_words};
use crate::show::{tax, terminal};

/// How much of what tells least is told.
#[derive(Clone, Copy)]
struct Room {
    /// Whether answers and boxes are named by their ids, and facts that change nothing share a line.
    is_crowded: bool,
    prerequisites: usize,
    steps: usize,
    /// Lines of the tax: what is reserved, against what, and where the two break even.
    costs: usize,
}

/// From the most room to the least; the first that fits on a page is taken.
const ROOMS: [Room; 4] = [
    Room {
        is_crowded: false,
        prerequisites: 2,
        steps: 3,
        costs: 3,
    },
    Room {
        is_crowded: true,
        prerequisites: 1,
        steps: 2,
        costs: 3,
    },
    Room {
        is_crowded: true,
        prerequisites: 1,
        steps: 1,
        costs: 2,
    },
    LEAST_ROOM,
];

const LEAST_ROOM: Room = Room {
    is_crowded: true,
    prerequisites: 1,
    steps: 1,
    costs: 1,
};

/// A page is no longer than this at [`COLUMNS`].
const MOST_LINES: usize = 50;

/// The width by which a page is measured.
const COLUMNS: usize = 80;

/// The page. Where everything that it tells takes too many lines, what tells least gives way: answers and boxes are named
/// by their ids, facts of which no answer changes anything share a line, and fewer prerequisites, steps and costs are told.
pub fn page(advice: &Advice<'_>) -> Document {
    let fits = |page: &Document| terminal::dress(page, COLUMNS).lines().count() <= MOST_LINES;
    let mut pages = ROOMS.into_iter().map(|room| laid_out(advice, room));
    pages
        .find(fits)
        .unwrap_or_else(|| laid_out(advice, LEAST_ROOM))
}

fn laid_out(advice: &Advice<'_>, room: Room) -> Document {
    let Room {
        is_crowded,
        prerequisites,
        steps,
        costs,
    } = room;
    let mut document = Document::default();
    parts::headline(advice, &mut document);
    document.paragraph(advice.because.as_str());
    document.paragraph(strength_in_words(advice));
    parts::answers_summed_up(advice, is_crowded, &mut document);
    parts::boxes(advice, is_crowded, &mut document);
    parts::changes_in_a_picture(advice, is_crowded, &mut document);
    cost(advice, costs, &mut document);
    before(advice, prerequisites, &mut document);
    plan(advice, steps, &mut document);
    more(advice, prerequisites, steps, &mut document);
    document
}

fn cost(advice: &Advice<'_>, most: usize, document: &mut Document) {
    let Some(estimate) = &advice.tax else {
        return;
    };
    document.heading(match (tax::fleet(estimate), tax::not_given(estimate)) {
        (None, _) => "Cost: what is reserved".to_owned(),
        (Some(fleet), None) => format!("Cost: what is reserved for {fleet}"),
        (Some(fleet), Some(missing)) => {
            format!("Cost: what is reserved ({fleet}; {missing} not given)")
        }
    });
    let lines = tax::brief(estimate, Some(&advice.recommendation.id));
    for line in lines.into_iter().take(most) {
        document.item(Mark::Bullet, line);
    }
}

fn before(advice: &Advice<'_>, most: usize, document: &mut Document) {
    if advice.prerequisites.is_empty() {
        return;
    }
    let hanging: Vec<&str> = advice.hanging().map(|fact| fact.id.as_str()).collect();
    document.heading(match hanging.is_empty() {
        true => "Before you start".to_owned(),
        false => format!("Before you start (find out: {})", hanging.join(", ")),
    });
    for remark in advice.prerequisites.iter().take(most) {
        document.item(Mark::Bullet, first_sentence(&remark.text));
    }
}

fn plan(advice: &Advice<'_>, most: usize, document: &mut Document) {
    if advice.plan.is_empty() {
        return;
    }
    document.heading("First steps");
    for step in advice.plan.iter().take(most) {
        document.item(Mark::Number(step.number), step.title);
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
    let line = line.text(format!(" adds {}", list(&left_out)));
    let with_starters = advice.plan.iter().filter(|step| !step.starters.is_empty());
    document.paragraph(match with_starters.count() {
        0 => line.text("."),
        steps => {
            let steps = counted(steps, "step");
            line.text("; ")
                .code("scaffold")
                .text(format!(" writes files for {steps}."))
        }
    });
}
