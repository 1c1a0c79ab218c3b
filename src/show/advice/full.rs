//! Everything that there is to say: the reasons with their sources, every change, remark and step, and the whole tax.

use super::parts;
use crate::advice::{Advice, QuestionReading, RemarkReading, StepReading};
use crate::show::document::{Document, Item, Line, Mark, Row, Table};
use crate::show::words::{
    asked, change_in_words, counted, gives_points, list, points, shares, strength_in_words, sums,
};
use crate::show::{sources, tax};

/// How many ways to another recommendation are spelled out.
const WAYS_SHOWN: usize = 6;

/// The whole advice.
pub fn full(advice: &Advice<'_>) -> Document {
    let mut document = Document::default();
    parts::headline(advice, &mut document);
    document.paragraph(advice.because.as_str());
    document.paragraph(strength_in_words(advice));
    document.paragraph(sums(advice));
    parts::boxes(advice, false, &mut document);
    parts::changes_in_a_picture(advice, false, &mut document);
    details(advice, &mut document);
    document
}

/// What the page does not say: reasons, changes, remarks, steps, every figure, and the sources.
pub(super) fn details(advice: &Advice<'_>, document: &mut Document) {
    open_answers(advice, document);
    questions(advice, document);
    changes(advice, document);
    remarks(
        "Before you start",
        advice.prerequisites.iter().collect(),
        document,
    );
    let cautions = advice
        .cautions
        .iter()
        .filter(|caution| !caution.is_headline);
    remarks("Mind", cautions.collect(), document);
    plan(advice, document);
    if let Some(estimate) = &advice.tax {
        document.extend(tax::full(estimate, Some(&advice.recommendation.id)));
    }
    sources(advice, document);
}

fn open_answers(advice: &Advice<'_>, document: &mut Document) {
    let open = &advice.ask_first;
    if open.is_empty() {
        return;
    }
    document.heading("Ask first");
    document.paragraph(match advice.is_provisional() {
        true => "These answers are open; ask for them in this order:",
        false => "These answers are open; none of them can change the recommendation:",
    });
    for (nth, open) in open.iter().enumerate() {
        let line = asked(&open.fact).text(match open.moves {
            true => "",
            false => ": a prerequisite hangs on it",
        });
        document.item(Mark::Number(nth + 1), line);
    }
    if advice.is_provisional() {
        document.paragraph(format!(
            "Of the ways to answer them, weighed by how common the rubric says each answer is: {}.",
            list(&shares(advice, |_| true))
        ));
    }
}

fn questions(advice: &Advice<'_>, document: &mut Document) {
    document.heading("Why");
    let gives_points = gives_points(advice.rubric);
    let mut table = Table::of(&["Question", "Points", "Reading"]);
    table.is_ruled = true;
    if !gives_points {
        table.columns.remove(1);
    }
    for reading in parts::questions(advice) {
        table.rows.push(row(reading, gives_points));
    }
    document.table(table);
}

fn row(reading: &QuestionReading<'_>, gives_points: bool) -> Row {
    let answers = parts::answers(reading).into_iter().map(Line::from);
    let question = std::iter::once(Line::from(reading.question.ask.as_str()));
    let mut cells = vec![question.chain(answers).collect()];
    if gives_points {
        cells.push(vec![points(reading.points).into()]);
    }
    let mut reasons: Vec<Line> = reading
        .signals
        .iter()
        .map(|signal| Line::from(&signal.reason).cited(signal.source))
        .collect();
    if reasons.is_empty() {
        reasons.push("Nothing to note.".into());
    }
    cells.push(reasons);
    Row {
        cells,
        ..Row::default()
    }
}

fn changes(advice: &Advice<'_>, document: &mut Document) {
    document.heading("What would change this");
    if advice.changes.is_empty() {
        document.paragraph("Nothing: every sheet of this rubric gives the same recommendation.");
    }
    for change in &advice.changes {
        let other = &advice.rubric.recommendations[change.recommendation];
        let answers = counted(change.facts, "changed answer");
        let line = Line::new().strong(other.title.as_str());
        let mut item = Item::new(Mark::Bullet, line.text(format!(", by {answers}:")));
        for option in change.options.iter().take(WAYS_SHOWN) {
            let way = change_in_words(advice, option);
            item.items.push(Item::new(Mark::Bullet, way));
        }
        let more = change.options.len().saturating_sub(WAYS_SHOWN);
        if more > 0 {
            let at_least = if change.is_cut { "at least " } else { "" };
            let more = counted(more, "other way");
            let more = format!("or {at_least}{more}");
            item.items.push(Item::new(Mark::Bullet, more));
        }
        document.push_item(item);
    }
}

fn remarks(heading: &str, remarks: Vec<&RemarkReading<'_>>, document: &mut Document) {
    if remarks.is_empty() {
        return;
    }
    document.heading(heading);
    for remark in remarks {
        document.item(Mark::Bullet, Line::from(&remark.text).cited(remark.source));
    }
}

fn plan(advice: &Advice<'_>, document: &mut Document) {
    if advice.plan.is_empty() {
        return;
    }
    document.heading("Next steps");
    for step in &advice.plan {
        let replaces = step
            .replaces
            .map_or(String::new(), |replaced| format!(" Replaces: {replaced}."));
        let line = Line::new().strong(format!("{}.", step.title));
        let line = line.text(format!(" {}{replaces}", step.detail));
        let line = starters(line, step).cited(step.source);
        document.item(Mark::Number(step.number), line);
    }
}

/// With the files that `scaffold` writes for the step.
fn starters(line: Line, step: &StepReading<'_>) -> Line {
    let Some((first, others)) = step.starters.split_first() else {
        return line;
    };
    let word = if others.is_empty() {
        "Starter"
    } else {
        "Starters"
    };
    let line = line.text(format!(" {word}: ")).code(first.as_str());
    let line = (others.iter()).fold(line, |line, name| line.text(", ").code(name.as_str()));
    line.text(".")
}

fn sources(advice: &Advice<'_>, document: &mut Document) {
    let citations = advice.citations();
    if !citations.is_empty() {
        document.heading("Sources");
        sources::list(&citations, document);
    }
    let rubric = advice.rubric;
    let line = Line::new().text("Rubric ").code(rubric.id.as_str());
    let line = line.text(format!(" {} (", rubric.version));
    document.paragraph(line.code(rubric.digest.as_str()).text(")."));
}
