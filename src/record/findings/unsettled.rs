//! `unsettled`: unknown answers could change the recommendation.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use crate::words::either;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "unsettled",
        severity: Severity::Error,
        summary: "Unknown answers could change the recommendation",
        what: "Looks whether some way of filling in the unknown answers gives another recommendation, over all of them, \
               and names the answers that tell most. With an exception that gives a reason it is a note.",
        why: "A decision that rests on what nobody looked up is a guess, and the answer may say otherwise tomorrow.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
                  answers: {services: 14, teams: 3, authorization: unknown}\n```",
        fix: "Find out the answers named first and record them. Until then, propose the decision (status: proposed), or \
              record an exception that says why it is made without them.",
    },
    look,
};

/// How many open answers a message names.
const NAMED: usize = 3;

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let judgement = subject.judgement.as_ref()?;
    Some(at_most_one(
        (!judgement.is_settled())
            .then(|| finding(subject))
            .flatten(),
    ))
}

fn finding(subject: &Subject<'_>) -> Option<Finding> {
    let judgement = subject.judgement.as_ref()?;
    let ids: Vec<&str> = judgement
        .possible
        .iter()
        .map(|position| subject.recommendation(position))
        .collect();
    let deciding = subject.setting.reasoning.deciding(&judgement.known);
    let first = deciding
        .first()
        .map_or("", |deciding| deciding.fact.id.as_str());
    let severity = if subject.covering_exception().is_some() {
        Severity::Note
    } else {
        CHECK.kind.severity
    };
    let names: Vec<&str> = deciding
        .iter()
        .take(NAMED)
        .map(|deciding| deciding.fact.id.as_str())
        .collect();
    let more = deciding.len().saturating_sub(NAMED);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let asks: Vec<&str> = deciding
        .iter()
        .take(1)
        .map(|deciding| deciding.fact.ask.as_str())
        .collect();
    let message = format!(
        "Unknown answers can still give {}; ask first for {}{more}",
        either(&ids),
        names.join(", ")
    );
    let place = subject.span(&["answers", first], Part::Key);
    Some(
        subject
            .finding(&CHECK.kind, place, message)
            .with_severity(severity)
            .with_help(asks.join(" ")),
    )
}
