//! `rule-contradicts-itself`: a rule whose own test holds nowhere.

use super::{Check, Found, Subject};
use crate::finding::{Finding, Kind, Severity};
use crate::words::names;
use verdict::engine::Dead;
use verdict::rubric::{Rule, VerdictAtom, VerdictTest, places};
use verdict::text::{Part, Route};

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "rule-contradicts-itself",
        severity: Severity::Error,
        summary: "The test of a rule holds on no sheet",
        what: "A rule with tests of which at least two never hold together; the smallest such part is named.",
        why: "The rule never fires, wherever it stands.",
        example: "when: {all: [{services: \">= 100\"}, {services: \"< 30\"}]}",
        fix: "Drop one of the tests named, or write `any` where one of them is enough.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let mut found = Found::default();
    for contradiction in contradictions(subject, &mut found)? {
        if let (None, Some((first, _))) = (contradiction.sum(), contradiction.core.first()) {
            found
                .findings
                .push(contradiction.finding(&CHECK.kind, first, subject));
        }
    }
    Some(found)
}

/// What never holds together in a rule that never fires by its own test alone.
pub(super) struct Contradiction<'r> {
    pub(super) rule: &'r Rule,
    /// The smallest such part of its test.
    pub(super) core: Vec<(Route, &'r VerdictTest)>,
}

impl Contradiction<'_> {
    /// The part that reads a sum, if one does.
    pub(super) fn sum(&self) -> Option<&Route> {
        let reads_sum = |test: &VerdictTest| {
            test.atoms()
                .any(|atom| !matches!(atom, VerdictAtom::Facts(_)))
        };
        self.core
            .iter()
            .find(|(_, test)| reads_sum(test))
            .map(|(route, _)| route)
    }

    /// The finding, at `route`.
    pub(super) fn finding(
        &self,
        kind: &'static Kind,
        route: &Route,
        subject: &Subject<'_>,
    ) -> Finding {
        let texts: Vec<String> = self
            .core
            .iter()
            .map(|(route, _)| subject.text(route))
            .collect();
        let together = if texts.len() > 1 {
            "never hold together"
        } else {
            "never holds"
        };
        let texts = names(texts.iter().map(String::as_str));
        let message = format!(
            "the rule `{}` never fires: {texts} {together}",
            self.rule.id
        );
        subject.finding_at(kind, (route, Part::Key), &self.rule.id, message)
    }
}

/// The rules that contradict themselves, unless it is one constant test that does it, which is told by itself.
pub(super) fn contradictions<'r>(
    subject: &Subject<'r>,
    found: &mut Found,
) -> Option<Vec<Contradiction<'r>>> {
    let (rubric, proofs) = (subject.rubric?, subject.proofs?);
    let mut all = Vec::new();
    for id in proofs.dead_rules() {
        let rule = &rubric.verdict[id];
        let parts = places::conjuncts(&rule.when, &rule.route.key("when"), subject.file);
        let tests: Vec<&VerdictTest> = parts.iter().map(|(_, test)| *test).collect();
        let core = proofs.why_dead(id).and_then(|why| match why {
            Dead::Contradiction => proofs.contradiction(&tests).map(Some),
            Dead::Covered { .. } => Ok(None),
        });
        match core {
            Ok(Some(core)) => {
                let core: Vec<_> = core
                    .iter()
                    .filter_map(|part| parts.get(*part).cloned())
                    .collect();
                let is_constant =
                    matches!(core.as_slice(), [(route, _)] if subject.constant.is_below(route));
                if !is_constant && !core.is_empty() {
                    all.push(Contradiction { rule, core });
                }
            }
            Ok(None) => {}
            Err(error) => {
                found.unchecked(format!("why the rule `{}` never fires", rule.id), &error)
            }
        }
    }
    Some(all)
}
