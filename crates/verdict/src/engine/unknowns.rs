//! Reasoning with unknown answers: what can still come out, and which answer to look for first.

use std::sync::Arc;

use super::{Diagram, Folded, Target};
use crate::ids::{RecommendationId, Set};
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

/// The unknown facts that can still matter, those that tell most first; of equals, in the order of the rubric.
/// Every cell of an unknown fact counts as equally likely, and the facts as independent.
pub(super) fn deciding(diagram: &Verdict, known: &[Option<usize>]) -> Vec<Deciding> {
    let open = diagram.rebuilt(|label| label, known);
    let labels = open.labels();
    let shares = open.fold(
        |label| {
            labels
                .iter()
                .map(|other| f64::from(u8::from(*other == label)))
                .collect::<Vec<f64>>()
        },
        |_, children| mean(children.iter().map(|child| child.as_slice()), labels.len()),
    );
    let Some(total) = shares.get(open.root()) else {
        return Vec::new();
    };
    let reach = reach(&open);
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
        let after: f64 = asked
            .iter_mut()
            .map(|sum| {
                add(sum, Some(&skipped), 1.0);
                entropy(sum)
            })
            .sum();
        let bits = before - after / asked.len() as f64;
        deciding.push(Deciding {
            fact: cells.fact.clone(),
            bits: (bits * RESOLUTION).round() / RESOLUTION,
        });
    }
    deciding.sort_by(|a, b| {
        b.bits
            .total_cmp(&a.bits)
            .then(a.fact.position.cmp(&b.fact.position))
    });
    deciding
}

/// How likely a random sheet comes by each node.
fn reach(diagram: &Verdict) -> Vec<f64> {
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
    for (target, _, children) in diagram.nodes().rev() {
        let own = target
            .position()
            .and_then(|position| reach.get(position))
            .copied()
            .unwrap_or(0.0);
        let share = own / children.len() as f64;
        children
            .iter()
            .for_each(|child| give(*child, share, &mut reach));
    }
    reach
}

fn mean<'a>(rows: impl ExactSizeIterator<Item = &'a [f64]>, width: usize) -> Vec<f64> {
    let count = rows.len() as f64;
    let mut sums = vec![0.0; width];
    for row in rows {
        sums.iter_mut()
            .zip(row)
            .for_each(|(sum, share)| *sum += share / count);
    }
    sums
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
