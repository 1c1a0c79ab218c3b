//! A new decision record, complete (MADR 4.0.0): the advice as its drivers, the options, the outcome with its
//! consequences, and how it is confirmed. The record block is put in afterwards, like into any other file.

use super::escape::markdown;
use super::words::{change_in_words, points, strength_in_words};
use crate::advice::{Advice, RemarkReading};
use crate::record::decision::{Decision, Exception};
use verdict::rubric::Recommendation;

/// How many ways to another recommendation are listed of each.
const WAYS_SHOWN: usize = 2;

/// The text of the record without its block. `path` is how its check names the file.
pub fn render(advice: &Advice<'_>, decision: &Decision, path: &str) -> String {
    let choice = decision
        .choice
        .map(|choice| &advice.rubric.recommendations[choice]);
    let choice = choice.unwrap_or(advice.recommendation);
    let date = decision
        .decided
        .map_or(String::new(), |date| format!("date: {date}\n"));
    let mut text = format!(
        "---\nstatus: \"proposed\"\n{date}---\n\n# {}\n",
        title(advice, choice)
    );
    text += &context(advice);
    text += &drivers(advice);
    text += &options(advice);
    text += &outcome(advice, choice, decision.exception.as_ref());
    text += &consequences(advice, choice);
    text += &confirmation(path, decision);
    text += &more(advice);
    text
}

fn title(advice: &Advice<'_>, choice: &Recommendation) -> String {
    match &advice.subject {
        Some(subject) => format!("{} for {}", markdown(&choice.title), markdown(subject)),
        None => format!(
            "{} {}",
            markdown(&advice.rubric.title),
            markdown(&choice.title)
        ),
    }
}

fn context(advice: &Advice<'_>) -> String {
    let about = advice.subject.as_ref().map_or(String::new(), |subject| {
        format!("This is about {}. ", markdown(subject))
    });
    let mut text = format!(
        "\n## Context and Problem Statement\n\n{} {about}",
        markdown(&advice.rubric.title)
    );
    text += "The answers below were put to a rubric, which gives the same recommendation for the same answers.\n";
    if advice.is_provisional() {
        text += "\nThese answers are unknown and can still change the recommendation, the most telling first:\n\n";
        for deciding in &advice.deciding {
            text += &format!(
                "* {} (`{}`)\n",
                markdown(&deciding.fact.ask),
                deciding.fact.id
            );
        }
    }
    text
}

fn drivers(advice: &Advice<'_>) -> String {
    let mut text = format!("\n## Decision Drivers\n\n* {}\n", markdown(&advice.because));
    for reading in advice.questions.iter().chain(&advice.follow_ups) {
        for signal in &reading.signals {
            let source = signal
                .source
                .map_or(String::new(), |source| format!(" \\[{}\\]", source.id));
            text += &format!(
                "* {}{source} ({})\n",
                markdown(&signal.reason),
                points(signal.points)
            );
        }
    }
    for reading in &advice.conditions {
        let met = match reading.met {
            Some(true) => "met",
            Some(false) => "not met",
            None => "open",
        };
        text += &format!(
            "* Condition: {} ({met})\n",
            markdown(&reading.condition.title)
        );
    }
    text
}

fn options(advice: &Advice<'_>) -> String {
    let mut text = "\n## Considered Options\n\n".to_owned();
    for option in &advice.rubric.recommendations {
        text += &format!(
            "* {} (`{}`): {}\n",
            markdown(&option.title),
            option.id,
            markdown(&option.summary)
        );
    }
    text
}

fn outcome(advice: &Advice<'_>, choice: &Recommendation, exception: Option<&Exception>) -> String {
    let mut text = format!(
        "\n## Decision Outcome\n\nChosen option: \"{}\", ",
        markdown(&choice.title)
    );
    let because = exception.and_then(|exception| exception.because.as_deref());
    text += &match because {
        Some(because) => format!(
            "although the answers give \"{}\" (rule `{}`). The reason: {}\n",
            markdown(&advice.recommendation.title),
            advice.rule.id,
            markdown(because.trim())
        ),
        None => format!(
            "because it is what the answers give, by the rule `{}`.\n\n{}\n",
            advice.rule.id,
            markdown(&strength_in_words(advice))
        ),
    };
    text
}

/// What follows is known for what the answers give; a departure has consequences of its own, for its authors to tell.
fn consequences(advice: &Advice<'_>, choice: &Recommendation) -> String {
    let mut text = format!(
        "\n### Consequences\n\n* What is built: {}\n",
        markdown(&choice.summary)
    );
    if choice.id != advice.recommendation.id {
        return text
            + &format!(
                "* What the answers give is not done: {}\n",
                markdown(&advice.recommendation.summary)
            );
    }
    let said = |label: &str, remarks: &[RemarkReading<'_>]| {
        let line = |remark: &RemarkReading<'_>| format!("* {label}: {}\n", markdown(&remark.text));
        remarks.iter().map(line).collect::<String>()
    };
    text += &said("Before it starts", &advice.prerequisites);
    text += &said("To be minded", &advice.cautions);
    for step in &advice.plan {
        text += &format!(
            "* Next: {}. {}\n",
            markdown(step.title),
            markdown(&step.detail)
        );
    }
    text
}

fn confirmation(path: &str, decision: &Decision) -> String {
    let review = decision.review_by.map_or(String::new(), |date| {
        format!(" The review is due by {date}.")
    });
    format!(
        "\n### Confirmation\n\nRun `mesh-advisor check {}` in CI: it evaluates the answers in the record below again, and fails \
         when they no longer give this decision.{review}\n",
        path.replace('`', "'")
    )
}

fn more(advice: &Advice<'_>) -> String {
    let mut text = "\n## More Information\n".to_owned();
    if !advice.changes.is_empty() {
        text += "\nWhat would change this:\n\n";
    }
    for change in &advice.changes {
        let other = &advice.rubric.recommendations[change.recommendation];
        for option in change.options.iter().take(WAYS_SHOWN) {
            let way = change_in_words(advice, option);
            text += &format!("* {}, with {}\n", markdown(&other.title), markdown(&way));
        }
    }
    let citations = advice.citations();
    if !citations.is_empty() {
        text += "\nSources:\n\n";
    }
    for citation in citations {
        let as_of = citation
            .as_of
            .map_or(String::new(), |date| format!(", as of {date}"));
        let (title, place) = (markdown(&citation.title), markdown(&citation.place));
        text += &format!("* \\[{}\\] {title}, {place}{as_of}\n", citation.id);
    }
    if advice.tax.is_some() {
        text += "\nWhat each option costs in CPU, memory and latency: `mesh-advisor advise --answers FILE`.\n";
    }
    let rubric = advice.rubric;
    text + &format!(
        "\nRubric `{}` {} (`{}`).\n",
        rubric.id, rubric.version, rubric.digest
    )
}
