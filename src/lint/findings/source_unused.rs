//! `source-unused`: a source that nothing cites.

use std::collections::BTreeSet;

use super::{Check, Found, Subject};
use crate::finding::{Kind, Severity};
use verdict::ids::{Id, SourceId};
use verdict::rubric::Rubric;
use verdict::text::Route;

pub(super) static CHECK: Check = Check {
    kind: Kind {
        id: "source-unused",
        severity: Severity::Warning,
        summary: "Nothing cites a source",
        what: "A source that no signal, condition, rule, remark, step or figure cites.",
        why: "Readers cannot tell what rests on it.",
        example: "sources: [{id: forgotten, …}]",
        fix: "Cite it where it is the reason, or delete it.",
    },
    look,
};

fn look(subject: &Subject<'_>) -> Option<Found> {
    let rubric = subject.faultless()?;
    let cited: BTreeSet<SourceId> = cited(rubric).collect();
    let mut found = Vec::new();
    for (id, source) in rubric.sources.entries() {
        if !cited.contains(&id) && !subject.tax().mentions(&source.id) {
            let message = format!("nothing cites the source `{}`", source.id);
            let route = Route::top().key("sources").index(id.position());
            found.push(subject.finding(&CHECK.kind, &route, &source.id, message));
        }
    }
    Some(found.into())
}

fn cited(rubric: &Rubric) -> impl Iterator<Item = SourceId> {
    let signals = rubric.signals.iter().map(|signal| signal.source);
    let conditions = rubric.conditions.iter().map(|condition| condition.source);
    let rules = rubric.verdict.iter().map(|rule| rule.source);
    let remarks = rubric
        .prerequisites
        .iter()
        .chain(&rubric.cautions)
        .map(|remark| remark.source);
    let plan = rubric.plan.iter().map(|step| step.source);
    signals
        .chain(conditions)
        .chain(rules)
        .chain(remarks)
        .chain(plan)
        .flatten()
}
