//! `rubric-changed`: the decision was made by another version of the rubric.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rubric-changed",
        severity: Severity::Error,
        summary: "The record names another version of the rubric",
        what: "Compares the version in `rubric` with the one in use. An error when the recommendation now differs from the \
               decision and no exception covers that, else a note.",
        why: "Thresholds move with what products can do. Where the new ones give the same, nothing is lost but a number.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@0.9.0\ndecision: no-mesh\n```",
        fix: "Look at what changed (`mesh-advisor rubric diff OLD NEW`), then record the decision anew: \
              `mesh-advisor record ADR.md`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let decision = subject.decision()?;
    let (named, own) = (decision.version?, subject.setting.rubric.version);
    Some(at_most_one(
        (named != own).then(|| finding(subject, named, own)),
    ))
}

fn finding(
    subject: &Subject<'_>,
    named: verdict::rubric::Version,
    own: verdict::rubric::Version,
) -> Finding {
    let given = subject
        .judgement
        .as_ref()
        .and_then(|judgement| judgement.evaluation.recommendation);
    let choice = subject.decision().and_then(|decision| decision.choice);
    let has_exception = subject
        .decision()
        .is_some_and(|decision| decision.exception.is_some());
    let (severity, outcome) = match (given, choice) {
        (Some(given), Some(choice)) if given != choice && !has_exception => {
            let (given, choice) = (
                subject.recommendation(given),
                subject.recommendation(choice),
            );
            (
                Severity::Error,
                format!("now gives {given} instead of {choice}"),
            )
        }
        (Some(given), Some(choice)) if given != choice => {
            (Severity::Note, "still differs from the decision".to_owned())
        }
        (Some(_), Some(_)) => (Severity::Note, "still gives the same".to_owned()),
        _ => (
            Severity::Note,
            "was not asked, because the record has mistakes".to_owned(),
        ),
    };
    let mut message = format!("The decision was made by version {named}; version {own} {outcome}");
    let moved = subject.setting.rubric.moved.iter();
    for moved in moved.filter(|moved| named < moved.before) {
        message += &format!(". {}", moved.text.trim_end_matches('.'));
    }
    let finding = subject.finding(&CHECK.kind, subject.span(&["rubric"], Part::Value), message);
    finding
        .with_severity(severity)
        .with_help("look at the answers again and record the decision anew")
}
