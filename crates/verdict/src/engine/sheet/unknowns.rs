//! Reasoning with unknown answers: what can still come out, and which answer to look for first.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::diagrams::cells::Measure;
use crate::engine::diagrams::diagram::Known;
use crate::engine::diagrams::spans::{self, Span};
use crate::engine::{Children, Diagram, Folded, Place, Target};
use crate::ids::{CellId, LevelId, NodeId, RecommendationId, Set, Table};
use crate::rubric::Fact;

/// An unknown fact that can still matter.
#[derive(Clone, Debug, PartialEq)]
pub struct Deciding {
    /// The fact.
    pub fact: Arc<Fact>,
    /// The expected drop in the entropy of the recommendation once the fact is known, in bits. Infinite where it costs too
    /// much to tell, of dozens of flags of which each does something else: such a fact is asked for first.
    pub bits: f64,
}

/// How much is gone through to tell what an answer to many flags can come to.
const MOST_OUTCOMES: usize = 1 << 16;

/// Drops that differ by less are rounding errors of each other: 2^-30 bits.
const RESOLUTION: f64 = (1_u64 << 30) as f64;

/// From sheets to recommendations.
type Verdict = Diagram<Option<RecommendationId>>;

/// The recommendations that some way of filling in the unknown facts leads to. `below` holds those below each target.
pub(in crate::engine) fn possible(
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
pub(in crate::engine) fn recommendations_below(diagram: &Verdict) -> Folded<Set<RecommendationId>> {
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
pub(in crate::engine) fn deciding(diagram: &Verdict, known: &Known) -> Vec<Deciding> {
    let open = diagram.given(known);
    let labels: Vec<Option<RecommendationId>> = open.labels().into_iter().collect();
    let chances = chances(&open, Measure::Cells);
    let shares = shares_below(&open, &labels, &chances);
    let total = &shares[open.root()];
    let entered = entered(&open, &chances);
    let before = entropy(total);
    let mut deciding = Vec::new();
    for span in Span::all(open.levels()) {
        let asking = |(node, level, _): (NodeId, LevelId, Children<'_>)| {
            let share = entered[node].filter(|_| span.contains(level))?;
            Some((node, share))
        };
        let asked: Vec<(NodeId, f64)> = open.nodes().filter_map(asking).collect();
        if asked.is_empty() {
            continue;
        }
        // The share of each label on the paths that do not ask for this fact.
        let mut skipped = total.clone();
        for (node, share) in &asked {
            add(&mut skipped, &shares[(*node).into()], -share);
        }
        let nodes: Vec<Target> = asked.iter().map(|(node, _)| (*node).into()).collect();
        let bits = outcomes(&open, span, nodes, &chances).map(|outcomes| {
            let left = |(chance, ends): &(f64, Vec<Target>)| {
                let mut sum = vec![0.0; labels.len()];
                for ((_, share), end) in asked.iter().zip(ends) {
                    add(&mut sum, &shares[*end], *share);
                }
                add(&mut sum, &skipped, 1.0);
                entropy(&sum) * chance
            };
            before - outcomes.iter().map(left).sum::<f64>()
        });
        deciding.push(Deciding {
            fact: open.levels()[span.first].fact.clone(),
            bits: bits.map_or(f64::INFINITY, |bits| {
                (bits * RESOLUTION).round() / RESOLUTION
            }),
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

/// What an answer to a fact can come to: how likely, and where it leads from each of these nodes, at which the fact begins
/// to be asked for. `None` when there is too much to go through: flags of which each does something else.
fn outcomes(
    diagram: &Verdict,
    span: Span,
    nodes: Vec<Target>,
    chances: &Chances,
) -> Option<Vec<(f64, Vec<Target>)>> {
    let most = MOST_OUTCOMES / nodes.len().max(1);
    let mut outcomes = vec![(1.0, nodes)];
    for level in span.levels() {
        let cells = chances[level].entries();
        let mut after = Vec::with_capacity(outcomes.len() * cells.len());
        for (cell, chance) in cells {
            let follow = |at: &Target| diagram.child(*at, level, cell);
            let followed = outcomes.iter();
            after.extend(followed.map(|(own, at)| (own * chance, at.iter().map(follow).collect())));
        }
        if !span.is_one() {
            // Cells from which everything goes on alike are one.
            let mut alike: BTreeMap<Vec<Target>, f64> = BTreeMap::new();
            for (chance, at) in after {
                *alike.entry(at).or_default() += chance;
            }
            after = alike.into_iter().map(|(at, chance)| (chance, at)).collect();
            if after.len() > most {
                return None;
            }
        }
        outcomes = after;
    }
    Some(outcomes)
}

/// How the ways of filling in the unknown facts divide among the recommendations: as likely as the rubric says, or else
/// every value as likely as every other. What is missing to 1 is the share of those on which no rule holds.
pub(in crate::engine) fn shares(
    diagram: &Verdict,
    recommendations: impl Iterator<Item = RecommendationId>,
    known: &Known,
) -> Table<RecommendationId, f64> {
    let open = diagram.given(known);
    let labels: Vec<Option<RecommendationId>> = recommendations.map(Some).collect();
    let shares = shares_below(&open, &labels, &chances(&open, Measure::Values));
    shares[open.root()].iter().copied().collect()
}

/// How likely a random sheet comes to each node from those of other facts: where a fact begins to be asked for. `None` for
/// nodes to which only other levels of their own fact lead.
fn entered(diagram: &Verdict, chances: &Chances) -> Table<NodeId, Option<f64>> {
    let mut entered = diagram.table(None);
    let mut reach = diagram.table(0.0);
    let levels = diagram.levels();
    let mut give =
        |target: Target, share: f64, from: Option<LevelId>, reach: &mut Table<NodeId, f64>| {
            if let Some(node) = target.node() {
                reach[node] += share;
                if from != Some(spans::first(levels, diagram.node(node).0)) {
                    *entered[node].get_or_insert(0.0) += share;
                }
            }
        };
    give(diagram.root(), 1.0, None, &mut reach);
    for (node, level, children) in diagram.nodes().rev() {
        let own = reach[node];
        let fact = spans::first(levels, level);
        for (cell, child) in children.entries() {
            give(child, own * chances[level][cell], Some(fact), &mut reach);
        }
    }
    entered
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
