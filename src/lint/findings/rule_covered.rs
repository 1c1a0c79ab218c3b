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

/// What to do where the rules before the last leave it nothing.
const LAST: &str = "Delete it and leave out the `when` of the rule before it, which then is the last; or keep all of them \
                    and say `complete: true`, so that a gap is an error.";

fn look(subject: &Subject<'_>) -> Option<Found> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    // Whether rules are alike is for another check to say when it cannot be found out.
    let equal = proofs.equal_rules().unwrap_or_default();
    let is_told = |rule: &RuleId| equal.iter().any(|(_, later)| later == rule);
    let ids = |rules: &[RuleId]| names(rules.iter().map(|rule| rubric.verdict[*rule].id.as_str()));
    // In a verdict that promises to be complete, "otherwise" is there to show that it never comes to that.
    let is_spare = |rule: &RuleId| rubric.is_complete && rubric.otherwise() == Some(*rule);
    let mut found = Found::default();
    let dead = proofs.dead_rules().into_iter();
    for id in
        dead.filter(|rule| !is_told(rule) && !is_spare(rule) && !subject.is_in_conflict(*rule))
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
        let finding = subject.finding(&CHECK.kind, &rule.route, &rule.id, message);
        found.findings.push(if rubric.otherwise() == Some(id) {
            finding.with_help(LAST)
        } else {
            finding
        });
    }
    Some(found)
}
