//! Facts, questions and options that make no difference.

use std::collections::BTreeMap;

use super::catalogue::{FACT_NEVER_MATTERS, FACT_UNUSED, OPTIONS_ALIKE, QUESTION_NEVER_MATTERS};
use super::citations;
use super::desk::Desk;
use super::readings::{Owner, Read, Reading, felt, readings};
use crate::words::names;
use verdict::engine::Proofs;
use verdict::ids::FactId;
use verdict::rubric::{Accepts, Fact, FactAtom, Options, Rubric, Text, Wording};

pub(super) fn check(desk: &mut Desk<'_>, rubric: &Rubric, proofs: Option<&Proofs<'_>>) {
    let readings = readings(rubric, desk.outline);
    let idle = idle_facts(desk, rubric, proofs, &readings);
    for question in rubric.questions.iter().chain(&rubric.follow_ups) {
        let asks = desk.outline.count(&question.route.key("facts"));
        if asks > 0
            && question.facts.len() == asks
            && question.facts.iter().all(|fact| idle.contains(fact))
        {
            let message = format!("no fact of the question `{}` matters", question.id);
            let finding = desk.finding(
                &QUESTION_NEVER_MATTERS,
                &question.route,
                &question.id,
                message,
            );
            desk.report_with_caveat(finding.with_help(QUESTION_NEVER_MATTERS.fix));
        }
    }
    for fact in &rubric.facts {
        options(desk, fact, &readings);
    }
}

/// Reports facts that are unused or never matter; their positions.
fn idle_facts(
    desk: &mut Desk<'_>,
    rubric: &Rubric,
    proofs: Option<&Proofs<'_>>,
    readings: &[Reading<'_>],
) -> Vec<FactId> {
    let felt = felt(rubric, readings);
    let is_felt = |owner: Owner| match owner {
        Owner::Signal(points) => points != 0,
        Owner::Named(named) => felt.contains(&named),
        Owner::Rule => true,
        Owner::Guarantee | Owner::Advice => false,
    };
    let tax = citations::tax(desk);
    let in_texts: Vec<FactId> = texts(rubric).flat_map(Text::facts).collect();
    let matter = proofs.map(Proofs::facts_that_matter);
    let mut idle = Vec::new();
    for fact in rubric
        .facts
        .iter()
        .filter(|fact| !desk.left_out.names.contains(fact.id.as_str()))
        .collect::<Vec<_>>()
    {
        let owners = || {
            readings
                .iter()
                .filter(|reading| reads(reading, fact))
                .map(|reading| reading.owner)
        };
        let is_tested = owners().any(is_felt);
        let is_used = owners().any(|owner| owner != Owner::Guarantee)
            || in_texts.contains(&fact.position)
            || tax.mentions(&fact.id);
        let never_matters = matter
            .as_ref()
            .is_some_and(|matter| !matter.contains(&fact.position));
        let (rule, message) = if is_tested && never_matters {
            (
                &FACT_NEVER_MATTERS,
                format!(
                    "`{}` is tested, but no answer to it moves the recommendation",
                    fact.id
                ),
            )
        } else if !is_used {
            (&FACT_UNUSED, format!("nothing reads `{}`", fact.id))
        } else {
            continue;
        };
        let finding = desk
            .finding(rule, &fact.route, &fact.id, message)
            .with_help(rule.fix);
        if is_tested {
            desk.report_with_caveat(finding);
        } else {
            desk.report(finding);
        }
        idle.push(fact.position);
    }
    idle
}

/// Reports options that every test treats alike.
fn options(desk: &mut Desk<'_>, fact: &Fact, readings: &[Reading<'_>]) {
    let masks: Vec<Options> = readings
        .iter()
        .filter_map(|reading| mask(reading, fact))
        .collect();
    if masks.is_empty() || desk.left_out.names.contains(fact.id.as_str()) {
        return;
    }
    let mut alike: BTreeMap<Vec<bool>, Vec<usize>> = BTreeMap::new();
    for option in 0..fact.options().len() {
        alike
            .entry(masks.iter().map(|mask| mask.contains(option)).collect())
            .or_default()
            .push(option);
    }
    for group in alike.values().filter(|group| group.len() > 1) {
        let ids = group
            .iter()
            .filter_map(|option| fact.options().get(*option))
            .map(|option| option.id.as_str());
        let ids = names(ids);
        let message = format!("no test tells the options {ids} of `{}` apart", fact.id);
        let second = group.get(1).copied().unwrap_or_default();
        let route = fact.route.key("options").index(second);
        let finding = desk.finding(&OPTIONS_ALIKE, &route, &fact.id, message);
        desk.report(finding.with_help(OPTIONS_ALIKE.fix));
    }
}

/// The options of a fact that an elementary test names.
fn mask(reading: &Reading<'_>, fact: &Fact) -> Option<Options> {
    match reading.read {
        Read::Fact(FactAtom::Fact { fact: own, accepts }) if *own == fact.position => match accepts
        {
            Accepts::Choice(options) | Accepts::AnyFlag(options) => Some(*options),
            Accepts::NoFlag => Some(Options::first(fact.options().len())),
            Accepts::Count(_) | Accepts::YesNo(_) => None,
        },
        _ => None,
    }
}

fn reads(reading: &Reading<'_>, fact: &Fact) -> bool {
    matches!(reading.read, Read::Fact(FactAtom::Fact { fact: own, .. }) if *own == fact.position)
}

/// Every text that may name facts.
fn texts(rubric: &Rubric) -> impl Iterator<Item = &Text> {
    let reasons = rubric.signals().map(|signal| &signal.reason);
    let because = rubric.verdict.iter().map(|rule| &rule.because);
    let remarks = rubric
        .prerequisites
        .iter()
        .chain(&rubric.cautions)
        .map(|remark| &remark.text);
    let plan = rubric.plan.iter().map(|step| &step.detail);
    let wordings = reasons.chain(because).chain(remarks).chain(plan);
    wordings.flat_map(Wording::texts)
}
