//! Advice as Markdown, to be pasted into a decision record or a pull request.

use super::escape::markdown;
use super::tax_markdown;
use super::words::{answer, change_in_words, counted, points, strength_in_words};
use crate::advice::{Advice, RemarkReading};
use verdict::rubric::Citation;

/// The whole advice. Headings start at the third level, so that it fits under a section of a record.
pub fn render(advice: &Advice<'_>) -> String {
    let mut text = headline(advice);
    if advice.is_provisional() {
        text += "\n### Ask first\n\n";
        for (index, deciding) in advice.deciding.iter().enumerate() {
            text += &format!(
                "{}. {} (`{}`)\n",
                index + 1,
                markdown(&deciding.fact.ask),
                deciding.fact.id
            );
        }
    }
    text += &questions(advice);
    text += &conditions(advice);
    text += &changes(advice);
    text += &remarks("Before you start", &advice.prerequisites);
    text += &remarks("Mind", &advice.cautions);
    text += &plan(advice);
    if let Some(estimate) = &advice.tax {
        text += "\n";
        text += &tax_markdown::render(estimate, 3, Some(&advice.recommendation.id));
    }
    text += &sources(advice);
    text
}

/// The headline and three lines.
pub fn render_brief(advice: &Advice<'_>) -> String {
    let next = advice
        .plan
        .first()
        .map_or("nothing to do", |step| step.title);
    let (title, strength) = (title(advice), markdown(&strength_in_words(advice)));
    format!(
        "{title}\n\n- {strength}\n- {}\n- Next: {}.\n",
        sums(advice),
        markdown(next)
    )
}

fn headline(advice: &Advice<'_>) -> String {
    let because = markdown(&advice.because);
    let strength = markdown(&strength_in_words(advice));
    format!(
        "### Advice\n\n{}\n\n{because}\n\n{strength}\n{}\n",
        title(advice),
        sums(advice)
    )
}

fn title(advice: &Advice<'_>) -> String {
    let subject = advice
        .subject
        .as_ref()
        .map_or(String::new(), |subject| format!("{}: ", markdown(subject)));
    let headline = advice.headline();
    let mut text = format!("**{subject}{}**", markdown(&headline.text));
    for note in headline.notes {
        text += &format!("\n\n{}", markdown(&note.text));
    }
    text
}

fn sums(advice: &Advice<'_>) -> String {
    let (score, met, all) = (
        points(advice.score),
        advice.conditions_met,
        advice.conditions.len(),
    );
    format!(
        "Score {score}, {met} of {all} boxes ticked, rule `{}`.",
        advice.rule.id
    )
}

fn questions(advice: &Advice<'_>) -> String {
    let mut text =
        "\n### Why\n\n| Question | Answer | Points | Reading |\n| --- | --- | ---: | --- |\n"
            .to_owned();
    let follow_ups = advice
        .follow_ups
        .iter()
        .filter(|reading| !reading.signals.is_empty());
    for reading in advice.questions.iter().chain(follow_ups) {
        let answers: Vec<String> = reading
            .answers
            .iter()
            .map(|(fact, value)| markdown(&answer(fact, *value)))
            .collect();
        let reasons: Vec<String> = reading
            .signals
            .iter()
            .map(|signal| format!("{}{}", markdown(&signal.reason), cited(signal.source)))
            .collect();
        text += &format!(
            "| {} | {} | {} | {} |\n",
            markdown(&reading.question.ask),
            answers.join("<br>"),
            points(reading.points),
            reasons.join("<br>")
        );
    }
    text
}

fn conditions(advice: &Advice<'_>) -> String {
    if advice.conditions.is_empty() {
        return String::new();
    }
    let mut text = "\n### Boxes\n\n".to_owned();
    for reading in &advice.conditions {
        let mark = if reading.met == Some(true) { "x" } else { " " };
        let open = if reading.met.is_none() { " (open)" } else { "" };
        text += &format!("- [{mark}] {}{open}\n", markdown(&reading.condition.title));
    }
    text
}

fn changes(advice: &Advice<'_>) -> String {
    let mut text = "\n### What would change this\n\n".to_owned();
    if advice.changes.is_empty() {
        text += "Nothing: every sheet of this rubric gives the same recommendation.\n";
    }
    for change in &advice.changes {
        let other = &advice.rubric.recommendations[change.recommendation];
        text += &format!(
            "- **{}**, by {}:\n",
            markdown(&other.title),
            counted(change.facts, "changed answer")
        );
        for option in &change.options {
            text += &format!("  - {}\n", markdown(&change_in_words(advice, option)));
        }
        if change.is_cut {
            text += "  - and other ways\n";
        }
    }
    text
}

fn remarks(heading: &str, remarks: &[RemarkReading<'_>]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let lines = remarks
        .iter()
        .map(|remark| format!("- {}{}\n", markdown(&remark.text), cited(remark.source)));
    format!("\n### {heading}\n\n{}", lines.collect::<String>())
}

fn plan(advice: &Advice<'_>) -> String {
    if advice.plan.is_empty() {
        return String::new();
    }
    let mut text = "\n### Next steps\n\n".to_owned();
    for (index, step) in advice.plan.iter().enumerate() {
        let replaces = step.replaces.map_or(String::new(), |replaced| {
            format!(" Replaces: {}.", markdown(replaced))
        });
        text += &format!(
            "{}. **{}.** {}{replaces}{}\n",
            index + 1,
            markdown(step.title),
            markdown(&step.detail),
            cited(step.source)
        );
    }
    text
}

fn sources(advice: &Advice<'_>) -> String {
    let mut text = "\n### Sources\n\n".to_owned();
    for citation in advice.citations() {
        let as_of = citation
            .as_of
            .map_or(String::new(), |date| format!(", as of {date}"));
        let vendor = citation.vendor.as_ref().map_or(String::new(), |vendor| {
            format!(", vendor: {}", markdown(vendor))
        });
        let (title, place) = (markdown(&citation.title), markdown(&citation.place));
        text += &format!("- \\[{}\\] {title}, {place}{as_of}{vendor}\n", citation.id);
    }
    let rubric = advice.rubric;
    text + &format!(
        "\nRubric `{}` {} (`{}`)\n",
        rubric.id, rubric.version, rubric.digest
    )
}

fn cited(source: Option<&Citation>) -> String {
    source.map_or(String::new(), |source| format!(" \\[{}\\]", source.id))
}
