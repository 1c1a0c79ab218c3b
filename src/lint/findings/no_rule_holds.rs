//! `no-rule-holds`: sheets that get no recommendation.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::words;
use verdict::text::{Part, Route};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "no-rule-holds",
        severity: Severity::Error,
        summary: "Some sheets get no recommendation",
        what: "Sheets on which no rule of the verdict holds; one on which few facts differ from what is assumed is shown.",
        why: "Whoever answers like that gets no advice.",
        example: "verdict:\n- {id: only, when: {teams: \"< 5\"}, recommend: no-mesh, because: Few}",
        fix: "End the verdict with a rule without `when`, or say `complete: true` and write the rules that are missing.",
    },
    look,
};

pub(super) fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    // What promises to be complete is held to more than this.
    if rubric.is_complete {
        return None;
    }
    let section = Route::top().key("verdict");
    let last = subject
        .file
        .count(&section)
        .checked_sub(1)
        .map(|last| section.index(last));
    // When the last rule could not be read, it is not known what it covers.
    if rubric.verdict.last().map(|rule| &rule.route) != last.as_ref() {
        return None;
    }
    let finding = proofs.uncovered().map(|moves| {
        let shares = proofs.shares();
        let message = format!(
            "no rule holds on {} of {} sheets, such as {}",
            shares.of(None),
            shares.total,
            words::sheet(&moves)
        );
        let route = last.map_or(section, |last| last.key("when"));
        subject.finding_at(&CHECK.kind, (&route, Part::Key), "", message)
    });
    Some(Vec::from_iter(finding).into())
}
