//! Records of decisions: what is decided in a file, what is wrong with it, and how to write it down.
//!
//! [`reading`] finds the [`decision`] in a record, [`check`] puts a file through the checks of [`findings`].
//! [`recording`] says what to record, [`writing`] and [`editing`] put it into words.

pub mod check;
mod day;
pub mod decision;
pub mod editing;
pub mod findings;
pub mod reading;
pub mod recording;
pub mod rubrics;
pub mod schema;
pub mod seen;
pub mod writing;
