//! `unknown-rubric`: a record that was made by a rubric which is not known here.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use crate::words::names;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "unknown-rubric",
        severity: Severity::Error,
        summary: "The record was made by a rubric that is not known here",
        what: "Looks up the rubric that the record names among the built-in one, those of `--rubric`, and those under \
               `rubrics:` in a `mesh-advisor.yaml` beside the records or above them.",
        why: "What its answers mean, and what they give, only its rubric can tell: the record is not checked.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: kafka@1.0.0\ndecision: queue\n```",
        fix: "Name the file of the rubric: `--rubric FILE`, or `rubrics: [FILE]` in `mesh-advisor.yaml`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let other = subject.reading?.other_rubric.as_ref();
    let known = names(subject.rubrics.iter().map(|own| own.rubric.id.as_str()));
    let finding = other.map(|id| {
        let message = format!("The record is for the rubric `{id}`, which is not known here");
        subject
            .finding(&CHECK.kind, subject.span(&["rubric"], Part::Value), message)
            .with_help(format!(
                "name its file with --rubric, or under `rubrics:` in mesh-advisor.yaml; known: {known}"
            ))
    });
    Some(at_most_one(finding))
}
