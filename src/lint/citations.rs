//! Sources: whether something cites them, and whether they are dated.

use std::collections::BTreeSet;

use super::catalogue::{SOURCE_UNDATED, SOURCE_UNUSED};
use super::desk::Desk;
use verdict::rubric::Rubric;
use verdict::text::{Document, Route, Tree};

pub(super) fn check(desk: &mut Desk<'_>, rubric: &Rubric) {
    let cited = cited(rubric);
    let tax = tax(desk);
    for (index, source) in rubric.sources.iter().enumerate() {
        let route = Route::top().key("sources").index(index);
        if !cited.contains(source.id.as_str()) && !tax.mentions(&source.id) {
            let message = format!("nothing cites the source `{}`", source.id);
            let finding = desk.finding(&SOURCE_UNUSED, &route, &source.id, message);
            desk.report(finding.with_help(SOURCE_UNUSED.fix));
        }
        if source.as_of.is_none() {
            let message = format!("the source `{}` has no date", source.id);
            let finding = desk.finding(&SOURCE_UNDATED, &route, &source.id, message);
            desk.report(finding.with_help(SOURCE_UNDATED.fix));
        }
    }
}

/// What the section on the tax says, as it is written.
pub(super) fn tax(desk: &Desk<'_>) -> Tree {
    Document::read(desk.source)
        .ok()
        .and_then(|document| document.get("tax").cloned())
        .unwrap_or_default()
}

fn cited(rubric: &Rubric) -> BTreeSet<&str> {
    let signals = rubric.signals().map(|signal| &signal.source);
    let conditions = rubric.conditions.iter().map(|condition| &condition.source);
    let rules = rubric.verdict.iter().map(|rule| &rule.source);
    let remarks = rubric
        .prerequisites
        .iter()
        .chain(&rubric.cautions)
        .map(|remark| &remark.source);
    let plan = rubric.plan.iter().map(|step| &step.source);
    let all = signals
        .chain(conditions)
        .chain(rules)
        .chain(remarks)
        .chain(plan);
    all.filter_map(|source| rubric.citation(*source))
        .map(|source| source.id.as_str())
        .collect()
}
