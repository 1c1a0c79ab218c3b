//! Mistakes in a file, with the line they stand in and a mark under the place.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::escape::visible;
use verdict::text::{PlacedProblem, Source};

/// The mistakes for a person, one after the other, then how many there are.
pub fn render(source: &Source, problems: &[PlacedProblem]) -> String {
    let renderer = Renderer::styled();
    let mut text = String::new();
    for placed in problems {
        text += &Shown::new(source, placed).render(&renderer);
        text += "\n\n";
    }
    let count = problems.len();
    text += &format!(
        "{count} mistake{} in {}\n",
        if count == 1 { "" } else { "s" },
        visible(&source.name)
    );
    text
}

/// A mistake with the line that it stands in, everything of it harmless: the renderer passes on what it is given.
struct Shown {
    name: String,
    number: usize,
    line: String,
    /// The bytes of the line that are marked: a mark across a whole block helps nobody.
    marked: Range<usize>,
    message: String,
    label: String,
    hints: Vec<String>,
}

impl Shown {
    fn new(source: &Source, placed: &PlacedProblem) -> Self {
        let problem = &placed.problem;
        let slice = |span: Range<usize>| source.text.get(span).unwrap_or("");
        let start = placed.span.start.min(source.text.len());
        let line_start = slice(0..start).rfind('\n').map_or(0, |at| at + 1);
        let rest = slice(line_start..source.text.len());
        let line = rest.split('\n').next().unwrap_or("").trim_end_matches('\r');
        let line_end = line_start + line.len();
        let end = placed.span.end.clamp(start, line_end.max(start));
        let before = visible(slice(line_start..start));
        let marked = visible(slice(start..end));
        let label = if problem.allowed.is_empty() {
            String::new()
        } else {
            format!("allowed: {}", visible(&problem.allowed))
        };
        Self {
            name: visible(&source.name),
            number: 1 + slice(0..line_start).matches('\n').count(),
            marked: before.len()..before.len() + marked.len(),
            line: before + &marked + &visible(slice(end..line_end)),
            message: visible(&problem.message.to_string()),
            label,
            hints: problem.hints().iter().map(|hint| visible(hint)).collect(),
        }
    }

    fn render(&self, renderer: &Renderer) -> String {
        let annotation = AnnotationKind::Primary
            .span(self.marked.clone())
            .label(self.label.as_str());
        let snippet = Snippet::source(self.line.as_str())
            .line_start(self.number)
            .path(self.name.as_str())
            .annotation(annotation);
        let group = Level::ERROR
            .primary_title(self.message.as_str())
            .element(snippet);
        let group = self.hints.iter().fold(group, |group, hint| {
            group.element(Level::HELP.message(hint.as_str()))
        });
        renderer.render(&[group])
    }
}

#[cfg(test)]
mod tests {
    use verdict::text::{Problem, Route};

    use super::*;

    #[test]
    fn nothing_of_a_mistake_is_obeyed_and_its_mark_stays_in_place() {
        let hostile = "\u{1b}[31m\u{202e}\n::error::x";
        let text = "ok: 1\n\u{9b}2J: \u{1b}[31mred\u{2028} # ::error::\n";
        let start = text.find("\u{1b}").unwrap();
        let placed = PlacedProblem {
            problem: Problem::new(&Route::top(), hostile).allowed(hostile),
            span: start..start + 8,
        };
        let shown = render(&Source::new(hostile, text), &[placed]);
        let plain = shown.replace("\u{1b}[0m", "").replace("\u{1b}[1m", "");
        assert!(
            !shown.contains(['\u{202e}', '\u{9b}', '\u{2028}']) && !plain.contains("\u{1b}[31mred"),
            "{shown:?}"
        );
        assert!(
            shown.contains("\\u{9b}2J: \\u{1b}[31mred\\u{2028}") && shown.contains(":2:"),
            "{shown}"
        );
        assert!(
            shown
                .lines()
                .all(|line| !line.trim_start().starts_with("::")),
            "{shown}"
        );
    }
}
