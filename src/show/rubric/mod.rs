//! What the `rubric` commands print: one file for each command and format.

mod cells_in_words;
pub mod check_json;
pub mod check_text;
pub mod diff;
pub mod diff_json;
pub mod diff_text;
pub mod show_dot;
pub mod show_json;
pub mod show_text;
pub mod test;
pub mod test_json;
pub mod test_text;
mod verdict_table;
