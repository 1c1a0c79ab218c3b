//! The language of rubrics: what is asked, what is tested, what is recommended, and exact reasoning about it.
//!
//! A [`rubric`] and [`answers`] to it come from [`text`]; the [`engine`] says what they give, what can still come out and
//! what would change it, and proves statements about all sheets. [`cases`] are example sheets, a [`revision`] compares
//! two rubrics, and [`tax`] is what a recommendation costs. Texts and values go in, values come out: nothing here reads a
//! file, a clock, a terminal or the environment, and nothing prints.
//!
//! ```
//! use verdict::answers::Answers;
//! use verdict::engine::{Reasoning, evaluate};
//! use verdict::rubric::Rubric;
//! use verdict::text::Source;
//!
//! let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
//! let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
//! let answers = Source::new("answers.yaml", "answers: {kilometres: 5}");
//! let sheet = Answers::parse(&answers, &rubric).unwrap().sheet();
//!
//! // What the answers give, where the path is assumed not to be there ...
//! let given = evaluate(&rubric, &sheet.assuming(&rubric)).recommendation.unwrap();
//! assert_eq!(rubric.recommendations[given].title, "Tram");
//! // ... and what can still come out, whatever the open answer turns out to be.
//! let reasoning = Reasoning::new(&rubric).unwrap();
//! assert_eq!(reasoning.possible(&sheet).count(), 2);
//! assert_eq!(reasoning.deciding(&sheet)[0].fact.id, "bicycle_path");
//! ```

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
