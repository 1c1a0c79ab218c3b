//! The engine: what a sheet gives, what can still come out, what would change it, and proofs about the rubric.
//!
//! It is pure, and knows facts, tests and recommendations, but not what they are about.

mod diagrams;
mod proof;
mod sheet;

pub use diagrams::budget::{Budget, MOST_NODES, MOST_STEPS};
pub use diagrams::cells::Cells;
pub use diagrams::count::Sheets;
pub use diagrams::diagram::{Diagram, Folded, Known, Levels};
pub use diagrams::nodes::{Children, Label, Place, Target};
pub use diagrams::together::KnownTo;
pub use proof::assumptions::Resting;
pub use proof::counterexample::{Counterexample, Raised};
pub use proof::coverage::Dead;
pub use proof::difference::{Difference, Example, Shift, difference};
pub use proof::guarantees::Proof;
pub use proof::promises::{Gap, Overlap};
pub use proof::proofs::{Holds, Proofs};
pub use proof::relations::Joint;
pub use proof::search::Region;
pub use proof::sums::Sums;
pub use sheet::certainty::{Certain, Certainty, Saying};
pub use sheet::changes::{Change, MOST_OPTIONS_LISTED, Move};
pub use sheet::evaluate::{Evaluation, advice_holds, evaluate, signal_holds, verdict_holds};
pub use sheet::packed::{Packed, PackedCertainty};
pub use sheet::reasoning::{Reasoning, Strength};
pub use sheet::unknowns::Deciding;
pub use sheet::what_if::{SingleChanges, WhatIf, WhatIfCell};

/// Why exact reasoning about a rubric was given up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// The diagram outgrew its limit.
    #[error("the decision diagram needs more than {most} nodes")]
    Nodes {
        /// The limit.
        most: usize,
    },
    /// The work outgrew its limit.
    #[error("more than {most} steps of work are needed")]
    Steps {
        /// The limit.
        most: u64,
    },
    /// Too much is asked for: facts, and classes of flags where a fact has many.
    #[error("{found} facts and independent flags are read by tests, more than {most}")]
    Facts {
        /// How many are read.
        found: usize,
        /// The limit.
        most: usize,
    },
}
