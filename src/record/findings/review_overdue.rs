//! `review-overdue`: the day of the review has passed.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use crate::words::counted;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "review-overdue",
        severity: Severity::Warning,
        summary: "The day of the review has passed",
        what: "Compares `review_by` with the day of the check (`--as-of`, else today in UTC). The day itself is in time.",
        why: "Fleets grow past thresholds without anybody deciding anything.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\nreview_by: 2024-01-31\n```",
        fix: "Look at the answers again, correct them, and record the decision anew: `mesh-advisor record ADR.md`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let review_by = subject.decision()?.review_by?;
    let today = subject.setting.today;
    let overdue = (review_by < today).then(|| {
        let late = counted(super::days_between(review_by, today), "day");
        let message = format!("The review was due on {review_by}, {late} ago");
        let finding = subject.finding(
            &CHECK.kind,
            subject.span(&["review_by"], Part::Value),
            message,
        );
        finding.with_help("go through the answers, then record the decision anew")
    });
    Some(at_most_one(overdue))
}
