//! The tests of `mesh-advisor` from outside: one binary, one module per promise or command.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

#[cfg(unix)]
mod adversity;
mod advise;
mod ask;
mod ask_first;
mod assumptions;
mod book;
mod check;
mod closed_pipe;
mod decimals;
mod differences;
mod exact;
mod fuzzed;
mod help;
mod hostile;
mod inspect;
mod many_flags;
mod mistakes;
mod mutants;
mod oracle;
mod page;
#[cfg(unix)]
mod picture;
mod program;
mod proofs;
#[cfg(unix)]
mod pty;
mod public_cases;
mod readme;
mod report;
mod rubric_check;
mod rubric_diff;
mod rubric_mistakes;
mod rubric_new;
mod rubric_show;
mod rubric_test;
mod scaffold;
mod schema;
mod ssvc;
mod starters;
