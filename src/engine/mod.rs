//! The engine: what a sheet gives, what can still come out, what would change it, and proofs about the rubric.
//!
//! It is pure, and knows facts, tests and recommendations, but not what they are about.

mod builder;
mod cells;
mod changes;
mod compile;
mod diagram;
mod evaluate;
mod order;
mod reasoning;
mod settled;
mod unknowns;

pub use cells::Cells;
pub use changes::{Change, MOST_OPTIONS_LISTED, Move};
pub use diagram::{Diagram, Folded, Target};
pub use evaluate::{Evaluation, advice_holds, evaluate, signal_holds, verdict_holds};
pub use reasoning::{MOST_NODES, Reasoning, Strength};
pub use settled::settled;
pub use unknowns::Deciding;

/// Why exact reasoning about a rubric was given up.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TooLarge {
    /// The diagram outgrew its limit.
    #[error("the decision diagram needs more than {most} nodes")]
    Nodes {
        /// The limit.
        most: usize,
    },
    /// Too many facts are read.
    #[error("{found} facts are read by tests, more than {most}")]
    Facts {
        /// How many are read.
        found: usize,
        /// The limit.
        most: usize,
    },
    /// One flags fact is tested in too many ways.
    #[error("the flags of `{fact}` are tested in {classes} independent ways, more than {most}")]
    Flags {
        /// The fact.
        fact: String,
        /// How many classes its flags fall into.
        classes: usize,
        /// The limit.
        most: usize,
    },
}
