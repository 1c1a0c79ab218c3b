//! `answer-outdated`: an answer that was true long ago.

use super::{Check, Subject};
use crate::finding::{Finding, Kind, Severity};
use crate::words::counted;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "answer-outdated",
        severity: Severity::Warning,
        summary: "An answer is older than the rubric allows",
        what: "Compares each answer's `as_of` with the day of the check. The limit is the rubric's \
               `answers_expire_after_days`, 365 when it says nothing. Answers without a date are not judged.",
        why: "A service catalogue of two years ago says nothing about the fleet of today.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
                  answers:\n  services: {value: 14, source: \"service catalogue\", as_of: 2023-05-02}\n```",
        fix: "Look the answer up again, and set its value and `as_of`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let answers = subject.decision()?.answers.as_ref()?;
    let (rubric, today) = (subject.setting.rubric, subject.setting.today);
    let limit = usize::try_from(rubric.answers_expire_after_days).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    for fact in &rubric.facts {
        let answer = Some(answers.answer(fact)).filter(|answer| answer.value.is_some());
        let Some(as_of) = answer.and_then(|answer| answer.as_of) else {
            continue;
        };
        let age = super::days_between(as_of, today);
        if age > limit {
            let message = format!(
                "The answer for {} is {} old, more than {limit}",
                fact.id,
                counted(age, "day")
            );
            let place = subject.span(&["answers", &fact.id, "as_of"], Part::Value);
            let finding = subject
                .finding(&CHECK.kind, place, message)
                .with_key(fact.id.as_str());
            found.push(finding.with_help(fact.ask.as_str()));
        }
    }
    Some(found)
}
