//! YAML in block style, as kubectl and people write it, read straight from its lines.
//!
//! A parser of all of YAML looks at each character several times, and most of a manifest is passed over unread. Here the
//! structure is told by how deep lines are indented, what nobody asks for is never decoded, and a scalar that is more than
//! plain words, or a collection in brackets, is given to the parser by itself. Whatever else is not in the usual style
//! (anchors, tags, keys of several lines, tabs, odd indentation) is [`Unusual`]: then the parser is to read the whole text.
//! So what is read here is what the parser would have read.

mod scalar;

use std::fmt;

use memchr::memchr;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// How deep nodes are followed. The parser follows 128 levels and says what is wrong with more.
const DEEPEST: u8 = 64;

/// No key is longer (the parser's limit is 1,024 characters).
const LONGEST_KEY: usize = 1000;

/// The text is not, or not only, in the usual block style.
#[derive(Debug)]
pub(super) struct Unusual;

impl fmt::Display for Unusual {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("not in the usual block style")
    }
}

impl std::error::Error for Unusual {}

impl Error for Unusual {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// A text of one document while it is read.
pub(super) struct Block<'de> {
    text: &'de str,
    /// The next thing to be read.
    at: usize,
    /// How deep the line at hand, or what follows a dash on it, is indented; `None` at the end of the text.
    column: Option<usize>,
    depth: u8,
}

/// Reads a text that is one document.
///
/// # Errors
/// It is not in the usual block style; what was read so far is to be forgotten.
pub(super) fn read<'de>(
    text: &'de str,
    seed: impl DeserializeSeed<'de, Value = ()>,
) -> Result<(), Unusual> {
    if !is_plain_text(text) {
        return Err(Unusual);
    }
    let mut block = Block {
        text,
        at: 0,
        column: None,
        depth: 0,
    };
    block.go_to_line(0)?;
    if block.column == Some(0)
        && text
            .get(block.at..)
            .is_some_and(|rest| rest.starts_with("---"))
    {
        block.end_line(block.at + 3)?;
    }
    seed.deserialize(Root(&mut block))?;
    block.column.is_none().then_some(()).ok_or(Unusual)
}

/// Whether every character is one that the parser takes as it stands: no control characters, and no line ends but the
/// usual one.
fn is_plain_text(text: &str) -> bool {
    let is_odd = |byte: &u8| {
        u8::from((*byte < b' ') & (*byte != b'\n') & (*byte != b'\t')) | u8::from(*byte == 0x7f)
    };
    let has_odd_bytes = text
        .as_bytes()
        .chunks(64)
        .any(|chunk| chunk.iter().map(is_odd).fold(0, |all, odd| all | odd) != 0);
    let is_odd = |c: char| {
        matches!(
            c,
            '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    !has_odd_bytes && (text.is_ascii() || !text.chars().any(is_odd))
}

/// The key on a line.
struct Key<'de> {
    /// As written, with its quotes.
    token: &'de str,
    /// What follows its colon.
    after: usize,
}

impl<'de> Block<'de> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, start: usize, end: usize) -> Result<&'de str, Unusual> {
        self.text.get(start..end).ok_or(Unusual)
    }

    /// The end of the line of a position, without its line end.
    fn line_end(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        memchr(b'\n', rest).map_or(self.text.len(), |found| at + found)
    }

    /// The first position from here on at which no space stands.
    fn after_spaces(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| **byte == b' ').count()
    }

    fn is_blank(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b' ' | b'\n'))
    }

    fn is_dash(&self) -> bool {
        self.byte(self.at) == Some(b'-') && self.is_blank(self.at + 1)
    }

    /// Goes to the first line from here on that says something.
    fn go_to_line(&mut self, mut start: usize) -> Result<(), Unusual> {
        loop {
            let at = self.after_spaces(start);
            match self.byte(at) {
                None => {
                    self.at = self.text.len();
                    self.column = None;
                    return Ok(());
                }
                Some(b'\n') => start = at + 1,
                Some(b'#') => start = self.line_end(at) + 1,
                Some(b'\t') => return Err(Unusual),
                Some(_) => {
                    self.at = at;
                    self.column = Some(at - start);
                    return Ok(());
                }
            }
        }
    }

    /// Goes on after the last thing on a line: nothing but a comment may follow it.
    fn end_line(&mut self, at: usize) -> Result<(), Unusual> {
        let end = self.after_spaces(at);
        match self.byte(end) {
            None | Some(b'\n') => self.go_to_line(end + 1),
            Some(b'#') if end > at => self.go_to_line(self.line_end(end) + 1),
            Some(_) => Err(Unusual),
        }
    }

    /// The key with which the line at hand begins, if it begins with one.
    fn key(&self) -> Result<Option<Key<'de>>, Unusual> {
        let start = self.at;
        let line = self.slice(start, self.line_end(start))?;
        let end = match line.as_bytes() {
            [b'"', ..] => scalar::end_of_double_quoted(line),
            [b'\'', ..] => scalar::end_of_single_quoted(line),
            [b'.', b'.', ..] => None,
            [
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'/',
                ..,
            ] => {
                return self.plain_key(line);
            }
            _ => None,
        };
        let Some(end) = end else { return Ok(None) };
        let colon = self.after_spaces(start + end);
        if self.byte(colon) != Some(b':') || !self.is_blank(colon + 1) {
            return Ok(None);
        }
        if end > LONGEST_KEY {
            return Err(Unusual);
        }
        Ok(Some(Key {
            token: self.slice(start, start + end)?,
            after: colon + 1,
        }))
    }

    fn plain_key(&self, line: &'de str) -> Result<Option<Key<'de>>, Unusual> {
        let colon = memchr::memchr_iter(b':', line.as_bytes())
            .find(|colon| self.is_blank(self.at + colon + 1));
        let Some(colon) = colon else { return Ok(None) };
        let token = line.get(..colon).ok_or(Unusual)?.trim_end_matches(' ');
        if token.len() > LONGEST_KEY || token.contains('\t') || token.contains(" #") {
            return Err(Unusual);
        }
        let after = self.at + colon + 1;
        Ok(Some(Key { token, after }))
    }

    /// Reads a mapping or a list that begins here.
    fn node<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Unusual> {
        let column = self.column.ok_or(Unusual)?;
        if self.depth >= DEEPEST {
            return Err(Unusual);
        }
        self.depth += 1;
        let read = if self.is_dash() {
            visitor.visit_seq(Items {
                block: self,
                column,
            })
        } else {
            visitor.visit_map(Entries {
                block: self,
                column,
            })
        };
        self.depth -= 1;
        read
    }

    /// Reads what follows a key, or a dash when it is an item: on the same line, or below it.
    fn value<V: Visitor<'de>>(
        &mut self,
        visitor: V,
        parent: usize,
        is_item: bool,
        is_ignored: bool,
    ) -> Result<V::Value, Unusual> {
        let start = self.after_spaces(self.at);
        if matches!(self.byte(start), None | Some(b'\n' | b'#')) {
            self.end_line(self.at)?;
            let is_below = self.column.is_some_and(|column| {
                // The dashes of a list may stand as deep as its key.
                column > parent || column == parent && !is_item && self.is_dash()
            });
            return if is_below {
                self.node(visitor)
            } else {
                visitor.visit_unit()
            };
        }
        if is_item {
            self.column = Some(parent + 1 + start - self.at);
            self.at = start;
            if self.is_dash() || self.key()?.is_some() {
                return self.node(visitor);
            }
        }
        self.scalar(start, parent, visitor, is_ignored)
    }
}

/// The whole text.
struct Root<'b, 'de>(&'b mut Block<'de>);

impl<'de> Deserializer<'de> for Root<'_, 'de> {
    type Error = Unusual;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        self.0.node(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// The entries of a mapping whose keys stand in this column.
struct Entries<'b, 'de> {
    block: &'b mut Block<'de>,
    column: usize,
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Unusual;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Unusual> {
        match self.block.column {
            Some(column) if column == self.column && !self.block.is_dash() => {}
            Some(column) if column >= self.column => return Err(Unusual),
            _ => return Ok(None),
        }
        let key = self.block.key()?.ok_or(Unusual)?;
        self.block.at = key.after;
        seed.deserialize(KeyText(key.token)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Unusual> {
        seed.deserialize(Value {
            block: self.block,
            parent: self.column,
            is_item: false,
        })
    }
}

/// The items of a list whose dashes stand in this column.
struct Items<'b, 'de> {
    block: &'b mut Block<'de>,
    column: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Unusual;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Unusual> {
        match self.block.column {
            Some(column) if column == self.column && self.block.is_dash() => {}
            Some(column) if column > self.column => return Err(Unusual),
            _ => return Ok(None),
        }
        self.block.at += 1;
        let item = Value {
            block: self.block,
            parent: self.column,
            is_item: true,
        };
        seed.deserialize(item).map(Some)
    }
}

/// What follows a key or a dash.
struct Value<'b, 'de> {
    block: &'b mut Block<'de>,
    /// The column of the key or the dash.
    parent: usize,
    is_item: bool,
}

impl<'de> Deserializer<'de> for Value<'_, 'de> {
    type Error = Unusual;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        self.block.value(visitor, self.parent, self.is_item, false)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        self.block.value(visitor, self.parent, self.is_item, true)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// A key as written.
struct KeyText<'de>(&'de str);

impl<'de> Deserializer<'de> for KeyText<'de> {
    type Error = Unusual;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        if scalar::is_word(self.0) {
            return BorrowedStrDeserializer::new(self.0).deserialize_any(visitor);
        }
        scalar::on_one_line(self.0, visitor, false)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unusual> {
        scalar::on_one_line(self.0, visitor, true)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

#[cfg(test)]
mod tests;
