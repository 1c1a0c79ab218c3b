//! `exception-unexplained`: an exception without a reason.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "exception-unexplained",
        severity: Severity::Error,
        summary: "The exception gives no reason",
        what: "Looks for words under the exception's `because`.",
        why: "To depart from the recommendation is a decision too, and its reason is what the next reader needs.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: mesh\n\
                  exception: {by: \"@platform\"}\n```",
        fix: "Say why in `because`, and better also who granted it (`by`) and for how long (`until`).",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let reading = subject
        .reading
        .filter(|reading| !reading.is_faulty("exception"))?;
    let exception = reading.decision.exception.as_ref()?;
    let finding = || {
        let finding = subject.finding(
            &CHECK.kind,
            subject.span(&["exception"], Part::Key),
            "The exception gives no reason",
        );
        finding.with_help("add `because:` with the reason")
    };
    Some(at_most_one((!exception.is_explained()).then(finding)))
}
