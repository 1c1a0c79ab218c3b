//! The tests of `mesh-advisor` from outside: one binary, one module per promise or command.

mod advise;
mod differences;
mod exact;
mod mistakes;
mod oracle;
mod program;
mod proofs;
mod rubric_check;
mod rubric_diff;
mod rubric_test;
