//! Outputs: one file per format. Values in, text out; nothing here prints.

pub mod escape;
pub mod problems;
