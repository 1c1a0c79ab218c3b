//! Advice for a person at a terminal: the recommendation first, then why, what to mind and what to do.

use anstyle::{AnsiColor, Style};

use super::Page;
use super::tax_text::{self, TaxDetail, TaxLayout};
use super::words::{answer, change_in_words, counted, points, strength_in_words};
use crate::advice::{Advice, QuestionReading, RemarkReading};
use verdict::rubric::Citation;
use verdict::tax::Estimate;

/// How many ways to another recommendation are spelled out.
const WAYS_SHOWN: usize = 6;

/// The whole advice, laid out for `width` columns.
pub fn render(advice: &Advice<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    headline(advice, &mut page);
    page.paragraph(&advice.because);
    page.paragraph(&strength_in_words(advice));
    page.paragraph(&sums(advice));
    if advice.is_provisional() {
        open_answers(advice, &mut page);
    }
    questions(advice, &mut page);
    conditions(advice, &mut page);
    changes(advice, &mut page);
    remarks(
        "Before you start",
        advice.prerequisites.iter().collect(),
        &mut page,
    );
    let cautions: Vec<_> = advice
        .cautions
        .iter()
        .filter(|caution| !caution.is_headline)
        .collect();
    remarks("Mind", cautions, &mut page);
    plan(advice, &mut page);
    if let Some(estimate) = &advice.tax {
        let recommendation = Some(advice.recommendation.id.as_str());
        let layout = TaxLayout {
            width: page.width(),
            recommendation,
            detail: tax_detail(estimate),
        };
        page.push(&tax_text::render(estimate, &layout));
    }
    sources(advice, &mut page);
    page.finish()
}

/// The headline and three lines.
pub fn render_brief(advice: &Advice<'_>, width: usize) -> String {
    let mut page = Page::new(width);
    headline(advice, &mut page);
    page.line(&strength_in_words(advice));
    page.line(&sums(advice));
    match advice.plan.first() {
        Some(step) => page.line(&format!("Next: {}.", step.title)),
        None => page.line("Next: nothing to do."),
    }
    page.finish()
}

/// A fleet whose sizes are known gets every figure; of one that is not, what decides.
fn tax_detail(estimate: &Estimate<'_>) -> TaxDetail {
    if estimate
        .fleet
        .iter()
        .any(|quantity| quantity.count.is_some())
    {
        TaxDetail::Everything
    } else {
        TaxDetail::Decision
    }
}

fn headline(advice: &Advice<'_>, page: &mut Page) {
    let headline = advice.headline();
    let text = match headline.subject {
        Some(subject) => format!("{subject}: {}", headline.text),
        None => headline.text,
    };
    page.styled(
        &text,
        Style::new().bold().fg_color(Some(AnsiColor::Green.into())),
    );
    for note in headline.notes {
        page.paragraph(&note.text);
    }
}

fn sums(advice: &Advice<'_>) -> String {
    let boxes = advice.conditions.len();
    format!(
        "Score {}, {} of {boxes} boxes ticked, decided by the rule {}.",
        points(advice.score),
        advice.conditions_met,
        advice.rule.id
    )
}

fn open_answers(advice: &Advice<'_>, page: &mut Page) {
    page.heading("Ask first");
    page.paragraph("These open answers can still change it, the most telling first:");
    for (index, deciding) in advice.deciding.iter().enumerate() {
        page.item(
            &format!("{}.", index + 1),
            &format!("{} ({})", deciding.fact.ask, deciding.fact.id),
        );
    }
}

fn questions(advice: &Advice<'_>, page: &mut Page) {
    page.heading("Why");
    let follow_ups = advice
        .follow_ups
        .iter()
        .filter(|reading| !reading.signals.is_empty());
    let rows = advice.questions.iter().chain(follow_ups).map(row);
    page.table(&["Question", "Points", "Reading"], rows);
}

fn row(reading: &QuestionReading<'_>) -> Vec<String> {
    let answers: Vec<String> = reading
        .answers
        .iter()
        .map(|(fact, value)| answer(fact, *value))
        .collect();
    let reasons: Vec<String> = reading
        .signals
        .iter()
        .map(|signal| format!("{}{}", signal.reason, cited(signal.source)))
        .collect();
    vec![
        format!("{}\n{}", reading.question.ask, answers.join("\n")),
        points(reading.points),
        if reasons.is_empty() {
            "Nothing to note.".into()
        } else {
            reasons.join("\n")
        },
    ]
}

fn conditions(advice: &Advice<'_>, page: &mut Page) {
    if advice.conditions.is_empty() {
        return;
    }
    page.heading("Boxes");
    for reading in &advice.conditions {
        let mark = match reading.met {
            Some(true) => "[x]",
            Some(false) => "[ ]",
            None => "[?]",
        };
        let open = if reading.met.is_none() { " (open)" } else { "" };
        page.item(mark, &format!("{}{open}", reading.condition.title));
    }
}

fn changes(advice: &Advice<'_>, page: &mut Page) {
    page.heading("What would change this");
    if advice.changes.is_empty() {
        page.paragraph("Nothing: every sheet of this rubric gives the same recommendation.");
    }
    for change in &advice.changes {
        let other = &advice.rubric.recommendations[change.recommendation];
        let answers = counted(change.facts, "changed answer");
        page.item("→", &format!("{}, by {answers}:", other.title));
        for option in change.options.iter().take(WAYS_SHOWN) {
            page.item("   -", &change_in_words(advice, option));
        }
        let more = change.options.len().saturating_sub(WAYS_SHOWN);
        if more > 0 {
            let at_least = if change.is_cut { "at least " } else { "" };
            page.item(
                "   -",
                &format!(
                    "or {at_least}{more} other {}",
                    if more == 1 { "way" } else { "ways" }
                ),
            );
        }
    }
}

fn remarks(heading: &str, remarks: Vec<&RemarkReading<'_>>, page: &mut Page) {
    if remarks.is_empty() {
        return;
    }
    page.heading(heading);
    for remark in remarks {
        page.item("-", &format!("{}{}", remark.text, cited(remark.source)));
    }
}

fn plan(advice: &Advice<'_>, page: &mut Page) {
    if advice.plan.is_empty() {
        return;
    }
    page.heading("Next steps");
    for (index, step) in advice.plan.iter().enumerate() {
        let replaces = step
            .replaces
            .map_or(String::new(), |replaced| format!(" Replaces: {replaced}."));
        let text = format!(
            "{}. {}{replaces}{}",
            step.title,
            step.detail,
            cited(step.source)
        );
        page.item(&format!("{}.", index + 1), &text);
    }
}

fn sources(advice: &Advice<'_>, page: &mut Page) {
    page.heading("Sources");
    for citation in advice.citations() {
        page.item(
            &format!("[{}]", citation.id),
            &format!("{}, {}{}", citation.title, citation.place, notes(citation)),
        );
    }
    let rubric = advice.rubric;
    page.paragraph(&format!(
        "Rubric {} {} ({})",
        rubric.id,
        rubric.version,
        short(&rubric.digest)
    ));
}

fn notes(citation: &Citation) -> String {
    let as_of = citation
        .as_of
        .map_or(String::new(), |date| format!(", as of {date}"));
    let vendor = citation
        .vendor
        .as_ref()
        .map_or(String::new(), |vendor| format!(", vendor: {vendor}"));
    as_of + &vendor
}

fn cited(source: Option<&Citation>) -> String {
    source.map_or(String::new(), |source| format!(" [{}]", source.id))
}

/// Enough of a digest to recognise it.
fn short(digest: &str) -> &str {
    digest.get(..19).unwrap_or(digest)
}
