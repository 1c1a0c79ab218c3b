//! Reasoning with unknown answers: what can still come out, and which answer to look for first.

use std::sync::Arc;

use super::cells::Measure;
use super::{Diagram, Folded, Target};
use crate::ids::{RecommendationId, Set, Table};
use crate::rubric::Fact;

/// An unknown fact that can still matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Deciding {
    /// The fact.
    pub fact: Arc<Fact>,
    /// The expected drop in the entropy of the recommendation once the fact is known, in bits.
    pub bits: f64,
}

/// Drops that differ by less are rounding errors of each other: 2^-30 bits.
const RESOLUTION: f64 = (1_u64 << 30) as f64;

/// From sheets to recommendations.
type Verdict = Diagram<Option<RecommendationId>>;

/// The recommendations that some way of filling in the unknown facts leads to. `below` holds those below each target.
pub(super) fn possible(
    diagram: &Verdict,
    below: &Folded<Set<RecommendationId>>,
    known: &[Option<usize>],
) -> Set<RecommendationId> {
    let mut found = Set::NONE;
    let mut seen = vec![false; diagram.len()];
    let mut waiting = vec![diagram.root()];
    while let Some(target) = waiting.pop() {
        let Some((level, children)) = diagram.ask(target) else {
            found = found.or(target.label().flatten().map(Set::only).unwrap_or_default());
            continue;
        };
        let has_news = below
            .get(target)
            .is_some_and(|labels| !labels.without(found).is_empty());
        let is_new = target
            .position()
            .and_then(|position| seen.get_mut(position))
            .is_some_and(|seen| {
                let is_new = !*seen;
                *seen = true;
                is_new
            });
        if !has_news || !is_new {
            continue;
        }
        match known.get(level).copied().flatten() {
            Some(cell) => waiting.extend(children.get(cell)),
            None => waiting.extend_from_slice(children),
        }
    }
    found
}

/// The recommendations below each target.
pub(super) fn recommendations_below(diagram: &Verdict) -> Folded<Set<RecommendationId>> {
    diagram.fold(
        |label| label.map(Set::only).unwrap_or_default(),
        |_, children| {
            children
                .iter()
                .fold(Set::NONE, |all, child| all.or(**child))
        },
    )
}

/// Whether a test holds whatever the unknown answers are; `None` when they decide it.
pub(super) fn settled(test: &Diagram<bool>, known: &[Option<usize>]) -> Option<bool> {
    test.rebuilt(|holds| holds, known).root().label()
}

/// The unknown facts that can still matter: those of questions before those of follow-ups, in each part those that tell most
/// first, and of equals in the order of the rubric.
/// The cells of an unknown fact are as likely as the rubric says, or else equally likely, and the facts independent.
pub(super) fn deciding(diagram: &Verdict, known: &[Option<usize>]) -> Vec<Deciding> {
    let open = diagram.rebuilt(|label| label, known);
    let labels: Vec<Option<RecommendationId>> = open.labels().into_iter().collect();
    let chances = chances(&open, Measure::Cells);
    let shares = shares_below(&open, &labels, &chances);
    let Some(total) = shares.get(open.root()) else {
        return Vec::new();
    };
    let reach = reach(&open, &chances);
    let before = entropy(total);
    let mut deciding = Vec::new();
    for (level, cells) in open.levels().iter().enumerate() {
        // The share of each label on the paths that ask for this fact, cell by cell, and on those that do not.
        let mut asked = vec![vec![0.0; labels.len()]; cells.count()];
        let mut skipped = total.clone();
        let mut is_asked = false;
        for (target, _, children) in open.nodes().filter(|(_, own, _)| *own == level) {
            is_asked = true;
            let weight = target
                .position()
                .and_then(|position| reach.get(position))
                .copied()
                .unwrap_or(0.0);
            add(&mut skipped, shares.get(target), -weight);
            for (sum, child) in asked.iter_mut().zip(children) {
                add(sum, shares.get(*child), weight);
            }
        }
        if !is_asked {
            continue;
        }
        let after = asked
            .iter_mut()
            .zip(chances.get(level).into_iter().flatten());
        let after: f64 = after
            .map(|(sum, chance)| {
                add(sum, Some(&skipped), 1.0);
                entropy(sum) * chance
            })
            .sum();
        let bits = before - after;
        deciding.push(Deciding {
            fact: cells.fact.clone(),
            bits: (bits * RESOLUTION).round() / RESOLUTION,
        });
    }
    deciding.sort_by(|a, b| {
        let parts = a.fact.is_follow_up.cmp(&b.fact.is_follow_up);
        parts
            .then(b.bits.total_cmp(&a.bits))
            .then(a.fact.position.cmp(&b.fact.position))
    });
    deciding
}

/// How the ways of filling in the unknown facts divide among the recommendations: as likely as the rubric says, or else
/// every value as likely as every other. What is missing to 1 is the share of those on which no rule holds.
pub(super) fn shares(
    diagram: &Verdict,
    recommendations: impl Iterator<Item = RecommendationId>,
    known: &[Option<usize>],
) -> Table<RecommendationId, f64> {
    let open = diagram.rebuilt(|label| label, known);
    let labels: Vec<Option<RecommendationId>> = recommendations.map(Some).collect();
    let shares = shares_below(&open, &labels, &chances(&open, Measure::Values));
    shares
        .get(open.root())
        .into_iter()
        .flatten()
        .copied()
        .collect()
}

/// How likely a random sheet comes by each node.
fn reach(diagram: &Verdict, chances: &[Vec<f64>]) -> Vec<f64> {
    let mut reach = vec![0.0; diagram.len()];
    let give = |target: Target, share: f64, reach: &mut Vec<f64>| {
        if let Some(slot) = target
            .position()
            .and_then(|position| reach.get_mut(position))
        {
            *slot += share;
        }
    };
    give(diagram.root(), 1.0, &mut reach);
    for (target, level, children) in diagram.nodes().rev() {
        let own = target
            .position()
            .and_then(|position| reach.get(position))
            .copied()
            .unwrap_or(0.0);
        for (child, chance) in children
            .iter()
            .zip(chances.get(level).into_iter().flatten())
        {
            give(*child, own * chance, &mut reach);
        }
    }
    reach
}

/// How likely each cell of each level is.
fn chances(diagram: &Verdict, measure: Measure) -> Vec<Vec<f64>> {
    diagram
        .levels()
        .iter()
        .map(|cells| cells.chances(measure))
        .collect()
}

/// The share of each of these labels below each target.
fn shares_below(
    diagram: &Verdict,
    labels: &[Option<RecommendationId>],
    chances: &[Vec<f64>],
) -> Folded<Vec<f64>> {
    let alone = |label: Option<RecommendationId>| -> Vec<f64> {
        labels
            .iter()
            .map(|other| f64::from(u8::from(*other == label)))
            .collect()
    };
    diagram.fold(alone, |level, children| {
        let mut sums = vec![0.0; labels.len()];
        for (child, chance) in children
            .iter()
            .zip(chances.get(level).into_iter().flatten())
        {
            add(&mut sums, Some(child), *chance);
        }
        sums
    })
}

fn add(sums: &mut [f64], row: Option<&Vec<f64>>, weight: f64) {
    sums.iter_mut()
        .zip(row.into_iter().flatten())
        .for_each(|(sum, share)| *sum += share * weight);
}

/// Shannon's entropy of a distribution, in bits. The logarithm is the same code on every platform, so that the order of
/// facts that tell nearly as much is too.
fn entropy(shares: &[f64]) -> f64 {
    shares
        .iter()
        .filter(|share| **share > 0.0)
        .map(|share| -share * libm::log2(*share))
        .sum()
}
