//! `invalid-answer`: a value that its fact cannot have.

use super::{Check, Subject, invalid_record};
use crate::finding::{Finding, Kind, Severity};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "invalid-answer",
        severity: Severity::Error,
        summary: "An answer is not one that its fact can have",
        what: "Reads every answer by the kind of its fact: a count in its range, yes or no, one of the options, a list of \
               options; `unknown` fits all. Provenance is `{value, source, as_of}`.",
        why: "An answer that cannot be read decides nothing.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
                  answers: {services: a few, authorization: l8}\n```",
        fix: "Write a value that the finding allows, or `unknown`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    invalid_record::findings(subject, &CHECK.kind, invalid_record::kind_of)
}
