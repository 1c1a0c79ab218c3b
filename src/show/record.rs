//! A new decision record, complete (MADR 4.0.0): what drove the decision, in words, the options, the outcome with its
//! consequences, and how it is confirmed. The record block is put in afterwards, like into any other file.

use super::document::{Document, Line, Mark};
use super::words::{asked, change_in_words, first_sentence, list, strength_in_words};
use super::{markdown, sources, tax};
use crate::advice::{Advice, QuestionReading};
use crate::record::decision::{Decision, Exception};
use verdict::rubric::Recommendation;

/// More consequences than this are not read.
const MOST_CONSEQUENCES: usize = 7;

/// How many ways to another recommendation are listed of each.
const WAYS_SHOWN: usize = 2;

/// How many steps of the plan are named among the consequences.
const STEPS_NAMED: usize = 3;

/// The text of the record without its block. `path` is how its check names the file.
pub fn render(advice: &Advice<'_>, decision: &Decision, path: &str) -> String {
    let choice = decision
        .choice
        .map(|choice| &advice.rubric.recommendations[choice]);
    let choice = choice.unwrap_or(advice.recommendation);
    let date = decision
        .decided
        .map_or(String::new(), |date| format!("date: {date}\n"));
    let mut document = Document::default();
    title(advice, choice, &mut document);
    context(advice, choice, &mut document);
    drivers(advice, &mut document);
    options(advice, &mut document);
    outcome(advice, choice, decision.exception.as_ref(), &mut document);
    consequences(advice, choice, &mut document);
    confirmation(path, decision, &mut document);
    more(advice, &mut document);
    format!(
        "---\nstatus: \"proposed\"\n{date}---\n\n{}",
        markdown::dress(&document, 1)
    )
}

fn title(advice: &Advice<'_>, choice: &Recommendation, document: &mut Document) {
    let choice_of = match &advice.subject {
        Some(subject) => format!("{} for {subject}", choice.title),
        None => format!("{} {}", advice.rubric.title, choice.title),
    };
    let is_given = choice.id == advice.recommendation.id;
    document.title(match advice.what_is_open().filter(|_| is_given) {
        Some(open) => format!("{open}. As far as is known: {choice_of}"),
        None => choice_of,
    });
}

fn context(advice: &Advice<'_>, choice: &Recommendation, document: &mut Document) {
    document.heading("Context and Problem Statement");
    let about = advice.subject.as_ref();
    let about = about.map_or(String::new(), |subject| {
        format!(" This is about {subject}.")
    });
    document.paragraph(format!(
        "{}{about} The answers below were put to a rubric, which gives the same recommendation for the same \
         answers.",
        advice.rubric.title
    ));
    if advice.is_provisional() {
        document.paragraph(
            "These answers are unknown and can still change the recommendation, the most telling first:",
        );
        for deciding in &advice.deciding {
            document.item(Mark::Bullet, asked(&deciding.fact));
        }
    }
    let mut hanging = advice.hanging().peekable();
    if hanging.peek().is_some() && choice.id == advice.recommendation.id {
        document.paragraph("These are unknown as well, and what must be true first hangs on them:");
        for fact in hanging {
            document.item(Mark::Bullet, asked(fact));
        }
    }
}

/// Why the answers give what they give; readings that are worth nothing drove nothing, unless all are.
fn drivers(advice: &Advice<'_>, document: &mut Document) {
    document.heading("Decision Drivers");
    document.item(Mark::Bullet, advice.because.as_str());
    let signals = || {
        let questions = advice.questions.iter().chain(&advice.follow_ups);
        questions.flat_map(|reading: &QuestionReading<'_>| &reading.signals)
    };
    let is_weighed = signals().any(|signal| signal.points != 0);
    for signal in signals().filter(|signal| signal.points != 0 || !is_weighed) {
        document.item(
            Mark::Bullet,
            Line::from(&signal.reason).cited(signal.source),
        );
    }
    for (met, word) in [(Some(true), "met"), (None, "open")] {
        let conditions = advice.conditions.iter();
        let titles: Vec<&str> = conditions
            .filter(|reading| reading.met == met)
            .map(|reading| reading.condition.title.as_str())
            .collect();
        if !titles.is_empty() {
            let (count, all) = (titles.len(), advice.conditions.len());
            let titles = titles.join("; ");
            let line = format!("{count} of {all} conditions {word}: {titles}");
            document.item(Mark::Bullet, line);
        }
    }
}

fn options(advice: &Advice<'_>, document: &mut Document) {
    document.heading("Considered Options");
    for option in &advice.rubric.recommendations {
        let line = Line::new().text(format!("{} (", option.title));
        let line = line.code(option.id.as_str());
        document.item(Mark::Bullet, line.text(format!("): {}", option.summary)));
    }
}

fn outcome(
    advice: &Advice<'_>,
    choice: &Recommendation,
    exception: Option<&Exception>,
    document: &mut Document,
) {
    document.heading("Decision Outcome");
    let line = Line::new().text(format!("Chosen option: \"{}\", ", choice.title));
    match exception.and_then(|exception| exception.because.as_deref()) {
        Some(because) => {
            let other = &advice.recommendation.title;
            let line = line.text(format!("although the answers give \"{other}\" (rule "));
            let line = line.code(advice.rule.id.as_str());
            document.paragraph(line.text(format!("). The reason: {}", because.trim())));
        }
        None => {
            let line = line.text("because it is what the answers give, by the rule ");
            document.paragraph(line.code(advice.rule.id.as_str()).text("."));
            document.paragraph(strength_in_words(advice));
        }
    }
}

/// What follows is known for what the answers give; a departure has consequences of its own, for its authors to tell.
fn consequences(advice: &Advice<'_>, choice: &Recommendation, document: &mut Document) {
    document.subheading("Consequences");
    document.item(Mark::Bullet, format!("What follows: {}", choice.summary));
    if choice.id != advice.recommendation.id {
        let summary = &advice.recommendation.summary;
        let line = format!("What the answers give is not done: {summary}");
        return document.item(Mark::Bullet, line);
    }
    let cost = advice.tax.as_ref().and_then(|estimate| {
        let lines = tax::brief(estimate, Some(&choice.id));
        let fleet = tax::fleet(estimate).unwrap_or_else(|| "the data plane".to_owned());
        Some(format!("Reserved for {fleet}: {}", lines.first()?))
    });
    let steps: Vec<&str> = advice.plan.iter().map(|step| step.title).collect();
    let (named, later) = steps.split_at(steps.len().min(STEPS_NAMED));
    let mut named: Vec<String> = named.iter().map(|step| format!("\"{step}\"")).collect();
    if !later.is_empty() {
        named.push(format!("{} more", later.len()));
    }
    let next = (!named.is_empty()).then(|| format!("Next steps: {}.", list(&named)));
    let fixed: Vec<String> = cost.into_iter().chain(next).collect();
    let said = |label: &'static str| move |text: &str| format!("{label}: {}", first_sentence(text));
    let before = advice
        .prerequisites
        .iter()
        .map(|remark| remark.text.as_str());
    let minded = advice.cautions.iter().map(|remark| remark.text.as_str());
    let remarks = before
        .map(said("Before it starts"))
        .chain(minded.map(said("To be minded")));
    let room = MOST_CONSEQUENCES.saturating_sub(1 + fixed.len());
    for line in remarks.take(room).chain(fixed) {
        document.item(Mark::Bullet, line);
    }
}

fn confirmation(path: &str, decision: &Decision, document: &mut Document) {
    document.subheading("Confirmation");
    let review = decision.review_by.map_or(String::new(), |date| {
        format!(" The review is due by {date}.")
    });
    let line = Line::new().text("Run ");
    let line = line.code(format!("mesh-advisor check {}", path.replace('`', "'")));
    document.paragraph(line.text(format!(
        " in CI: it evaluates the answers in the record below again and, once the decision is accepted, fails when \
         they no longer give it.{review}"
    )));
}

fn more(advice: &Advice<'_>, document: &mut Document) {
    document.heading("More Information");
    if !advice.changes.is_empty() {
        document.paragraph("What would change this:");
    }
    for change in &advice.changes {
        let other = &advice.rubric.recommendations[change.recommendation];
        for option in change.options.iter().take(WAYS_SHOWN) {
            let way = change_in_words(advice, option);
            document.item(Mark::Bullet, format!("{}, with {way}", other.title));
        }
    }
    let citations = advice.citations();
    if !citations.is_empty() {
        document.paragraph("Sources:");
        sources::list(&citations, document);
    }
    let line = Line::new().text("Everything that speaks for and against it, with every figure: ");
    let line = line.code("mesh-advisor advise --answers FILE --full");
    let has_starters = advice.plan.iter().any(|step| !step.starters.is_empty());
    let line = match has_starters {
        true => line
            .text("; files to begin with: ")
            .code("mesh-advisor scaffold --answers FILE --out DIR"),
        false => line,
    };
    let rubric = advice.rubric;
    let line = line.text(". Rubric ").code(rubric.id.as_str());
    let line = line.text(format!(" {} (", rubric.version));
    document.paragraph(line.code(rubric.digest.as_str()).text(")."));
}
