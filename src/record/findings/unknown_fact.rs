//! `unknown-fact`: an answer to what the rubric does not ask.

use super::{Check, Subject, invalid_record};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "unknown-fact",
        severity: Severity::Error,
        summary: "The record answers something that the rubric does not ask",
        what: "Looks up every key under `answers` among the facts of the rubric in use.",
        why: "A misspelt fact is an unanswered question: the recommendation would rest on an assumption in its place.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
                  answers: {servces: 14}\n```",
        fix: "Correct the name. `mesh-advisor explain FACT` says what a fact is; the finding names those there are.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    invalid_record::findings(subject, &CHECK.kind, invalid_record::kind_of)
}
