//! The tests of `mesh-advisor` from outside: one binary, one module per promise or command.

mod exact;
mod oracle;
