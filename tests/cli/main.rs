//! The tests of `mesh-advisor` from outside: one binary, one module per promise or command.

mod differences;
mod exact;
mod oracle;
mod proofs;
