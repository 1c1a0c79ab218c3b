//! Mistakes in a file, with the line they stand in and a mark under the place.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use verdict::text::{PlacedProblem, Source};

/// The mistakes for a person, one after the other, then how many there are.
pub fn render(source: &Source, problems: &[PlacedProblem]) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    for placed in problems {
        text += &renderer.render(&[group(source, placed)]);
        text += "\n\n";
    }
    let count = problems.len();
    text += &format!(
        "{count} mistake{} in {}\n",
        if count == 1 { "" } else { "s" },
        source.name
    );
    text
}

fn group<'a>(source: &'a Source, placed: &'a PlacedProblem) -> annotate_snippets::Group<'a> {
    let problem = &placed.problem;
    let label = if problem.allowed.is_empty() {
        String::new()
    } else {
        format!("allowed: {}", problem.allowed)
    };
    let annotation = AnnotationKind::Primary
        .span(first_line(source, placed))
        .label(label);
    let snippet = Snippet::source(source.text.as_str())
        .path(source.name.as_str())
        .annotation(annotation);
    let group = Level::ERROR
        .primary_title(problem.message.as_str())
        .element(snippet);
    problem.hints().into_iter().fold(group, |group, hint| {
        group.element(Level::HELP.message(hint))
    })
}

/// The part of the marked text that stands in its first line: a mark across a whole block helps nobody.
fn first_line(source: &Source, placed: &PlacedProblem) -> std::ops::Range<usize> {
    let span = placed.span.clone();
    let text = source.text.get(span.clone()).unwrap_or("");
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    span.start..span.start + length
}
