//! `ask`: the plain conversation through pipes, the terminal through a real pseudo-terminal, the flow without either.

mod agreement;
mod plain;
mod terminal;
