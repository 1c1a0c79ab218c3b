//! Guarantees: proved over all sheets, or broken by the nearest sheet to the assumed one that breaks them.

use std::sync::Arc;

use super::monotone::Raising;
use super::paths::{self, Start};
use super::proofs::Proofs;
use super::{Diagram, Move, Target, TooLarge};
use crate::rubric::{Claim, Fact, Guarantee, Value};

/// Whether a guarantee holds on all sheets.
#[derive(Clone, Debug, PartialEq)]
pub enum Proof {
    /// It does.
    Holds,
    /// There is no sheet that it speaks of.
    Empty,
    /// It does not.
    Broken(Counterexample),
}

/// A sheet that breaks a guarantee: of all such sheets one on which the fewest facts differ from what is assumed.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// What differs from the assumed sheet.
    pub moves: Vec<Move>,
    /// The recommendation there; `None` where no rule holds.
    pub recommendation: Option<usize>,
    /// For a fact that is raised: what raising it does. The fact itself does not count among those that differ.
    pub raised: Option<Raised>,
}

/// One fact raised, everything else as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Raised {
    /// The fact.
    pub fact: Arc<Fact>,
    /// Its lower value.
    pub before: Value,
    /// Its higher value.
    pub after: Value,
    /// The recommendation after.
    pub recommendation: usize,
}

impl Proofs<'_> {
    /// Proves a guarantee or finds the nearest sheet that breaks it.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn prove(&self, guarantee: &Guarantee) -> Result<Proof, TooLarge> {
        let recommendations = self.reasoning.recommendations();
        let count = self.rubric.recommendations.len();
        let (no_rule, outside) = (count, count + 1);
        let is_restricted = !guarantee.when.is_always();
        let restricted;
        let diagram = if is_restricted {
            restricted = self.restricted(recommendations, &guarantee.when, outside)?;
            &restricted
        } else {
            recommendations
        };
        if diagram.root() == Target::leaf(outside) {
            return Ok(Proof::Empty);
        }
        let is_broken = |label: usize| match &guarantee.claim {
            Claim::Always(expected) => {
                label == no_rule || (label < count && !expected.contains(label))
            }
            Claim::Never(excluded) => label < count && excluded.contains(label),
            Claim::Monotone { .. } => false,
        };
        let counterexample = match &guarantee.claim {
            Claim::Always(_) | Claim::Never(_) => only(diagram, is_broken, count),
            Claim::Monotone { fact, direction } => {
                let fact = *fact;
                let is_partial = is_restricted || self.uncovered().is_some();
                Raising {
                    fact,
                    direction: *direction,
                    is_partial,
                    count,
                }
                .broken(diagram, &self.budget)?
            }
        };
        Ok(counterexample.map_or(Proof::Holds, Proof::Broken))
    }
}

fn only(
    diagram: &Diagram,
    is_broken: impl Fn(usize) -> bool,
    count: usize,
) -> Option<Counterexample> {
    let start = Start::assumed(diagram.levels());
    let cells = paths::nearest_cells(diagram, &start, is_broken)?;
    let label = diagram.walk(
        diagram.root(),
        &cells.iter().copied().map(Some).collect::<Vec<_>>(),
    );
    let recommendation = (label < count).then_some(label);
    Some(Counterexample {
        moves: start.moves(diagram.levels(), &cells),
        recommendation,
        raised: None,
    })
}
