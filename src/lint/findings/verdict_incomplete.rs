//! `verdict-incomplete`: sheets without a rule of their own, where the verdict promises that there are none.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::lint::words;
use verdict::rubric::section::Section;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "verdict-incomplete",
        severity: Severity::Error,
        summary: "A verdict with `complete: true` has a gap",
        what: "Sheets that no rule covers, or none but the last, which has no `when`, although the verdict says `complete: true`. The one on which the fewest facts differ from what is assumed is shown, and the place is a rule that covers a sheet beside it.",
        why: "A row that was forgotten gets no recommendation, or in silence that of the last rule.",
        example: "verdict:\n  complete: true\n  because: By the table\n  columns: [teams, recommend]\n  rows:\n  - [\"< 5\", no-mesh]\n  - [\"> 5\", mesh]",
        fix: "Write the rule that is missing, or take back `complete: true`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    if !rubric.is_complete {
        return None;
    }
    let finding = proofs.gap().map(|gap| {
        let message = format!(
            "no rule of its own covers {} of {} sheets, such as {}",
            gap.sheets,
            gap.total,
            words::sheet(&gap.moves)
        );
        match gap.beside.map(|rule| &rubric.verdict[rule]) {
            Some(rule) => {
                let message = format!("{message}; the rule `{}` covers one beside it", rule.id);
                subject.finding(&CHECK.kind, &rule.route, &rule.id, message)
            }
            None => subject.finding(&CHECK.kind, &Section::Verdict.route(), "", message),
        }
    });
    Some(Vec::from_iter(finding).into())
}
