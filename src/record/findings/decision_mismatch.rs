//! `decision-mismatch`: the decision is not what its own answers give.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use verdict::ids::RecommendationId;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "decision-mismatch",
        severity: Severity::Error,
        summary: "The decision is not what its own answers give",
        what: "Evaluates the record's answers, with the rubric's assumptions for what is unknown, and compares the \
               recommendation with `decision`. An exception with a reason covers a difference.",
        why: "A decision that its answers do not support was made on other grounds than those written down, or the \
              answers have been changed since.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: mesh\n\
                  answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}\n```",
        fix: "Decide what the answers give, correct the answers, or record an exception: \
              `mesh-advisor record ADR.md --decision ID --because TEXT`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let choice = subject.decision()?.choice?;
    let judgement = subject.judgement.as_ref()?;
    let given = judgement.evaluation.recommendation?;
    let has_exception = subject.decision()?.exception.is_some();
    Some(at_most_one(
        (choice != given && !has_exception).then(|| finding(subject, choice, given)),
    ))
}

fn finding(subject: &Subject<'_>, choice: RecommendationId, given: RecommendationId) -> Finding {
    let (decided, given) = (
        subject.recommendation(choice),
        subject.recommendation(given),
    );
    let judgement = subject.judgement.as_ref();
    let assumed = judgement
        .filter(|judgement| !judgement.is_settled())
        .map_or("", |_| ", with unknown ones assumed");
    let fired = judgement.and_then(|judgement| judgement.evaluation.rule);
    let rule = fired.map_or("", |rule| subject.setting.rubric.verdict[rule].id.as_str());
    subject
        .finding(
            &CHECK.kind,
            subject.span(&["decision"], Part::Value),
            format!("The decision is {decided}, its answers give {given}{assumed} (rule {rule})"),
        )
        .with_help(format!(
            "decide {given}, correct the answers, or record why not: an exception with a reason"
        ))
}
