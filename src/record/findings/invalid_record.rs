//! `invalid-record`: a record that cannot be read as one.

use super::{Check, Subject};
use crate::finding::{Finding, Kind, Severity};
use adr::block::Carrier;
use verdict::text::{PlacedProblem, Problem, ProblemKind, Step, shortened};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "invalid-record",
        severity: Severity::Error,
        summary: "The record cannot be read as one",
        what: "Reads the record: YAML, the keys of schema 1, the rubric in use, a recommendation of it, dates as \
               YYYY-MM-DD. Every mistake is reported at its place; what has none is still checked.",
        why: "What cannot be read is not checked, and nobody notices.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: mash\nreview: 2027-05-20\n```",
        fix: "Correct what the finding marks: it says what is allowed there.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    if let Some(obstacle) = &subject.obstacle {
        return Some(vec![subject.finding(
            &CHECK.kind,
            obstacle.span.clone(),
            sentence(&obstacle.message),
        )]);
    }
    let record = subject.record()?;
    if let Carrier::Fence {
        is_closed: false, ..
    } = record.carrier
    {
        let message = "The block is never closed, so that the rest of the file belongs to it";
        let finding = subject.finding(&CHECK.kind, record.head.clone(), message);
        return Some(vec![finding.with_help("add the closing fence")]);
    }
    let mut found = findings(subject, &CHECK.kind, kind_of)?;
    if subject.reading?.has_more {
        let message = "The record has more mistakes, which are not listed";
        found.push(
            subject
                .finding(&CHECK.kind, record.head.clone(), message)
                .with_key("more"),
        );
    }
    Some(found)
}

/// Of which kind of finding a mistake in a record is.
pub(super) fn kind_of(problem: &Problem) -> &'static str {
    match (problem.kind, problem.route.steps()) {
        (ProblemKind::OtherRubric, _) => super::unknown_rubric::CHECK.kind.id,
        (ProblemKind::UnknownFact, _) => super::unknown_fact::CHECK.kind.id,
        (_, [Step::Key(key), ..]) if key == "answers" => super::invalid_answer::CHECK.kind.id,
        _ => CHECK.kind.id,
    }
}

/// The mistakes in a record that are findings of one kind.
pub(super) fn findings(
    subject: &Subject<'_>,
    kind: &'static Kind,
    kind_of: fn(&Problem) -> &'static str,
) -> Option<Vec<Finding>> {
    let problems = subject.reading?.problems.iter();
    Some(
        problems
            .filter(|placed| kind_of(&placed.problem) == kind.id)
            .map(|one| finding(subject, kind, one))
            .collect(),
    )
}

fn finding(subject: &Subject<'_>, kind: &'static Kind, placed: &PlacedProblem) -> Finding {
    let problem = &placed.problem;
    let is_about_all = problem.kind == ProblemKind::MissingKey && placed.span.is_empty();
    let span = match subject.record() {
        Some(record) if !is_about_all => record.span_in_file(placed.span.clone()),
        _ => subject.head(),
    };
    let allowed = (!problem.allowed.is_empty()).then(|| format!("allowed: {}", problem.allowed));
    let help: Vec<String> = problem.hints().into_iter().chain(allowed).collect();
    let finding = subject
        .finding(kind, span, sentence(&problem.message))
        .with_key(key(problem));
    if help.is_empty() {
        finding
    } else {
        finding.with_help(help.join(" "))
    }
}

/// The message as a sentence begins, and no longer than anybody reads: it may quote the file.
fn sentence(message: &str) -> String {
    const LONGEST: usize = 400;
    let mut letters = message.chars();
    let first = letters
        .next()
        .map(|first| first.to_uppercase().to_string())
        .unwrap_or_default();
    let cut: String = letters.by_ref().take(LONGEST).collect();
    first + &cut + if letters.next().is_some() { "…" } else { "" }
}

/// What a mistake is about, without a place: its route, or the message where it has none.
fn key(problem: &Problem) -> String {
    let route = problem.route.to_string();
    shortened(if route.is_empty() {
        &problem.message
    } else {
        &route
    })
}
