//! `rules-conflict`: rules that hold at once and contradict each other, where the verdict promises that none do.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::words;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rules-conflict",
        severity: Severity::Error,
        summary: "Two rules of a verdict with `unique: true` contradict each other",
        what: "Two rules that hold on the same sheet and give different recommendations, although the verdict says `unique: true`. The place is the later one; a sheet is shown on which the earlier one fires.",
        why: "Which of them is right depends on their order, and the verdict says that it does not.",
        example: "verdict:\n  unique: true\n  because: By the table\n  columns: [teams, recommend]\n  rows:\n  - [\"<= 5\", no-mesh]\n  - [\">= 5\", mesh]",
        fix: "Delete or narrow one of them, or take back `unique: true`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.rubric?;
    let mut found = Found::default();
    if let Some(Err(error)) = &subject.overlaps {
        found.unchecked("whether rules hold at once", error);
        return Some(found);
    }
    for overlap in subject.overlapping(true)? {
        let (fires, holds) = (
            &rubric.verdict[overlap.fires],
            &rubric.verdict[overlap.holds],
        );
        let message = format!(
            "the rules `{}` and `{}` hold at once and give `{}` and `{}`: {}",
            fires.id,
            holds.id,
            rubric.recommendations[fires.recommend].id,
            rubric.recommendations[holds.recommend].id,
            words::sheet(&overlap.moves)
        );
        let finding = subject.finding(&CHECK.kind, &holds.route, &holds.id, message);
        found.findings.push(finding);
    }
    Some(found)
}
