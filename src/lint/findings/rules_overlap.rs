//! `rules-overlap`: rules that hold at once and agree, where the verdict promises that none do.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::words;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rules-overlap",
        severity: Severity::Note,
        summary: "Two rules of a verdict with `unique: true` hold at once and agree",
        what: "Two rules that hold on the same sheet and give the same recommendation, although the verdict says `unique: true`. Rules that never fire are not told again.",
        why: "The recommendation is sure, but which reason is given for it depends on the order of the rules.",
        example: "verdict:\n  unique: true\n  because: By the table\n  columns: [teams, recommend]\n  rows:\n  - [\"<= 5\", no-mesh]\n  - [\"4..6\", no-mesh]\n  - [\"> 6\", mesh]",
        fix: "Narrow one of them.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let (agreeing, dead) = (subject.overlapping(false)?, proofs.dead_rules());
    let told = agreeing
        .into_iter()
        .filter(|one| !dead.contains(&one.holds));
    let findings = told.map(|overlap| {
        let (fires, holds) = (
            &rubric.verdict[overlap.fires],
            &rubric.verdict[overlap.holds],
        );
        let message = format!(
            "the rules `{}` and `{}` hold at once and both give `{}`: {}",
            fires.id,
            holds.id,
            rubric.recommendations[fires.recommend].id,
            words::sheet(&overlap.moves)
        );
        subject.finding(&CHECK.kind, &holds.route, &holds.id, message)
    });
    Some(findings.collect::<Vec<_>>().into())
}
