//! What an advice can say: on which sheets, in which words, and which facts that rests on.

use std::collections::BTreeSet;

use super::subject::{Found, Subject};
use verdict::engine::{Holds, TooLarge};
use verdict::ids::FactId;
use verdict::rubric::{ReadsFacts, Rubric, Test, Wording};
use verdict::text::Route;

/// A prerequisite, a caution or a step, and on which sheets it is shown.
pub(super) struct Spoken<'r> {
    /// Where it stands.
    pub(super) route: &'r Route,
    /// What it is, in words.
    pub(super) what: String,
    /// The same, for the fingerprint.
    pub(super) about: String,
    /// Whether a test was written.
    pub(super) has_test: bool,
    /// On which sheets it is shown.
    pub(super) holds: Holds,
}

/// Every prerequisite, caution and step, with the sheets on which it is shown.
pub(super) fn spoken<'r>(subject: &Subject<'r>, found: &mut Found) -> Option<Vec<Spoken<'r>>> {
    let (rubric, proofs) = (subject.whole()?, subject.proofs?);
    let remarks = |kind: &'static str, all: std::slice::Iter<'r, verdict::rubric::Remark>| {
        all.map(move |own| (kind, &own.id, &own.when, &own.route))
    };
    let all = remarks("prerequisite", rubric.prerequisites.iter())
        .chain(remarks("caution", rubric.cautions.iter()))
        .chain(
            rubric
                .plan
                .iter()
                .map(|own| ("step", &own.id, &own.when, &own.route)),
        );
    let mut spoken = Vec::new();
    for (kind, id, when, route) in all {
        let ids = rubric.recommendations.ids();
        let all = ids.map(|own| proofs.holds_given(own, &when.given(own)));
        let all = all.filter_map(Result::transpose);
        let what = format!("the {kind} `{id}`");
        let holds = match all.collect::<Result<Vec<Holds>, TooLarge>>() {
            Ok(all) if all.iter().all(|holds| *holds == Holds::Never) => Holds::Never,
            Ok(all) if all.iter().all(|holds| *holds == Holds::Always) => Holds::Always,
            Ok(_) => Holds::Sometimes,
            Err(error) => {
                found.unchecked(format!("on which sheets {what} is shown"), &error);
                continue;
            }
        };
        spoken.push(Spoken {
            route,
            what,
            about: format!("{kind} {id}"),
            has_test: !when.is_always(),
            holds,
        });
    }
    Some(spoken)
}

/// A text that may name facts, and what its test reads.
pub(super) struct Worded<'r> {
    /// Where the thing stands that it belongs to.
    pub(super) route: &'r Route,
    /// Under which key it stands there.
    pub(super) key: &'static str,
    /// The text.
    pub(super) wording: &'r Wording,
    /// The facts that the test reads, directly or by a name.
    pub(super) reads: BTreeSet<FactId>,
    /// Whether the test reads a sum or the recommendation, and so what every other test does, or is no test
    /// at all.
    pub(super) reads_everything: bool,
}

/// Every text that may name facts.
pub(super) fn worded(rubric: &Rubric) -> Vec<Worded<'_>> {
    let mut all = Vec::new();
    for signal in rubric.signals.iter() {
        let (reads, _) = reads(rubric, &signal.when);
        all.push(Worded {
            route: &signal.route,
            key: "reason",
            wording: &signal.reason,
            reads,
            reads_everything: false,
        });
    }
    for rule in rubric.verdict.iter() {
        let (reads, sums) = reads(rubric, &rule.when);
        let reads_everything = sums || rule.when.is_always();
        all.push(Worded {
            route: &rule.route,
            key: "because",
            wording: &rule.because,
            reads,
            reads_everything,
        });
    }
    let remarks = rubric.prerequisites.iter().chain(&rubric.cautions);
    let remarks = remarks.map(|own| (&own.route, "text", &own.text, &own.when));
    let steps = rubric
        .plan
        .iter()
        .map(|own| (&own.route, "detail", &own.detail, &own.when));
    for (route, key, wording, when) in remarks.chain(steps) {
        let (reads, sums) = reads(rubric, when);
        let reads_everything = sums || when.is_always();
        all.push(Worded {
            route,
            key,
            wording,
            reads,
            reads_everything,
        });
    }
    all
}

/// The facts that a test reads, and whether it reads something else.
fn reads<A: ReadsFacts>(rubric: &Rubric, when: &Test<A>) -> (BTreeSet<FactId>, bool) {
    let reads_else = when.atoms().any(|atom| atom.facts().is_none());
    (rubric.facts_read(when), reads_else)
}
