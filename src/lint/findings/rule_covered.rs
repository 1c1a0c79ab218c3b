//! `rule-covered`: a rule whose sheets earlier ones take.

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use crate::words::names;
use verdict::engine::Dead;
use verdict::ids::RuleId;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rule-covered",
        severity: Severity::Error,
        summary: "A rule of the verdict never fires",
        what: "A rule whose test can hold, but only on sheets that earlier rules take: one of them, or several together.",
        why: "What it recommends, and why, is never said.",
        example: "- {id: a, when: {teams: \"< 9\"}, recommend: no-mesh, because: Few}\n\
                  - {id: b, when: {teams: \"< 5\"}, recommend: mesh, because: Fewer}",
        fix: "Move it before the rules that take its sheets, narrow those, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    // Whether rules are alike is for another check to say when it cannot be found out.
    let equal = proofs.equal_rules().unwrap_or_default();
    let is_told = |rule: &RuleId| equal.iter().any(|(_, later)| later == rule);
    let ids = |rules: &[RuleId]| names(rules.iter().map(|rule| rubric.verdict[*rule].id.as_str()));
    let mut found = Found::default();
    for id in proofs
        .dead_rules()
        .into_iter()
        .filter(|rule| !is_told(rule))
    {
        let rule = &rubric.verdict[id];
        let why = match proofs.why_dead(id) {
            Ok(Dead::Contradiction) => continue,
            Ok(Dead::Covered {
                alone: Some(other), ..
            }) => {
                format!("{} holds wherever it does", ids(&[other]))
            }
            Ok(Dead::Covered { by, alone: None }) => {
                format!("{} together take every sheet on which it holds", ids(&by))
            }
            Err(error) => {
                found.unchecked(format!("why the rule `{}` never fires", rule.id), &error);
                continue;
            }
        };
        let message = format!("the rule `{}` never fires: {why}", rule.id);
        found
            .findings
            .push(subject.finding(&CHECK.kind, &rule.route, &rule.id, message));
    }
    Some(found)
}
