//! Reasoning with unknown answers: what can still come out, and which answer to look for first.

use std::sync::Arc;

use super::cells::Measure;
use super::diagram::Known;
use super::{Diagram, Folded, Place, Target};
use crate::ids::{CellId, LevelId, NodeId, RecommendationId, Set, Table};
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
    known: &Known,
) -> Set<RecommendationId> {
    let mut found = Set::NONE;
    let mut seen = diagram.table(false);
    let mut waiting = vec![diagram.root()];
    while let Some(target) = waiting.pop() {
        let node = match target.place() {
            Place::Leaf(label) => {
                found = found.or(only(label));
                continue;
            }
            Place::Node(node) => node,
        };
        let has_news = !below[target].without(found).is_empty();
        let was_seen = std::mem::replace(&mut seen[node], true);
        if !has_news || was_seen {
            continue;
        }
        let (level, children) = diagram.node(node);
        match known[level] {
            Some(cell) => waiting.push(children[cell]),
            None => waiting.extend(children.iter()),
        }
    }
    found
}

/// The recommendations below each target.
pub(super) fn recommendations_below(diagram: &Verdict) -> Folded<Set<RecommendationId>> {
    diagram.fold(only, |_, children| {
        let below = children.iter();
        below.fold(Set::NONE, |all, child| all.or(**child))
    })
}

fn only(label: Option<RecommendationId>) -> Set<RecommendationId> {
    label.into_iter().collect()
}

/// The unknown facts that can still matter: those of questions before those of follow-ups, in each part those that tell most
/// first, and of equals in the order of the rubric.
/// The cells of an unknown fact are as likely as the rubric says, or else equally likely, and the facts independent.
pub(super) fn deciding(diagram: &Verdict, known: &Known) -> Vec<Deciding> {
    let open = diagram.given(known);
    let labels: Vec<Option<RecommendationId>> = open.labels().into_iter().collect();
    let chances = chances(&open, Measure::Cells);
    let shares = shares_below(&open, &labels, &chances);
    let total = &shares[open.root()];
    let reach = reach(&open, &chances);
    let before = entropy(total);
    let mut deciding = Vec::new();
    for (level, cells) in open.levels().entries() {
        // The share of each label on the paths that ask for this fact, cell by cell, and on those that do not.
        let mut asked = chances[level].map(|_| vec![0.0; labels.len()]);
        let mut skipped = total.clone();
        let mut is_asked = false;
        for (node, _, children) in open.nodes().filter(|(_, own, _)| *own == level) {
            is_asked = true;
            let weight = reach[node];
            add(&mut skipped, &shares[node.into()], -weight);
            for (cell, child) in children.entries() {
                add(&mut asked[cell], &shares[child], weight);
            }
        }
        if !is_asked {
            continue;
        }
        let after = asked.iter_mut().zip(&chances[level]);
        let after: f64 = after
            .map(|(sum, chance)| {
                add(sum, &skipped, 1.0);
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
    known: &Known,
) -> Table<RecommendationId, f64> {
    let open = diagram.given(known);
    let labels: Vec<Option<RecommendationId>> = recommendations.map(Some).collect();
    let shares = shares_below(&open, &labels, &chances(&open, Measure::Values));
    shares[open.root()].iter().copied().collect()
}

/// How likely a random sheet comes by each node.
fn reach(diagram: &Verdict, chances: &Chances) -> Table<NodeId, f64> {
    let mut reach = diagram.table(0.0);
    let give = |target: Target, share: f64, reach: &mut Table<NodeId, f64>| {
        if let Some(node) = target.node() {
            reach[node] += share;
        }
    };
    give(diagram.root(), 1.0, &mut reach);
    for (node, level, children) in diagram.nodes().rev() {
        let own = reach[node];
        for (cell, child) in children.entries() {
            give(child, own * chances[level][cell], &mut reach);
        }
    }
    reach
}

/// How likely each cell of each level is.
type Chances = Table<LevelId, Table<CellId, f64>>;

fn chances(diagram: &Verdict, measure: Measure) -> Chances {
    diagram.levels().map(|cells| cells.chances(measure))
}

/// The share of each of these labels below each target.
fn shares_below(
    diagram: &Verdict,
    labels: &[Option<RecommendationId>],
    chances: &Chances,
) -> Folded<Vec<f64>> {
    let alone = |label: Option<RecommendationId>| -> Vec<f64> {
        labels
            .iter()
            .map(|other| f64::from(u8::from(*other == label)))
            .collect()
    };
    diagram.fold(alone, |level, children| {
        let mut sums = vec![0.0; labels.len()];
        for (cell, child) in children.entries() {
            add(&mut sums, child, chances[level][cell]);
        }
        sums
    })
}

fn add(sums: &mut [f64], row: &[f64], weight: f64) {
    sums.iter_mut()
        .zip(row)
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
