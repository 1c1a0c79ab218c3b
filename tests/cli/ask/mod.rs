//! `ask`: the plain conversation through pipes, the terminal through a real pseudo-terminal, the flow without either.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "test code: a wrong assumption should stop the test at once"
)]

mod agreement;
mod picture;
mod plain;
mod pty;
mod terminal;
