//! `exception-expired`: the exception was granted until a day that has passed.

use super::{Check, Subject, at_most_one};
use crate::finding::{Finding, Kind, Severity};
use crate::words::counted;
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "exception-expired",
        severity: Severity::Warning,
        summary: "The exception has expired",
        what: "Compares the exception's `until` with the day of the check. The day itself still counts. The decision \
               stays covered: a date alone turns no check red, unless `--fail-on warning` asks for it.",
        why: "A temporary exception that nobody ends is a permanent one.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: mesh\n\
                  exception: {because: \"pilot with one team\", until: 2024-06-30}\n```",
        fix: "Follow the recommendation now, or grant the exception anew with a later `until` and a reason that still holds.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let until = subject.decision()?.exception.as_ref()?.until?;
    let today = subject.setting.today;
    let expired = (until < today).then(|| {
        let ago = counted(super::days_between(until, today), "day");
        let message = format!("The exception expired on {until}, {ago} ago");
        subject.finding(
            &CHECK.kind,
            subject.span(&["exception", "until"], Part::Value),
            message,
        )
    });
    Some(at_most_one(expired))
}
