//! The language of rubrics: what is asked, what is tested, what is recommended, and exact reasoning about it.
//!
//! A [`rubric`] and [`answers`] to it come from [`text`]; the [`engine`] says what they give, what can still come out and
//! what would change it, and proves statements about all sheets. [`cases`] are example sheets, a [`revision`] compares
//! two rubrics, and [`tax`] is what a recommendation costs. Texts and values go in, values come out: nothing here reads a
//! file, a clock, a terminal or the environment, and nothing prints.

#![cfg_attr(not(test), deny(clippy::print_stdout, clippy::print_stderr))]

pub mod answers;
pub mod cases;
pub mod engine;
#[cfg(test)]
mod fixtures;
pub mod ids;
pub mod revision;
pub mod rubric;
pub mod tax;
pub mod text;
