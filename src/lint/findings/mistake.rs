//! `mistake`: a part of the file that cannot be read.

use super::no_rule_holds;
use super::{Check, Found, Subject};
use crate::finding::{Finding, Kind, Severity};
use verdict::text::{PlacedProblem, ProblemKind};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "mistake",
        severity: Severity::Error,
        summary: "A part of the file does not have the form of a rubric",
        what: "Unknown keys, names that nothing defines, options that a fact does not have, values of the wrong type.",
        why: "The part is not read, so the rubric says less than its author meant, and no command but this one accepts it.",
        example: "when: {mtls_mandat: every-workload}",
        fix: "Write what is allowed there; a near name is offered when there is one.",
    },
    look,
};

/// The mistakes that kept parts from being read. Where sheets that no rule covers are shown, the missing last
/// rule is not told again.
fn look(subject: &Subject<'_>) -> Option<Found> {
    let has_gap = !no_rule_holds::look(subject)
        .unwrap_or_default()
        .findings
        .is_empty();
    let is_told =
        |placed: &&PlacedProblem| has_gap && placed.problem.kind == ProblemKind::OpenVerdict;
    let problems = subject.problems.iter().filter(|placed| !is_told(placed));
    Some(
        problems
            .map(|placed| finding(subject, placed))
            .collect::<Vec<_>>()
            .into(),
    )
}

fn finding(subject: &Subject<'_>, placed: &PlacedProblem) -> Finding {
    let problem = &placed.problem;
    let about = problem.route.to_string();
    let finding = subject.finding_in(
        &CHECK.kind,
        placed.span.clone(),
        &about,
        problem.message.clone(),
    );
    let hints = problem.hints().into_iter().map(|hint| sentence(&hint));
    let allowed = (!problem.allowed.is_empty()).then(|| format!("Allowed: {}", problem.allowed));
    let help: Vec<String> = hints.chain(allowed).collect();
    if help.is_empty() {
        finding
    } else {
        finding.with_help(help.join(" "))
    }
}

/// A hint as a sentence.
fn sentence(hint: &str) -> String {
    let mut letters = hint.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let end = if hint.ends_with(['?', '.', ']', '}']) {
        ""
    } else {
        "."
    };
    first.chain(letters).chain(end.chars()).collect()
}
