//! The report: one HTML file that is complete as it stands, and live where scripts may run.
//!
//! What a change of an answer moves is at the top, and follows it; what was said of the answers as given says so as soon
//! as one of them is changed.

use super::{Advised, full, parts, picture};
use crate::advice::Advice;
use crate::show::document::Document;
use crate::show::escape::xml;
use crate::show::html::{self, Page};
use crate::show::tax::is_among;
use crate::show::words::{either, shares, strength_in_words, sums};
use verdict::answers::Answers;
use verdict::tax::{Estimate, Resource, ShapeEstimate, estimate};

/// Stands before everything that does not follow a change, once there is one.
const AS_GIVEN: &str = "<p class=\"as-given note\" hidden>What follows is about the answers as they were given, not \
                        about your changes.</p>\n";

/// Stays in sight while answers are changed, and says again what stands at the top.
const NOW: &str = "<p id=\"now\" class=\"live noprint\" aria-hidden=\"true\" hidden></p>\n";

/// The report on an advice. Without any answer it is the questionnaire as a page.
pub fn report(advised: Advised<'_>) -> String {
    let Advised {
        advice,
        answers,
        reasoning,
        today,
    } = advised;
    let rubric = advice.rubric;
    let is_blank = rubric
        .facts
        .iter()
        .all(|fact| answers.value(fact).is_none());
    let unknown = rubric
        .tax
        .as_ref()
        .map(|tax| estimate(tax, rubric.sources.as_slice(), |_| None, |_| None, today));
    let shapes = unknown
        .as_ref()
        .map_or(&[][..], |unknown| unknown.shapes.as_slice());
    let mut main = if is_blank {
        String::new()
    } else {
        notes(advice)
    };
    main += &result(advice, is_blank);
    main += NOW;
    main += &questions(advice, answers, is_blank);
    main += &boxes(advice);
    main += &changes(advice);
    main += &unknown
        .as_ref()
        .map_or(String::new(), |unknown| cost(advice, unknown, is_blank));
    if !is_blank {
        let mut details = Document::default();
        full::details(advice, &mut details);
        main += AS_GIVEN;
        main += &html::dress(&details);
    }
    let headline = headline(advice, is_blank);
    html::page(&Page {
        title: &headline,
        header: format!(
            "<a class=\"skip\" href=\"#main\">To the advice</a>\n<h1 id=\"headline\" aria-live=\"polite\" \
             data-blank=\"{}\" data-given=\"{}\">{}</h1>\n",
            xml(&rubric.title),
            xml(&headline),
            xml(&headline)
        ),
        main,
        footer: format!(
            "<p class=\"soft\">Rubric {} {}, {}. Made by mesh-advisor on {today}. This file asks for nothing from \
             anywhere.</p>\n",
            xml(&rubric.id),
            rubric.version,
            xml(&rubric.digest)
        ),
        model: Some(html::model(rubric, reasoning, answers, shapes)),
    })
}

fn headline(advice: &Advice<'_>, is_blank: bool) -> String {
    match is_blank {
        true => advice.rubric.title.to_string(),
        false => parts::headline_in_a_line(advice),
    }
}

/// What the rubric wants said beside the recommendation.
fn notes(advice: &Advice<'_>) -> String {
    let notes = advice.headline().notes.into_iter();
    let note = |text: &str| format!("<p class=\"note\">{}</p>\n", xml(text));
    notes.map(|own| note(&own.text)).collect()
}

fn result(advice: &Advice<'_>, is_blank: bool) -> String {
    let (because, strength) = match is_blank {
        true => {
            let could = either(&shares(advice, |_| true));
            let because = "Nothing is answered yet.".to_owned();
            (because, format!("It could be {could}."))
        }
        false => (advice.because.clone(), strength_in_words(advice)),
    };
    let strength = xml(&strength);
    let hidden = if is_blank { " hidden" } else { "" };
    let possible: Vec<&str> = advice
        .possible
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    format!(
        "<p id=\"because\">{}</p>\n<p id=\"strength\" data-given=\"{strength}\">{strength}</p>\n\
         <p id=\"decided\"{hidden}>Decided by the rule <code id=\"rule\">{}</code>. Possible: \
         <span id=\"possible\">{}</span>.</p>\n",
        xml(&because),
        xml(&advice.rule.id),
        xml(&possible.join(", "))
    )
}

fn questions(advice: &Advice<'_>, answers: &Answers, is_blank: bool) -> String {
    let open = if is_blank { " open" } else { "" };
    let reset = match is_blank {
        true => "Clear all answers",
        false => "Back to the answers as given",
    };
    let has_starters = advice
        .rubric
        .plan
        .iter()
        .any(|step| !step.starters.is_empty());
    let scaffold = match has_starters {
        true => {
            ", and <code>mesh-advisor scaffold --answers answers.yaml --out starters</code> writes files to begin with, \
             once it is given the names of your own that it asks for"
        }
        false => "",
    };
    let verb = if is_blank {
        "Answer the questions"
    } else {
        "Change an answer"
    };
    format!(
        "<section>\n<h2>Answers</h2>\n{}<noscript><p class=\"note\">Scripts may not run here, so this page does not \
         follow what you enter. It can be printed and filled in, or opened from a file of its own.</p></noscript>\n\
         <details class=\"questions\"{open}><summary>{verb}</summary>\n<form id=\"questions\">\n{}</form>\n</details>\n\
         <div class=\"live noprint\" hidden>\n<p class=\"mistake\" id=\"mistakes\" hidden=\"\"></p>\n<button type=\"button\" id=\"save\">Save the answers as YAML</button>\n\
         <button type=\"button\" id=\"reset\" data-label=\"{reset}\">{reset}</button>\n\
         <p class=\"soft\">Then: <code>mesh-advisor advise --answers answers.yaml</code> gives the whole advice{scaffold}. \
         The address of this page keeps the answers: they are there again when it is opened again, and go with a link.</p>\n\
         <details><summary>The answers as YAML</summary>\n<label for=\"yaml\">What is saved, as \
         <code>answers.yaml</code>:</label>\n<textarea id=\"yaml\" readonly></textarea>\n</details>\n\
         </div>\n</section>\n",
        if is_blank {
            String::new()
        } else {
            given(advice)
        },
        html::form(advice.rubric, answers)
    )
}

/// The answers as given, in a line each.
fn given(advice: &Advice<'_>) -> String {
    let mut document = Document::default();
    parts::answers_with_points(advice, false, &mut document);
    document.paragraph(sums(advice));
    AS_GIVEN.replace("What follows is", "These are") + &html::dress(&document)
}

fn boxes(advice: &Advice<'_>) -> String {
    let mut document = Document::default();
    parts::boxes(advice, false, &mut document);
    let boxes = html::dress(&document);
    boxes.replacen("<section>", "<section id=\"boxes\">", 1)
}

fn changes(advice: &Advice<'_>) -> String {
    let picture = picture::picture(advice);
    let legend = picture.legend.iter().map(|outcome| {
        let (letter, title) = (xml(&outcome.letter), xml(&outcome.title.to_lowercase()));
        format!("<strong>{letter}</strong> {title}")
    });
    format!(
        "<section>\n<h2>What one changed answer would give</h2>\n<p>{}; the present answer is in brackets, and \
         framed. What is not answered counts as assumed.</p>\n{}</section>\n",
        legend.collect::<Vec<_>>().join(", "),
        html::picture(&picture)
    )
}

/// What each shape reserves for this fleet: a table that the script fills in as sizes change.
fn cost(advice: &Advice<'_>, unknown: &Estimate<'_>, is_blank: bool) -> String {
    let Some(known) = &advice.tax else {
        return String::new();
    };
    let built = known.built((!is_blank).then_some(advice.recommendation.id.as_str()));
    let rows = unknown.shapes.iter().map(|row| {
        // What is left out of the estimate runs what the one before it runs.
        let is_row = |shape: &&ShapeEstimate<'_>| shape.shape.id == row.shape.id;
        let is_like =
            |shape: &&ShapeEstimate<'_>| shape.shape.recommendation == row.shape.recommendation;
        let left_out = || known.shapes.iter().rev().find(is_like);
        let shape = known
            .shapes
            .iter()
            .find(is_row)
            .or_else(left_out)
            .unwrap_or(row);
        let (class, mark) = match is_among(row, &built) {
            true => (" class=\"recommended\"", " (recommended)"),
            false => ("", ""),
        };
        let cells = Resource::ALL.map(|of| {
            let reserved = crate::show::tax::reserved(known, shape, of);
            format!("<td class=\"number\">{}</td>", xml(&reserved))
        });
        let title = xml(&row.shape.title);
        let price = crate::show::tax::yearly(known, shape)
            .map_or(String::new(), |price: String| {
                format!("<td class=\"number\">{}</td>", xml(&price))
            });
        let cells = cells.concat() + &price;
        format!("<tr{class}><th scope=\"row\">{title}{mark}</th>{cells}</tr>\n")
    });
    let (price, note) = match known.tax.prices() {
        Some(_) => (
            "<th scope=\"col\" class=\"number\">A year</th>",
            "<p class=\"soft\">A year is at your own prices, control plane included.</p>\n",
        ),
        None => ("", ""),
    };
    format!(
        "<section id=\"cost\">\n<h2>What the scheduler sets aside for the data plane</h2>\n{note}<table>\n<thead><tr>\
         <th scope=\"col\">Shape</th><th scope=\"col\" class=\"number\">CPU</th><th scope=\"col\" \
         class=\"number\">Memory</th>{price}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</section>\n",
        rows.collect::<String>()
    )
}
