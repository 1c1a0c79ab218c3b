//! How JSON is written: one object indented for people, or one a line for programs.
//!
//! Values stay what they are, but characters that deceive a reader or a terminal are written as `\uXXXX` wherever they
//! come from (see [`harmless`]).

use std::borrow::Cow;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use super::harmless::{Form, harmless};

/// The value as an indented document, with a line feed at the end.
pub fn document(value: &impl Serialize) -> String {
    #[expect(
        clippy::expect_used,
        reason = "structs of strings and numbers always serialise; a map with keys that are no strings would not"
    )]
    let text = serde_json::to_string_pretty(value).expect("it serialises");
    let mut text = spelled_out(text);
    text.push('\n');
    text
}

/// The JSON Schema (2020-12) of values as they are written, with a line feed at the end.
pub(in crate::show) fn schema<T: JsonSchema>() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    document(&settings.into_generator().into_root_schema_for::<T>())
}

/// The value in one line, without a line feed.
pub fn compact(value: &impl Serialize) -> String {
    #[expect(clippy::expect_used, reason = "as in `document`")]
    let text = serde_json::to_string(value).expect("it serialises");
    spelled_out(text)
}

/// Appends the value as one line.
pub fn line(value: &impl Serialize, output: &mut Vec<u8>) {
    output.extend_from_slice(compact(value).as_bytes());
    output.push(b'\n');
}

/// A document in which no character deceives: outside of strings JSON has none that could.
fn spelled_out(document: String) -> String {
    match harmless(&document, Form::Json) {
        Cow::Owned(spelled_out) => spelled_out,
        Cow::Borrowed(_) => document,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn value() -> Value {
        let mut deep = json!([]);
        for _ in 0..40 {
            deep = json!({ "inner": [deep, {}, 1] });
        }
        json!({ "empty": [], "none": {}, "list": [1, [2, "a\"b\n"], null], "deep": deep, "text": "ä → b" })
    }

    #[test]
    fn a_document_is_laid_out_as_everybody_expects() {
        assert_eq!(
            document(&value()),
            serde_json::to_string_pretty(&value()).unwrap() + "\n"
        );
        assert_eq!(document(&json!([])), "[]\n");
    }

    #[test]
    fn what_deceives_is_spelled_out_and_means_the_same() {
        let value = json!({ "a\u{202e}b": "\u{1b}[31m\u{7f}\u{9b}x\u{feff}é\u{e0041}" });
        let mut one_line = Vec::new();
        line(&value, &mut one_line);
        for text in [document(&value), String::from_utf8(one_line).unwrap()] {
            assert!(
                !text.contains([
                    '\u{202e}',
                    '\u{1b}',
                    '\u{7f}',
                    '\u{9b}',
                    '\u{feff}',
                    '\u{e0041}'
                ]),
                "{text}"
            );
            assert!(text.contains("\\u202e") && text.contains('é'), "{text}");
            assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }
    }
}
