//! What is said of starters: the README beside them (which steps they belong to, in which order, what they were filled
//! in with, how to take them back), what was assumed in them, and which parameters a rubric has.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verdict::rubric::{Citation, Rubric};

use super::advice::headline_in_a_line;
use super::document::{Document, Item, Line, Mark, Table};
use super::words::strength_in_words;
use super::{markdown, sources};
use crate::advice::Advice;
use crate::scaffold::Scaffold;

/// The README, as Markdown.
pub fn readme(advice: &Advice<'_>, scaffold: &Scaffold<'_, '_>, today: Date) -> String {
    let mut document = Document::default();
    document.title(headline_in_a_line(advice));
    document.paragraph(advice.because.as_str());
    if advice.is_provisional() {
        document.paragraph(strength_in_words(advice));
    }
    document.paragraph(
        "These files begin the steps below. Each says at its top what must be there first, how to apply it, how to see \
         that it works, and how to take it back. Read them, and take one at a time, in this order.",
    );
    if !advice.prerequisites.is_empty() {
        document.heading("Before you start");
    }
    for remark in &advice.prerequisites {
        let text = Line::from(&remark.text).cited(remark.source);
        document.item(Mark::Bullet, text);
    }
    document.heading("Steps");
    for (step, files) in &scaffold.steps {
        // A numbered list would not keep the numbers that the steps have in the plan.
        let line = Line::new().strong(format!("Step {}. {}.", step.number, step.title));
        let line = line.text(format!(" {}", step.detail)).cited(step.source);
        let mut item = Item::new(Mark::Bullet, line);
        let files = files.iter().map(|file| Line::new().code(file.as_str()));
        item.items = files.map(|file| Item::new(Mark::Bullet, file)).collect();
        document.push_item(item);
    }
    let is_left_out = |number: usize| scaffold.steps.iter().all(|(own, _)| own.number != number);
    let left_out = advice.plan.iter().filter(|step| is_left_out(step.number));
    let left_out: Vec<String> = left_out
        .map(|step| format!("{}. {}", step.number, step.title))
        .collect();
    if !left_out.is_empty() {
        let line = Line::new().text(format!(
            "The plan has {} steps. Not here, for want of a file or because other steps were asked for: {}. All of \
             them: ",
            advice.plan.len(),
            left_out.join("; ")
        ));
        document.paragraph(
            line.code("mesh-advisor advise --answers FILE --full")
                .text("."),
        );
    }
    document.heading("What they were filled in with");
    if scaffold.values.iter().any(|filled| filled.is_assumed) {
        document.paragraph(
            "What is assumed is a default, and nobody's word: check it, or write the files anew with --param NAME=VALUE.",
        );
    }
    let mut table = Table::of(&["Parameter", "Value", "Given", "What it is"]);
    for filled in &scaffold.values {
        let name = Line::new().code(filled.parameter.id.as_str());
        let value = Line::new().code(filled.value.as_str());
        let given = if filled.is_assumed {
            "no: assumed"
        } else {
            "yes"
        };
        let ask = filled.parameter.ask.as_str();
        table.row([name, value, Line::from(given), Line::from(ask)]);
    }
    document.table(table);
    take_back(scaffold, &mut document);
    let steps = scaffold.steps.iter().filter_map(|(step, _)| step.source);
    let remarks = advice.prerequisites.iter().filter_map(|own| own.source);
    let cited: BTreeMap<&str, &Citation> = steps
        .chain(remarks)
        .map(|source| (source.id.as_str(), source))
        .collect();
    if !cited.is_empty() {
        document.heading("Sources");
        sources::list(&cited.into_values().collect::<Vec<_>>(), &mut document);
    }
    let rubric = advice.rubric;
    document.paragraph(format!(
        "Written by mesh-advisor on {today}, by the rubric {} {}.",
        rubric.id, rubric.version
    ));
    markdown::dress(&document, 1)
}

/// The values that nobody gave; `None` where all were given.
pub fn assumed(scaffold: &Scaffold<'_, '_>) -> Option<String> {
    let assumed = scaffold.values.iter().filter(|filled| filled.is_assumed);
    let assumed: Vec<String> = assumed
        .map(|filled| format!("{}={}", filled.parameter.id, filled.value))
        .collect();
    (!assumed.is_empty()).then(|| {
        format!(
            "Assumed, since nothing was given (--param NAME=VALUE says otherwise):\n  {}",
            assumed.join(", ")
        )
    })
}

/// What the starters of a rubric ask for, a line each; `None` where they ask for nothing.
pub fn parameters(rubric: &Rubric) -> Option<String> {
    let ids = rubric.parameters.iter().map(|own| own.id.chars().count());
    let widest = ids.max()?;
    let lines = rubric.parameters.iter().map(|own| {
        let default = own.default.as_ref();
        let default = default.map_or(String::new(), |value| format!(" [default: {value}]"));
        format!("\n  {:widest$}  {}{default}", own.id.as_str(), own.ask)
    });
    let lines: String = lines.collect();
    Some(format!(
        "Parameters of the rubric {}; its starters ask for some of them each, and one without a default has to be \
         given:{lines}",
        rubric.id
    ))
}

/// How to take back what was applied: in the reverse order, in the words of the files.
fn take_back(scaffold: &Scaffold<'_, '_>, document: &mut Document) {
    let files = scaffold.files.iter().rev();
    let said = files.filter_map(|file| {
        let lines = file.take_back();
        let lines = lines.iter().map(|line| format!("\n  {line}"));
        let lines: String = lines.collect();
        (!lines.is_empty()).then(|| format!("{}{lines}", file.name))
    });
    let said: Vec<String> = said.collect();
    if said.is_empty() {
        return;
    }
    document.heading("To take everything back");
    document.paragraph(
        "The last first, since files rest on those before them. Take back only what you applied, one at a time, and see \
         that calls still go through before the next.",
    );
    document.verbatim(said.join("\n"));
}
