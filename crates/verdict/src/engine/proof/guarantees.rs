//! Guarantees: proved over all sheets, or broken by the nearest sheet to the assumed one that breaks them.

use super::counterexample::Counterexample;
use super::monotone::Raising;
use super::proofs::Proofs;
use crate::engine::diagrams::paths::{self, Start};
use crate::engine::{Diagram, TooLarge};
use crate::ids::RecommendationId;
use crate::rubric::{Claim, Guarantee};

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

impl Proofs<'_> {
    /// Proves a guarantee or finds the nearest sheet that breaks it.
    ///
    /// # Errors
    /// It costs too much to find out.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// use verdict::engine::{Budget, Proof, Proofs};
    ///
    /// let proofs = Proofs::new(&rubric, &Budget::default()).unwrap();
    /// for guarantee in &rubric.guarantees {
    ///     assert_eq!(proofs.prove(guarantee), Ok(Proof::Holds));
    /// }
    /// ```
    pub fn prove(&self, guarantee: &Guarantee) -> Result<Proof, TooLarge> {
        let recommendations = self.reasoning.recommendations();
        let is_restricted = !guarantee.when.is_always();
        // `None` is a sheet that the guarantee does not speak of.
        let diagram: Diagram<Option<Option<RecommendationId>>> = if is_restricted {
            self.restricted(recommendations, &guarantee.when)?
        } else {
            recommendations.relabelled(Some)
        };
        if diagram.root().label() == Some(None::<Option<RecommendationId>>) {
            return Ok(Proof::Empty);
        }
        let counterexample = match &guarantee.claim {
            Claim::Always(expected) => only(&diagram, |given| {
                given.is_none_or(|given| !expected.contains(given))
            }),
            Claim::Never(excluded) => only(&diagram, |given| {
                given.is_some_and(|given| excluded.contains(given))
            }),
            Claim::Monotone { fact, direction } => {
                let is_partial = is_restricted || self.uncovered().is_some();
                Raising {
                    fact: *fact,
                    direction: *direction,
                    is_partial,
                }
                .broken(&diagram.relabelled(Option::flatten), &self.budget)?
            }
        };
        Ok(counterexample.map_or(Proof::Holds, Proof::Broken))
    }
}

/// The nearest sheet of those that are spoken of on which what is given `is_broken`.
fn only(
    diagram: &Diagram<Option<Option<RecommendationId>>>,
    is_broken: impl Fn(Option<RecommendationId>) -> bool,
) -> Option<Counterexample> {
    let start = Start::assumed(diagram.levels());
    let cells = paths::nearest_cells(diagram, &start, |label| label.is_some_and(&is_broken))?;
    let label = diagram.walk(diagram.root(), &cells);
    Some(Counterexample {
        moves: start.moves(&cells),
        recommendation: label.flatten(),
        raised: None,
    })
}
