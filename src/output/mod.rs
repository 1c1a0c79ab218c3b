//! Turning values into text: one file per format.

pub mod escape;
pub mod figures;
pub mod page;
pub mod tax_json;
pub mod tax_markdown;
mod tax_references;
pub mod tax_text;
mod tax_words;
