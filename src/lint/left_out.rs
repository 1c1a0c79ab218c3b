//! What took no part in the proofs: parts of the file with a mistake, and parts that refer to those.

use std::collections::BTreeSet;

use verdict::rubric::{Draft, Rubric};
use verdict::text::{Outline, Route, Source};

/// The lists whose items are left out when they have a mistake.
const PARTS: [&str; 9] = [
    "facts",
    "signals",
    "conditions",
    "definitions",
    "verdict",
    "prerequisites",
    "cautions",
    "guarantees",
    "plan",
];

/// What was left out of the proofs.
#[derive(Clone, Debug, Default)]
pub(super) struct LeftOut {
    /// How many parts.
    pub(super) count: usize,
    /// The names that stand in them as keys, or were probably meant there.
    pub(super) names: BTreeSet<String>,
    /// Whether one of them can move the recommendation.
    pub(super) moves_the_recommendation: bool,
}

impl LeftOut {
    pub(super) fn of(source: &Source, draft: &Draft) -> Self {
        let mut left_out = Self::default();
        let Some(rubric) = &draft.rubric else {
            return left_out;
        };
        for (route, moves_the_recommendation) in missing(rubric, &draft.outline) {
            left_out.count += 1;
            left_out.moves_the_recommendation |= moves_the_recommendation;
            left_out.names.extend(
                draft
                    .outline
                    .keys_below(&route)
                    .into_iter()
                    .map(str::to_owned),
            );
        }
        // What did not even have the right form is no longer in the draft's outline.
        let whole = Outline::read(source).unwrap_or_default();
        for (section, moves_the_recommendation) in sections(&whole) {
            let cut = whole
                .count(&section)
                .saturating_sub(draft.outline.count(&section));
            left_out.count += cut;
            left_out.moves_the_recommendation |= cut > 0 && moves_the_recommendation;
        }
        for placed in &draft.problems {
            left_out.names.extend(placed.problem.did_you_mean.clone());
            left_out.names.extend(
                whole
                    .keys_around(placed.span.start, &PARTS)
                    .into_iter()
                    .map(str::to_owned),
            );
        }
        left_out
    }
}

/// The lists of parts in a file, and whether their items can move the recommendation.
fn sections(outline: &Outline) -> Vec<(Route, bool)> {
    let top = |section: &str| Route::top().key(section);
    let mut sections = Vec::new();
    for questions in ["questions", "follow_ups"].map(top) {
        for question in (0..outline.count(&questions)).map(|index| questions.index(index)) {
            sections.extend(["facts", "signals"].map(|list| (question.key(list), true)));
        }
    }
    sections.extend(["conditions", "definitions", "verdict"].map(|section| (top(section), true)));
    sections.extend(
        ["prerequisites", "cautions", "guarantees", "cases", "plan"]
            .map(|section| (top(section), false)),
    );
    sections
}

/// The routes of items that are in the file and not in the rubric, and whether they can move the recommendation.
fn missing(rubric: &Rubric, outline: &Outline) -> Vec<(Route, bool)> {
    let loaded: BTreeSet<&Route> = loaded(rubric).collect();
    let mut missing = Vec::new();
    for (section, moves_the_recommendation) in sections(outline) {
        let routes = (0..outline.count(&section)).map(|index| section.index(index));
        missing.extend(
            routes
                .filter(|route| !loaded.contains(route))
                .map(|route| (route, moves_the_recommendation)),
        );
    }
    missing
}

fn loaded(rubric: &Rubric) -> impl Iterator<Item = &Route> {
    let facts = rubric.facts.iter().map(|fact| &fact.route);
    let signals = rubric.signals().map(|signal| &signal.route);
    let named = rubric.named.iter().map(|named| &named.route);
    let conditions = rubric.conditions.iter().map(|condition| &condition.route);
    let rules = rubric.verdict.iter().map(|rule| &rule.route);
    let remarks = rubric
        .prerequisites
        .iter()
        .chain(&rubric.cautions)
        .map(|remark| &remark.route);
    let guarantees = rubric.guarantees.iter().map(|guarantee| &guarantee.route);
    let cases = rubric.cases.iter().map(|case| &case.route);
    let plan = rubric.plan.iter().map(|step| &step.route);
    facts
        .chain(signals)
        .chain(named)
        .chain(conditions)
        .chain(rules)
        .chain(remarks)
        .chain(guarantees)
        .chain(cases)
        .chain(plan)
}
