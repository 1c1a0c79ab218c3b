//! The core of `mesh-advisor`: a rubric, answers to it, and exact reasoning about both.
//!
//! Data goes one way: files become a rubric, answers and records; the engine turns them into values; an output
//! turns values into text. Nothing here reads a file, a clock, a terminal or the environment, and nothing prints:
//! the binary does that.

pub mod advice;
pub mod each;
pub mod embedded;
pub mod finding;
pub mod inspect;
pub mod lint;
pub mod prompt;
pub mod record;
pub mod scaffold;
pub mod show;
pub mod template;
pub mod words;
