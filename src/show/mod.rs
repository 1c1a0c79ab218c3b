//! Outputs: one file per format. Values in, text out; nothing here prints.

pub mod adr;
pub mod advice_json;
pub mod advice_markdown;
pub mod advice_text;
pub mod check;
mod columns;
pub mod escape;
pub mod explain;
pub mod figures;
pub mod findings;
pub mod inspect;
pub mod json;
mod page;
pub mod problems;
pub mod rubric;
mod sheets;
pub mod tax_json;
pub mod tax_markdown;
mod tax_references;
#[cfg(test)]
mod tax_sample;
pub mod tax_text;
mod tax_words;
pub mod test_words;
pub mod words;

pub use page::Page;
