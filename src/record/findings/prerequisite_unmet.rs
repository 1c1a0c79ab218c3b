//! `prerequisite-unmet`: the decision needs something first, and the record does not say that it is done.

use super::{Check, Subject};
use crate::advice::wording;
use crate::finding::{Finding, Kind, Severity};
use verdict::answers::Answers;
use verdict::engine::advice_holds;
use verdict::rubric::{AdviceTest, Remark, Rubric};
use verdict::text::Part;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "prerequisite-unmet",
        severity: Severity::Warning,
        summary: "The decision has a prerequisite that the record does not say is met",
        what: "Tests the rubric's prerequisites on the decision and its answers. Those that apply must be met before the \
               decision is carried out; the record says how, under `prerequisites`.",
        why: "A mesh that nobody runs, or that nothing leaves the applications for, costs more than none.",
        example: "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: sidecarless\n\
                  answers: {mtls_mandate: every-workload, platform_team: none}\n```",
        fix: "Do what the prerequisite asks. Then change the answer, or say how it is met: \
              `prerequisites: {somebody-runs-it: \"Team Edge, from 2026-12-01\"}`.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Vec<Finding>> {
    let decision = subject.decision()?;
    let (choice, answers) = (decision.choice?, decision.answers.as_ref()?);
    let judgement = subject.judgement.as_ref()?;
    let rubric = subject.setting.rubric;
    // What was decided is carried out, not what is recommended.
    let mut evaluation = judgement.evaluation.clone();
    evaluation.recommendation = Some(choice);
    let is_met = |id: &str| decision.prerequisites.iter().any(|(met, _)| met == id);
    let unmet = rubric
        .prerequisites
        .iter()
        .filter(|prerequisite| advice_holds(&prerequisite.when, &judgement.assumed, &evaluation))
        .filter(|prerequisite| !is_met(&prerequisite.id));
    let finding = |prerequisite: &Remark| {
        let decided = subject.recommendation(choice);
        let message = format!(
            "The decision {decided} needs {} first, and the record does not say that it is met",
            prerequisite.id
        );
        let help = format!(
            "{} Then say how, under `prerequisites`.",
            wording(
                &prerequisite.text,
                is_known(&prerequisite.when, rubric, answers),
                rubric,
                answers
            )
            .0
        );
        let finding = subject.finding(
            &CHECK.kind,
            subject.span(&["decision"], Part::Value),
            message,
        );
        finding.with_key(prerequisite.id.as_str()).with_help(help)
    };
    Some(unmet.map(finding).collect())
}

/// Whether every fact that a test reads is known, directly or through the named tests that it refers to.
fn is_known(when: &AdviceTest, rubric: &Rubric, answers: &Answers) -> bool {
    let read = rubric.facts_read(when);
    read.iter()
        .all(|fact| answers.value(&rubric.facts[*fact]).is_some())
}
