//! The verdict: sheets that no rule covers, rules that never fire, recommendations that are never given.

use super::catalogue::{
    NEVER_RECOMMENDED, NO_RULE_HOLDS, RULE_CONTRADICTS_ITSELF, RULE_COVERED, RULE_DUPLICATE,
    SCORE_CONTRADICTION,
};
use super::desk::Desk;
use super::reach::Faulty;
use super::readings::readings;
use super::words;
use crate::words::names;
use verdict::engine::{Dead, Proofs, TooLarge};
use verdict::ids::{Id, RuleId};
use verdict::rubric::{Rubric, Rule, VerdictAtom, places};
use verdict::text::{Part, Problem, Route, Step};

/// Shows sheets that no rule covers. Whether there are some.
pub(super) fn gap(desk: &mut Desk<'_>, rubric: &Rubric, proofs: Option<&Proofs<'_>>) -> bool {
    let section = Route::top().key("verdict");
    let last = desk
        .outline
        .count(&section)
        .checked_sub(1)
        .map(|last| section.index(last));
    // When the last rule could not be read, it is not known what it covers.
    if rubric.verdict.last().map(|rule| &rule.route) != last.as_ref() {
        return false;
    }
    let Some((proofs, moves)) = proofs.and_then(|proofs| Some((proofs, proofs.uncovered()?)))
    else {
        return false;
    };
    let shares = proofs.shares();
    let count = shares.of(None);
    let example = words::sheet(&moves);
    let message = format!(
        "no rule holds on {count} of {} sheets, such as {example}",
        shares.total
    );
    let route = last.map_or(section, |last| last.key("when"));
    let finding = desk
        .finding_at(&NO_RULE_HOLDS, &route, Part::Key, "", message)
        .with_help(NO_RULE_HOLDS.fix);
    desk.report_with_caveat(finding);
    true
}

/// Whether this is the loader's word for a verdict that may not cover every sheet.
pub(super) fn is_missing_last_rule(problem: &Problem) -> bool {
    match problem.route.steps() {
        [Step::Key(section)] => section == "verdict",
        [Step::Key(section), Step::Index(_), Step::Key(key)] => {
            section == "verdict" && key == "when" && problem.part == Part::Key
        }
        _ => false,
    }
}

/// Finds rules that never fire and recommendations that are never given.
pub(super) fn check(desk: &mut Desk<'_>, rubric: &Rubric, proofs: &Proofs<'_>, faulty: &Faulty) {
    let equal = proofs.equal_rules().unwrap_or_else(|error| {
        desk.unchecked("whether rules have the same test", &error);
        Vec::new()
    });
    for (earlier, later) in &equal {
        let (earlier, later) = (&rubric.verdict[*earlier], &rubric.verdict[*later]);
        let message = format!(
            "the rule `{}` never fires: it has the same test as `{}`",
            later.id, earlier.id
        );
        let finding = desk.finding(&RULE_DUPLICATE, &later.route, &later.id, message);
        desk.report(finding.with_help(RULE_DUPLICATE.fix));
    }
    let is_told = |rule: &RuleId| equal.iter().any(|(_, later)| later == rule);
    for id in proofs
        .dead_rules()
        .into_iter()
        .filter(|rule| !is_told(rule))
    {
        let rule = &rubric.verdict[id];
        if let Err(error) = dead(desk, rubric, proofs, faulty, (id, rule)) {
            desk.unchecked(format!("why the rule `{}` never fires", rule.id), &error);
        }
    }
    for own in proofs.never_recommended() {
        let recommendation = &rubric.recommendations[own];
        let is_named = rubric.verdict.iter().any(|rule| rule.recommend == own);
        let why = if is_named {
            "no rule that gives it ever fires"
        } else {
            "no rule gives it"
        };
        let route = Route::top().key("recommendations").index(own.position());
        let message = format!("`{}` is never recommended: {why}", recommendation.id);
        let finding = desk.finding(&NEVER_RECOMMENDED, &route, &recommendation.id, message);
        desk.report_with_caveat(finding.with_help(NEVER_RECOMMENDED.fix));
    }
}

/// Tells why a rule never fires.
fn dead(
    desk: &mut Desk<'_>,
    rubric: &Rubric,
    proofs: &Proofs<'_>,
    faulty: &Faulty,
    (id, rule): (RuleId, &Rule),
) -> Result<(), TooLarge> {
    let ids =
        |rules: &[RuleId]| names(rules.iter().map(|other| rubric.verdict[*other].id.as_str()));
    let why = match proofs.why_dead(id)? {
        Dead::Contradiction => return contradiction(desk, rubric, proofs, faulty, rule),
        Dead::Covered {
            alone: Some(other), ..
        } => format!("{} holds wherever it does", ids(&[other])),
        Dead::Covered { by, alone: None } => {
            format!("{} together take every sheet on which it holds", ids(&by))
        }
    };
    let message = format!("the rule `{}` never fires: {why}", rule.id);
    let finding = desk
        .finding(&RULE_COVERED, &rule.route, &rule.id, message)
        .with_help(RULE_COVERED.fix);
    desk.report_with_caveat(finding);
    Ok(())
}

/// Tells which tests of a rule never hold together, unless one of them never holds by itself and was told.
fn contradiction(
    desk: &mut Desk<'_>,
    rubric: &Rubric,
    proofs: &Proofs<'_>,
    faulty: &Faulty,
    rule: &Rule,
) -> Result<(), TooLarge> {
    let parts = places::conjuncts(&rule.when, &rule.route.key("when"), desk.outline);
    let core = proofs.contradiction(&parts.iter().map(|(_, test)| *test).collect::<Vec<_>>())?;
    let core: Vec<_> = core.iter().filter_map(|part| parts.get(*part)).collect();
    let readings = readings(rubric, desk.outline);
    if core
        .iter()
        .any(|(route, _)| faulty.is_below(route, &readings))
        && core.len() == 1
    {
        return Ok(());
    }
    let reads_sum = |part: &&&(Route, &verdict::rubric::VerdictTest)| {
        let mut reads = false;
        part.1
            .for_each_atom(&mut |atom| reads |= !matches!(atom, VerdictAtom::Facts(_)));
        reads
    };
    let sum = core.iter().find(reads_sum);
    let texts: Vec<String> = core.iter().map(|(route, _)| desk.text(route)).collect();
    let texts = names(texts.iter().map(String::as_str));
    let together = if core.len() > 1 {
        "never hold together"
    } else {
        "never holds"
    };
    let message = format!("the rule `{}` never fires: {texts} {together}", rule.id);
    let Some((route, _)) = sum.or(core.first()) else {
        return Ok(());
    };
    let info = if sum.is_some() {
        &SCORE_CONTRADICTION
    } else {
        &RULE_CONTRADICTS_ITSELF
    };
    let finding = desk
        .finding_at(info, route, Part::Key, &rule.id, message)
        .with_help(info.fix);
    if sum.is_some() {
        desk.report_with_caveat(finding);
    } else {
        desk.report(finding);
    }
    Ok(())
}
