//! How JSON is written: one object indented for people, or one a line for programs.
//!
//! Values stay what they are, but characters that deceive a reader or a terminal are written as `\uXXXX` wherever they
//! come from (see [`harmless`]).

use std::borrow::Cow;
use std::io;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::harmless::{Form, harmless};

/// The value as an indented document, with a line feed at the end.
pub fn document(value: &impl Serialize) -> String {
    #[expect(
        clippy::expect_used,
        reason = "structs of strings and numbers always serialise; a map with keys that are no strings would not"
    )]
    let text = indented(value).expect("it serialises");
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

fn indented(value: &impl Serialize) -> serde_json::Result<String> {
    let mut written = Vec::with_capacity(USUAL_LENGTH);
    value.serialize(&mut Serializer::with_formatter(
        &mut written,
        Indented::new(),
    ))?;
    String::from_utf8(written).map_err(serde::ser::Error::custom)
}

/// What is set aside for a document, so that it is not moved as it grows: an advice has 56 KB.
const USUAL_LENGTH: usize = 60_000;

/// Lays out as serde_json's own formatter, which writes an indent level by level: that takes a ninth of the instructions of
/// an advice as JSON (`valgrind --tool=callgrind`, 3.0 and 2.7 million).
struct Indented {
    /// A line feed and the indent.
    line: Vec<u8>,
    has_value: bool,
}

impl Indented {
    fn new() -> Self {
        Self {
            line: vec![b'\n'],
            has_value: false,
        }
    }

    fn open<W: io::Write + ?Sized>(&mut self, output: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.line.extend_from_slice(b"  ");
        self.has_value = false;
        output.write_all(bracket)
    }

    fn close<W: io::Write + ?Sized>(&mut self, output: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.line.truncate(self.line.len() - 2);
        if self.has_value {
            output.write_all(&self.line)?;
        }
        self.has_value = true;
        output.write_all(bracket)
    }

    fn next<W: io::Write + ?Sized>(&self, output: &mut W, is_first: bool) -> io::Result<()> {
        if !is_first {
            output.write_all(b",")?;
        }
        output.write_all(&self.line)
    }
}

impl Formatter for Indented {
    fn begin_array<W: io::Write + ?Sized>(&mut self, output: &mut W) -> io::Result<()> {
        self.open(output, b"[")
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, output: &mut W) -> io::Result<()> {
        self.close(output, b"]")
    }

    fn begin_array_value<W: io::Write + ?Sized>(
        &mut self,
        output: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.next(output, is_first)
    }

    fn end_array_value<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, output: &mut W) -> io::Result<()> {
        self.open(output, b"{")
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, output: &mut W) -> io::Result<()> {
        self.close(output, b"}")
    }

    fn begin_object_key<W: io::Write + ?Sized>(
        &mut self,
        output: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.next(output, is_first)
    }

    fn begin_object_value<W: io::Write + ?Sized>(&mut self, output: &mut W) -> io::Result<()> {
        output.write_all(b": ")
    }

    fn end_object_value<W: io::Write + ?Sized>(&mut self, _: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }
}

/// Appends the value as one line.
pub fn line(value: &impl Serialize, output: &mut Vec<u8>) {
    let start = output.len();
    #[expect(clippy::expect_used, reason = "as in `document`")]
    serde_json::to_writer(&mut *output, value).expect("it serialises");
    #[expect(clippy::expect_used, reason = "what serde_json writes is UTF-8")]
    let written = str::from_utf8(output.get(start..).unwrap_or_default()).expect("UTF-8");
    if let Cow::Owned(spelled_out) = harmless(written, Form::Json) {
        output.truncate(start);
        output.extend_from_slice(spelled_out.as_bytes());
    }
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
