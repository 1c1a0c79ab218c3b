//! `decision-contradicted`: what runs is not what was decided.

use super::{Check, Subject, at_most_one};
use crate::finding::{Kind, Severity};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "decision-contradicted",
        severity: Severity::Warning,
        summary: "What runs is not what was decided",
        what: "With `--manifests`, compares the decision with what runs there: a mesh under a decision for the least \
               machinery, or none under a decision for more.",
        why: "Either the decision was never carried out, or it was overtaken without anybody writing it down.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@1.0.0\ndecision: no-mesh\n\
                  answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}\n```",
        fix: "Carry the decision out, or decide again.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<crate::finding::Finding>> {
    let runs = subject.setting.seen?.runs.as_ref()?;
    let choice = subject.decision()?.choice?;
    // Recommendations stand in order, from least to most machinery.
    let is_least = subject.setting.rubric.recommendations.ids().next() == Some(choice);
    let what = if runs.is_there {
        "a mesh runs"
    } else {
        "no mesh runs"
    };
    let message = format!(
        "The decision is {}, and {what} ({})",
        subject.recommendation(choice),
        runs.evidence
    );
    let found = (is_least == runs.is_there).then(|| {
        subject
            .finding(
                &CHECK.kind,
                subject.span(&["decision"], Part::Value),
                message,
            )
            .with_help("carry the decision out, or decide again")
    });
    Some(at_most_one(found))
}
