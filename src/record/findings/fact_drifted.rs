//! `fact-drifted`: an answer is not what the manifests show.

use super::{Check, Judgement, Subject};
use crate::finding::{Finding, Kind, Severity};
use crate::record::seen::SeenFact;
use verdict::engine::evaluate;
use verdict::ids::RecommendationId;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "fact-drifted",
        severity: Severity::Note,
        summary: "A recorded answer differs from what the manifests show",
        what: "With `--manifests`, compares each answer with what is counted or observed there. It is an error when the \
               answer as it is seen would give another recommendation, alone or together with the others.",
        why: "A decision stays green while the fleet outgrows it: nobody counts the services again.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@1.0.0\ndecision: no-mesh\n\
                  answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}\n```",
        fix: "Correct the answer and decide again: `mesh-advisor inspect PATH --save FILE`, then \
              `mesh-advisor record ADR.md --answers FILE`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let seen = subject.setting.seen?;
    let judgement = subject.judgement.as_ref()?;
    let drifted = seen.drifted(&judgement.known);
    let together = given_with(subject, judgement, &drifted);
    let finding = |fact: &&SeenFact| finding(subject, judgement, fact, together);
    Some(drifted.iter().map(finding).collect())
}

fn finding(
    subject: &Subject<'_>,
    judgement: &Judgement,
    seen: &SeenFact,
    together: Option<RecommendationId>,
) -> Finding {
    let fact = &subject.setting.rubric.facts[seen.fact];
    let now = judgement.evaluation.recommendation;
    let alone = given_with(subject, judgement, &[seen]);
    let at_least = if seen.is_at_least { "at least " } else { "" };
    let recorded = judgement
        .known
        .value_at(seen.fact)
        .map_or_else(String::new, |value| fact.say(value));
    let name = |own: Option<RecommendationId>| own.map_or("", |own| subject.recommendation(own));
    let (severity, outcome) = match (alone != now, together != now) {
        (true, _) => (
            Severity::Error,
            format!(
                "; with that the answers give {}, not {}",
                name(alone),
                name(now)
            ),
        ),
        (false, true) => (
            Severity::Error,
            format!(
                "; with everything that is seen the answers give {}, not {}",
                name(together),
                name(now)
            ),
        ),
        (false, false) => (Severity::Note, String::new()),
    };
    let message = format!(
        "The answer for {} is {recorded}, the manifests show {at_least}{} ({}){outcome}",
        fact.id,
        fact.say(seen.value),
        seen.evidence
    );
    let id = fact.id.as_str();
    let value = subject.span(&["answers", id, "value"], Part::Value);
    let whole = subject.span(&["answers", id], Part::Value);
    let place = if whole.contains(&value.start) && value.end <= whole.end {
        value
    } else {
        whole
    };
    subject
        .finding(&CHECK.kind, place, message)
        .with_key(id)
        .with_severity(severity)
        .with_help("look the answer up again, and decide again where the recommendation changed")
}

/// What the answers give with these facts as they are seen.
fn given_with(
    subject: &Subject<'_>,
    judgement: &Judgement,
    seen: &[&SeenFact],
) -> Option<RecommendationId> {
    let rubric = subject.setting.rubric;
    let mut sheet = judgement.known.clone();
    for fact in seen {
        sheet.set_at(fact.fact, Some(fact.value));
    }
    evaluate(rubric, &sheet.assuming(rubric)).recommendation
}
