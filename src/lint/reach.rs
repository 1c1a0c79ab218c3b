//! Comparisons out of reach, and tests that never or always hold.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::catalogue::{
    ALWAYS_HOLDS, COUNT_OUT_OF_REACH, DEFINITION_UNUSED, NEVER_HOLDS, SCORE_OUT_OF_REACH,
    THRESHOLD_OUT_OF_RANGE,
};
use super::desk::Desk;
use super::readings::{Owner, Read, Reading, readings};
use crate::finding;
use verdict::engine::{Holds, Proofs, Sums};
use verdict::ids::NamedId;
use verdict::rubric::{
    Accepts, Comparison, FactAtom, FactTest, Kind, Relation, Rubric, Test, VerdictAtom,
};
use verdict::text::{Part, Route};

/// What was found wrong with tests, so that its consequences are not told as if they were faults of their own.
#[derive(Debug, Default)]
pub(super) struct Faulty {
    /// Elementary tests that always or never hold.
    atoms: BTreeSet<Route>,
    /// Conditions and definitions that always or never hold.
    named: BTreeSet<NamedId>,
    /// How far the sums go, when that could be found out.
    pub(super) sums: Option<Sums>,
}

impl Faulty {
    /// Whether an elementary test always or never holds, by itself or because of what it refers to.
    pub(super) fn contains(&self, reading: &Reading<'_>) -> bool {
        let is_named_faulty = |named: &NamedId| self.named.contains(named);
        self.atoms.contains(&reading.route)
            || matches!(reading.read, Read::Fact(FactAtom::Named { named, .. }) if is_named_faulty(named))
    }

    /// Whether something below a route is faulty.
    pub(super) fn is_below(&self, route: &Route, readings: &[Reading<'_>]) -> bool {
        readings.iter().any(|reading| {
            reading.route.steps().starts_with(route.steps()) && self.contains(reading)
        })
    }
}

pub(super) fn check(desk: &mut Desk<'_>, rubric: &Rubric, proofs: Option<&Proofs<'_>>) -> Faulty {
    let readings = readings(rubric, desk.outline);
    let mut faulty = Faulty::default();
    thresholds(desk, rubric, &readings, &mut faulty);
    if let Some(proofs) = proofs {
        match proofs.sums() {
            Ok(sums) => {
                self::sums(desk, &readings, proofs, &sums, &mut faulty);
                faulty.sums = Some(sums);
            }
            Err(error) => desk.unchecked("how far the score and the conditions go", &error),
        }
        tests(desk, rubric, proofs, &readings, &mut faulty);
    }
    unused(desk, rubric, &readings);
    faulty
}

/// Comparisons of counts with numbers beyond their range.
fn thresholds(desk: &mut Desk<'_>, rubric: &Rubric, readings: &[Reading<'_>], faulty: &mut Faulty) {
    for reading in readings {
        if let Read::Fact(FactAtom::Fact {
            fact,
            accepts: Accepts::Count(comparison),
        }) = reading.read
            && let fact = &rubric.facts[*fact]
            && let Kind::Count { min, max } = fact.kind
            && let Some(holds) = constant(*comparison, &(min..=max))
        {
            let message = format!(
                "`{}: \"{comparison}\"` {} holds: `{}` lies between {min} and {max}",
                fact.id,
                adverb(holds),
                fact.id
            );
            let about = reading.route.to_string();
            let finding = desk.finding_at(
                &THRESHOLD_OUT_OF_RANGE,
                &reading.route,
                Part::Value,
                &about,
                message,
            );
            desk.report(finding.with_help(THRESHOLD_OUT_OF_RANGE.fix));
            faulty.atoms.insert(reading.route.clone());
        }
    }
}

/// Comparisons of the sums with numbers that they do not reach.
fn sums(
    desk: &mut Desk<'_>,
    readings: &[Reading<'_>],
    proofs: &Proofs<'_>,
    sums: &Sums,
    faulty: &mut Faulty,
) {
    for reading in readings {
        let (rule, key, name, comparison, range, atom): (&'static finding::Kind, _, _, _, _, _) =
            match reading.read {
                Read::Score(comparison) => (
                    &SCORE_OUT_OF_REACH,
                    "score",
                    "the score",
                    comparison,
                    &sums.score,
                    VerdictAtom::Score(comparison),
                ),
                Read::ConditionsMet(comparison) => {
                    let atom = VerdictAtom::ConditionsMet(comparison);
                    let name = "the number of conditions met";
                    (
                        &COUNT_OUT_OF_REACH,
                        "conditions_met",
                        name,
                        comparison,
                        &sums.conditions_met,
                        atom,
                    )
                }
                Read::Fact(_) => continue,
            };
        let holds = match constant(comparison, range) {
            // A number in the range may still be one that the sum skips.
            None if matches!(comparison.relation, Relation::Equal | Relation::Unequal) => {
                match proofs.holds(&Test::Atom(atom)) {
                    Ok(Holds::Sometimes) => None,
                    Ok(holds) => Some(holds == Holds::Always),
                    Err(error) => {
                        desk.unchecked(format!("whether `{}` can hold", reading.route), &error);
                        None
                    }
                }
            }
            holds => holds,
        };
        if let Some(holds) = holds {
            let (least, most) = (range.start(), range.end());
            let reach = format!("{name} lies between {least} and {most}");
            let message = format!("`{key}: \"{comparison}\"` {} holds: {reach}", adverb(holds));
            let finding = desk.finding(rule, &reading.route, &reading.route.to_string(), message);
            desk.report_with_caveat(finding.with_help(rule.fix));
            faulty.atoms.insert(reading.route.clone());
        }
    }
}

/// Signals, conditions and definitions that never or always hold.
fn tests(
    desk: &mut Desk<'_>,
    rubric: &Rubric,
    proofs: &Proofs<'_>,
    readings: &[Reading<'_>],
    faulty: &mut Faulty,
) {
    for (id, named) in rubric.named.entries() {
        let kind = if rubric.is_condition(id) {
            "condition"
        } else {
            "definition"
        };
        let what = format!("the {kind} `{}`", named.id);
        if test(
            desk,
            proofs,
            (&named.when, &named.route, &what, &named.id),
            readings,
            faulty,
        ) {
            faulty.named.insert(id);
        }
    }
    for question in rubric.questions.iter().chain(&rubric.follow_ups) {
        for (index, signal) in question.signals.iter().enumerate() {
            let what = format!("signal {} of the question `{}`", index + 1, question.id);
            let about = format!("{}.signals[{index}]", question.id);
            test(
                desk,
                proofs,
                (&signal.when, &signal.route, &what, &about),
                readings,
                faulty,
            );
        }
    }
}

/// Whether a test always or never holds; reported unless what it reads was.
fn test(
    desk: &mut Desk<'_>,
    proofs: &Proofs<'_>,
    (when, route, what, about): (&FactTest, &Route, &str, &str),
    readings: &[Reading<'_>],
    faulty: &Faulty,
) -> bool {
    let route = route.key("when");
    let (rule, message) = match proofs.facts_hold(when) {
        Ok(Holds::Sometimes) => return false,
        Ok(Holds::Never) => (&NEVER_HOLDS, format!("{what} holds on no sheet")),
        Ok(Holds::Always) => (&ALWAYS_HOLDS, format!("{what} holds on every sheet")),
        Err(error) => {
            desk.unchecked(format!("whether {what} can hold"), &error);
            return false;
        }
    };
    if !faulty.is_below(&route, readings) {
        let finding = desk.finding(rule, &route, about, message);
        desk.report(finding.with_help(rule.fix));
    }
    true
}

/// Definitions that no test refers to.
fn unused(desk: &mut Desk<'_>, rubric: &Rubric, readings: &[Reading<'_>]) {
    for (id, named) in rubric.named.entries() {
        let refers = |reading: &Reading<'_>| {
            reading.owner != Owner::Named(id)
                && matches!(reading.read, Read::Fact(FactAtom::Named { named: other, .. }) if *other == id)
        };
        if !rubric.is_condition(id)
            && !readings.iter().any(refers)
            && !desk.left_out.names.contains(named.id.as_str())
        {
            let message = format!("no test refers to the definition `{}`", named.id);
            let finding = desk.finding(&DEFINITION_UNUSED, &named.route, &named.id, message);
            desk.report(finding.with_help(DEFINITION_UNUSED.fix));
        }
    }
}

/// What a comparison says of every number in a range; `None` when it says different things.
fn constant(comparison: Comparison, range: &RangeInclusive<i64>) -> Option<bool> {
    let changes = comparison
        .edges()
        .any(|edge| range.start() < &edge && &edge <= range.end());
    (!changes).then(|| comparison.holds(*range.start()))
}

fn adverb(holds: bool) -> &'static str {
    if holds { "always" } else { "never" }
}
