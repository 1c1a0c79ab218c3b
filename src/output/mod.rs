//! Outputs: one file per format. Values in, text out; nothing here prints.

pub mod adr;
pub mod advice_json;
pub mod advice_markdown;
pub mod advice_text;
pub mod check;

pub mod escape;
pub mod explain;
mod page;
pub mod problems;
pub mod test_words;
pub mod words;

pub use page::Page;
