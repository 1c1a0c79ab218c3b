//! Architecture decision records as Markdown: what a file says of itself, where it says it, and where a block goes.
//!
//! [`document`] reads a whole file; the modules beside it each know one part of that. [`block`] finds the records that a
//! file carries, [`placing`] puts one in. What a record decides, and by which rubric, is for others to read.

#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

pub mod block;
mod dates;
pub mod document;
pub mod front_matter;
mod header;
mod headings;
pub mod keys;
pub mod lines;
pub mod markup;
pub mod metadata;
mod parts;
pub mod placing;
mod statements;
pub mod status;
pub mod structure;
mod successor;
mod table;
pub mod words;
