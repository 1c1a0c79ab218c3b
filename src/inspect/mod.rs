//! What runs, as evidence: from a cluster to the facts of a rubric and to findings.
//!
//! The rules that see it stand in the `cluster` crate, which knows no rubric; here its values meet the questions.

mod answered;
mod drift;
pub mod findings;
mod paths;
mod pseudonyms;
mod reserved;

pub use answered::{Contradiction, SEEN, answer, evidence};
pub use drift::seen;
pub use findings::{FAMILY, findings};
pub use paths::Paths;
pub use pseudonyms::hide_names;
pub use reserved::reserve;

use cluster::Conclusion;
use cluster::read::Coverage;

use crate::finding::Report;

/// Everything that there is to say about some manifests.
#[derive(Debug)]
pub struct Inspection {
    /// How much of the input was read.
    pub coverage: Coverage,
    /// What it shows.
    pub conclusion: Conclusion,
    /// What the files are called.
    pub paths: Paths,
    /// What is wrong or idle.
    pub report: Report,
    /// Where a person's answer differs from what is seen.
    pub contradictions: Vec<Contradiction>,
    /// The command that comes next.
    pub next: String,
}
