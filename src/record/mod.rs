//! Architecture decision records as text: what a record file says, where it says it, and how to write into it.
//!
//! [`adr`] reads a whole file; the modules below it each know one part of that. [`decision`] reads what a record decides,
//! [`check`] puts a file through the rules of [`findings`], and [`place`] and [`report`] hold what a finding needs to be
//! shown to somebody. [`recording`] says what to record, [`writing`] and [`editing`] put it into words, and [`placing`]
//! puts the block into a file and takes it out again.

pub mod adr;
pub mod block;
pub mod check;
pub mod decision;
pub mod editing;
pub mod findings;
pub mod front_matter;
pub(crate) mod header;
pub mod lines;
pub mod markup;
pub mod metadata;
pub mod place;
pub mod placing;
pub mod recording;
pub mod report;
pub mod status;
pub(crate) mod status_words;
pub mod structure;
pub(crate) mod successor;
pub mod writing;
