//! `date-implausible`: a day that cannot be meant.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Check, Subject};
use crate::finding::{Finding, Kind, Severity};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "date-implausible",
        severity: Severity::Warning,
        summary: "A day in the record cannot be meant",
        what: "Compares `decided` and every answer's `as_of` with the day of the check, which they cannot be after, and \
               `review_by` with `decided`: a review comes later, and within five years.",
        why: "A year mistyped by one keeps an old answer fresh, or a review away, for as long as nobody looks.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
                  decided: 2026-11-20\nreview_by: 2062-05-20\n```",
        fix: "Correct the day, or give the check the day it is: `--as-of YYYY-MM-DD`.",
    },
    look,
};

/// No review is planned for later than this: nobody knows the fleet of then.
const LONGEST_YEARS: i8 = 5;

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let decision = subject.decision()?;
    let today = subject.setting.today;
    let finding = |keys: &[&str], message: String| {
        subject
            .finding(&CHECK.kind, subject.span(keys, Part::Value), message)
            .with_key(keys.join("."))
    };
    let future = |day: Option<Date>| day.filter(|day| *day > today);
    let mut found = Vec::new();
    if let Some(decided) = future(decision.decided) {
        let message = format!("The decision is dated {decided}, after the day of the check");
        found.push(finding(&["decided"], message));
    }
    if let (Some(decided), Some(review_by)) = (decision.decided, decision.review_by) {
        if review_by < decided {
            let message =
                format!("The review is due on {review_by}, before the decision ({decided})");
            found.push(finding(&["review_by"], message));
        } else if review_by > decided.saturating_add(LONGEST_YEARS.years()) {
            let message = format!(
                "The review is due on {review_by}, more than {LONGEST_YEARS} years after the decision"
            );
            found.push(finding(&["review_by"], message));
        }
    }
    for fact in &subject.setting.rubric.facts {
        let answer = decision.answers.as_ref().map(|all| all.answer(fact));
        if let Some(as_of) = future(answer.and_then(|answer| answer.as_of)) {
            let message = format!(
                "The answer for {} is dated {as_of}, after the day of the check",
                fact.id
            );
            found.push(finding(&["answers", &fact.id, "as_of"], message));
        }
    }
    Some(found)
}
