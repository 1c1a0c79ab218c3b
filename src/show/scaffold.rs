//! The README beside starters: which steps they belong to, in which order, and what they were filled in with.

use std::collections::BTreeMap;

use jiff::civil::Date;
use verdict::rubric::Citation;

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
    let mut table = Table::of(&["Parameter", "Value", "What it is"]);
    for (parameter, value) in &scaffold.values {
        let name = Line::new().code(parameter.id.as_str());
        let value = Line::new().code(value.as_str());
        table.row([name, value, Line::from(parameter.ask.as_str())]);
    }
    document.table(table);
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
