//! What is shown: documents and their dressings, and the contracts of the machine formats. Values in, text out; nothing
//! here prints.

pub mod advice;
pub mod check;
mod columns;
pub mod document;
pub mod escape;
pub mod explain;
pub mod figures;
pub mod findings;
pub mod harmless;
pub mod html;
pub mod inspect;
pub mod json;
mod letters;
pub mod markdown;
pub mod problems;
pub mod record;
pub mod rubric;
pub mod scaffold;
mod sheets;
mod sources;
pub mod tax;
pub mod terminal;
pub mod test_words;
pub mod words;
