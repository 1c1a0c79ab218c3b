//! Turning values into text: one file per format.

pub mod check;
pub mod escape;
