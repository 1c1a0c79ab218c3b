//! How JSON is written: one object indented for people, or one a line for programs.
//!
//! Values stay what they are, but characters that deceive a reader or a terminal are written as `\uXXXX` wherever they
//! come from (see [`escape::json`]).

use std::io::{self, Write};

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::escape;
use super::harmless::{Form, harmless};

/// The value as an indented document, with a line feed at the end.
pub fn document(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    // Structs of strings and numbers always serialise; a map with keys that are no strings would not.
    let _ = value.serialize(&mut Serializer::with_formatter(
        &mut text,
        Indented::default(),
    ));
    text.push(b'\n');
    String::from_utf8(text).unwrap_or_default()
}

/// The JSON Schema (2020-12) of values as they are written, with a line feed at the end.
pub(in crate::show) fn schema<T: JsonSchema>() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    document(&settings.into_generator().into_root_schema_for::<T>())
}

/// The value in one line, without a line feed.
pub fn compact(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    line(value, &mut text);
    String::from_utf8(text)
        .unwrap_or_default()
        .trim_end()
        .to_owned()
}

/// Appends the value as one line.
pub fn line(value: &impl Serialize, output: &mut Vec<u8>) {
    let start = output.len();
    match value.serialize(&mut Serializer::with_formatter(&mut *output, Compact)) {
        Ok(()) => output.push(b'\n'),
        Err(_) => output.truncate(start),
    }
}

/// No blanks, no line feeds.
struct Compact;

impl Formatter for Compact {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        write_harmless(writer, fragment)
    }
}

/// Two blanks a level, as [`serde_json::ser::PrettyFormatter`] writes them, but a line's start in one piece: a document of
/// a thousand short lines consists of little else.
#[derive(Default)]
struct Indented {
    depth: usize,
    /// Whether something stands in the list or object that is open.
    has_value: bool,
}

/// A line feed and the blanks of thirty-two levels.
const LINE_START: &str = "\n                                                                ";

impl Indented {
    fn line<W: ?Sized + Write>(&self, writer: &mut W) -> io::Result<()> {
        let length = 1 + 2 * self.depth;
        match LINE_START.as_bytes().get(..length) {
            Some(start) => writer.write_all(start),
            None => write!(writer, "\n{:1$}", "", 2 * self.depth),
        }
    }

    fn begin<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.has_value = false;
        writer.write_all(bracket)
    }

    fn end<W: ?Sized + Write>(&mut self, writer: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth = self.depth.saturating_sub(1);
        if self.has_value {
            self.line(writer)?;
        }
        self.has_value = true;
        writer.write_all(bracket)
    }

    fn next<W: ?Sized + Write>(&self, writer: &mut W, is_first: bool) -> io::Result<()> {
        if !is_first {
            writer.write_all(b",")?;
        }
        self.line(writer)
    }
}

impl Formatter for Indented {
    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"[")
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"]")
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.next(writer, is_first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.begin(writer, b"{")
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.end(writer, b"}")
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        is_first: bool,
    ) -> io::Result<()> {
        self.next(writer, is_first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        writer.write_all(b": ")
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, _writer: &mut W) -> io::Result<()> {
        self.has_value = true;
        Ok(())
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        write_harmless(writer, fragment)
    }
}

/// Writes a part of a string in which nothing is left that JSON itself would escape.
fn write_harmless<W: ?Sized + Write>(writer: &mut W, fragment: &str) -> io::Result<()> {
    // Without an early end, the processor looks at many bytes at once.
    let is_plain = fragment
        .bytes()
        .fold(true, |is_plain, byte| is_plain & (byte < b'\x7f'));
    if is_plain && !fragment.contains("##") {
        writer.write_all(fragment.as_bytes())
    } else {
        writer.write_all(harmless(&escape::json(fragment), Form::Json).as_bytes())
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
