//! The desk on which findings are written: it knows the file and turns routes into places.

use std::ops::Range;

use super::catalogue;
use super::left_out::LeftOut;
use super::{RubricReport, Unchecked, rules};
use crate::finding::LineIndex;
use crate::finding::{Finding, Kind};
use verdict::engine::TooLarge;
use verdict::rubric::Draft;
use verdict::text::{Outline, Part, PlacedProblem, Route, Source};

/// What is added to findings that a part with a mistake could undo.
const CAVEAT: &str = "(Found without the parts that have mistakes.)";

/// A file under inspection and what was found so far.
pub(super) struct Desk<'f> {
    path: &'f str,
    index: LineIndex<'f>,
    pub(super) source: &'f Source,
    pub(super) outline: &'f Outline,
    pub(super) left_out: LeftOut,
    pub(super) results: RubricReport,
}

impl<'f> Desk<'f> {
    pub(super) fn new(source: &'f Source, path: &'f str, draft: &'f Draft) -> Self {
        Self {
            path,
            index: LineIndex::new(&source.text),
            source,
            outline: &draft.outline,
            left_out: LeftOut::of(source, draft),
            results: RubricReport::default(),
        }
    }

    /// A finding about the value at a route, or about the thing that stands there.
    pub(super) fn finding(
        &self,
        kind: &'static Kind,
        route: &Route,
        about: &str,
        message: impl Into<String>,
    ) -> Finding {
        self.finding_at(kind, route, Part::Value, about, message)
    }

    /// A finding about the key at a route, or about its value.
    pub(super) fn finding_at(
        &self,
        kind: &'static Kind,
        route: &Route,
        part: Part,
        about: &str,
        message: impl Into<String>,
    ) -> Finding {
        // A thing is shown by its name: its first line may be long, and its mark would run through all of it.
        let name = route.key("id");
        let is_named = self.outline.keys(route).contains(&"id");
        let span = self
            .outline
            .locate(if is_named { &name } else { route }, part);
        self.finding_in(kind, span, about, message)
    }

    fn finding_in(
        &self,
        kind: &'static Kind,
        span: Range<usize>,
        about: &str,
        message: impl Into<String>,
    ) -> Finding {
        let end = first_line_end(&self.source.text, &span);
        Finding::new(kind, self.path, &self.index, span.start..end, message).with_key(about)
    }

    /// Takes a finding down.
    pub(super) fn report(&mut self, finding: Finding) {
        self.results.report.findings.push(finding);
    }

    /// Takes a finding down that might not have come up if the parts with mistakes had been read.
    pub(super) fn report_with_caveat(&mut self, finding: Finding) {
        let finding = match (self.left_out.moves_the_recommendation, &finding.help) {
            (false, _) => finding,
            (true, None) => finding.with_help(CAVEAT),
            (true, Some(help)) => {
                let help = format!("{help} {CAVEAT}");
                finding.with_help(help)
            }
        };
        self.report(finding);
    }

    /// The mistakes that kept parts from being read. With a `gap` the missing last rule was told in another finding.
    pub(super) fn mistakes(&mut self, problems: &[PlacedProblem], has_gap: bool) {
        for placed in problems {
            let problem = &placed.problem;
            if has_gap && rules::is_missing_last_rule(problem) {
                continue;
            }
            let about = problem.route.to_string();
            let finding = self.finding_in(
                &catalogue::MISTAKE,
                placed.span.clone(),
                &about,
                problem.message.clone(),
            );
            let hint = problem
                .did_you_mean
                .as_ref()
                .map(|name| format!("Did you mean `{name}`?"));
            let allowed =
                (!problem.allowed.is_empty()).then(|| format!("Allowed: {}", problem.allowed));
            let help: Vec<String> = hint.into_iter().chain(allowed).collect();
            self.report(Finding {
                help: (!help.is_empty()).then(|| help.join(" ")),
                ..finding
            });
        }
    }

    /// An entry of a mapping as it stands in the file, on one line.
    pub(super) fn text(&self, route: &Route) -> String {
        let (key, value) = (
            self.outline.locate(route, Part::Key),
            self.outline.locate(route, Part::Value),
        );
        let text = self
            .source
            .text
            .get(key.start..value.end.max(key.end))
            .unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Notes what could not be checked.
    pub(super) fn unchecked(&mut self, what: impl Into<String>, why: &TooLarge) {
        self.results.unchecked.push(Unchecked {
            what: what.into(),
            why: why.to_string(),
        });
    }

    /// Brings the findings into order and says what was not checked.
    pub(super) fn finish(&mut self) {
        if !self.results.unchecked.is_empty() {
            let one = |unchecked: &Unchecked| format!("{}: {}", unchecked.what, unchecked.why);
            let all: Vec<String> = self.results.unchecked.iter().map(one).collect();
            let message = format!("checks incomplete; not checked: {}", all.join("; "));
            let help = "Split the rubric, test flags and sums in fewer ways, or allow more steps with --steps.";
            let finding = self.finding(
                &catalogue::CHECKS_INCOMPLETE,
                &Route::top().key("schema"),
                "",
                message,
            );
            self.report(finding.with_help(help));
        }
        self.results.report.sort();
        self.results.passed(self.path);
    }
}

/// Where the first line of a span ends: a mark across a whole block helps nobody.
fn first_line_end(text: &str, span: &Range<usize>) -> usize {
    let marked = text.get(span.clone()).unwrap_or("");
    span.start + marked.find(['\n', '\r']).unwrap_or(marked.len())
}
