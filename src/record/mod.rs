//! Architecture decision records as text: what a record file says, where it says it, and how to write into it.
//!
//! [`adr`] reads a whole file; the modules below it each know one part of that. [`placing`] writes the record block and
//! takes it out again. [`place`] and [`report`] hold what a finding needs to be shown to somebody. Whether a decision
//! still agrees with its answers is not decided here.

pub mod adr;
pub mod block;
pub mod front_matter;
pub(crate) mod header;
pub mod lines;
pub mod markup;
pub mod metadata;
pub mod outline;
pub mod place;
pub mod placing;
pub mod report;
pub mod status;
pub(crate) mod status_words;
pub(crate) mod successor;
