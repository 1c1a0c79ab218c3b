//! `exception-unneeded`: the answers give what was decided anyway.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "exception-unneeded",
        severity: Severity::Warning,
        summary: "The exception excuses nothing",
        what: "Looks whether the answers, whatever is still unknown, give the decision without the exception.",
        why: "An exception left behind covers the next mismatch, which nobody granted.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
                  answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}\n\
                  exception: {because: \"the pilot ends in May\"}\n```",
        fix: "Remove the exception.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    subject.decision()?.exception.as_ref()?;
    let choice = subject.decision()?.choice?;
    let judgement = subject.judgement.as_ref()?;
    let is_unneeded = judgement.is_settled() && judgement.evaluation.recommendation == Some(choice);
    let finding = || {
        let message = format!(
            "The answers give {} without the exception",
            subject.recommendation(choice)
        );
        let finding = subject.finding(
            &CHECK.kind,
            subject.span(&["exception"], Part::Key),
            message,
        );
        finding.with_help("remove the exception")
    };
    Some(at_most_one(is_unneeded.then(finding)))
}
