//! What the `rubric` commands print: one file for each command and format.

pub mod check_json;
pub mod check_text;
