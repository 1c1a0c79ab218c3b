//! The engine: what a sheet gives, what can still come out, what would change it, and proofs about the rubric.
//!
//! It is pure, and knows facts, tests and recommendations, but not what they are about.

mod assumptions;
mod boxes;
mod budget;
mod builder;
mod cells;
mod certainty;
mod changes;
mod compile;
mod compose;
mod count;
mod counterexample;
mod coverage;
mod diagram;
mod difference;
mod evaluate;
mod forest;
mod guarantees;
mod monotone;
mod nodes;
mod order;
mod packed;
mod parts;
mod paths;
mod promises;
mod proofs;
mod reasoning;
mod relations;
mod search;
mod spans;
mod sums;
mod together;
mod unknowns;
mod what_if;

pub use assumptions::Resting;
pub use budget::{Budget, MOST_NODES, MOST_STEPS};
pub use cells::Cells;
pub use certainty::{Certain, Certainty, Saying};
pub use changes::{Change, MOST_OPTIONS_LISTED, Move};
pub use count::Sheets;
pub use counterexample::{Counterexample, Raised};
pub use coverage::Dead;
pub use diagram::{Diagram, Folded, Known, Levels};
pub use difference::{Difference, Example, Shift, difference};
pub use evaluate::{Evaluation, advice_holds, evaluate, signal_holds, verdict_holds};
pub use guarantees::Proof;
pub use nodes::{Children, Label, Place, Target};
pub use packed::{Packed, PackedCertainty};
pub use promises::{Gap, Overlap};
pub use proofs::{Holds, Proofs};
pub use reasoning::{Reasoning, Strength};
pub use relations::Joint;
pub use search::Region;
pub use sums::Sums;
pub use together::KnownTo;
pub use unknowns::Deciding;
pub use what_if::{SingleChanges, WhatIf, WhatIfCell};

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
