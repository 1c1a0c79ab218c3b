//! The tests of `mesh-advisor` from outside: one binary, one module per promise or command.

mod advise;
mod ask;
mod check;
mod exact;
mod mistakes;
mod oracle;
mod program;
mod readme;
