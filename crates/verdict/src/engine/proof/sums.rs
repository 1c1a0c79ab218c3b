//! How far the score and the number of conditions can go, over all sheets.

use std::ops::RangeInclusive;

use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::proofs::Proofs;
use crate::engine::TooLarge;
use crate::engine::diagrams::compile::Compiler;
use crate::engine::diagrams::compose::{Extremes, Reads};

/// What the sums of a rubric can come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// The least and the most score.
    pub score: RangeInclusive<i64>,
    /// The fewest and the most conditions that hold.
    pub conditions_met: RangeInclusive<i64>,
}

impl Proofs<'_> {
    /// How far the sums can go.
    ///
    /// # Errors
    /// It costs too much to find out.
    pub fn sums(&self) -> Result<Sums, TooLarge> {
        let mut compiler = Compiler::new(self.rubric, self.reasoning.order(), [], &self.budget)?;
        let mut range = |reads: Reads| -> Result<RangeInclusive<i64>, TooLarge> {
            let mut known: Extremes = HashMap::with_hasher(FxBuildHasher);
            let composer = compiler.composer();
            let (least, most) = composer.extremes(reads, &mut known, &self.budget)?;
            Ok(least..=most)
        };
        let score = range(Reads {
            score: true,
            met: false,
        })?;
        let conditions_met = range(Reads {
            score: false,
            met: true,
        })?;
        Ok(Sums {
            score,
            conditions_met,
        })
    }
}
