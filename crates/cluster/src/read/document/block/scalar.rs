//! The scalars of a block: where each ends, and what it says.

use memchr::{memchr, memchr2, memchr3_iter};
use serde::de::{Deserializer, Visitor};

use super::super::looks::is_nested_too_deeply;
use super::{Block, Unusual};

impl<'de> Block<'de> {
    /// Reads a scalar, or a collection in brackets, that begins here below a key or a dash in the column `parent`.
    pub(super) fn scalar<V: Visitor<'de>>(
        &mut self,
        start: usize,
        parent: usize,
        visitor: V,
        is_ignored: bool,
    ) -> Result<V::Value, Unusual> {
        let rest = self.slice(start, self.text.len())?;
        let end = match rest.as_bytes() {
            [b'"', ..] => end_of_double_quoted(rest).ok_or(Unusual)?,
            [b'\'', ..] => end_of_single_quoted(rest).ok_or(Unusual)?,
            [b'|' | b'>', ..] => {
                let end = end_of_block_scalar(rest, parent).ok_or(Unusual)?;
                self.go_to_line(start + end)?;
                return by_parser_unless(is_ignored, self.slice(start, start + end)?, visitor);
            }
            [b'{' | b'[', ..] => end_of_brackets(rest).ok_or(Unusual)?,
            [
                b'&' | b'*' | b'!' | b'%' | b'@' | b'`' | b',' | b']' | b'}',
                ..,
            ] => {
                return Err(Unusual);
            }
            [b'-' | b'?' | b':', ..] if self.is_blank(start + 1) => return Err(Unusual),
            _ => return self.plain(start, parent, visitor, is_ignored),
        };
        self.end_line(start + end)?;
        on_one_line(self.slice(start, start + end)?, visitor, is_ignored)
    }

    fn plain<V: Visitor<'de>>(
        &mut self,
        start: usize,
        parent: usize,
        visitor: V,
        is_ignored: bool,
    ) -> Result<V::Value, Unusual> {
        let mut end = self.end_of_plain_line(start)?;
        self.end_line(end)?;
        if self.column.is_some_and(|column| column > parent) {
            end = self.end_of_plain_lines(end, parent)?;
            self.end_line(end)?;
        }
        on_one_line(self.slice(start, end)?, visitor, is_ignored)
    }

    /// Where a plain scalar ends that goes on on the lines below: those that are indented deeper than `parent`.
    fn end_of_plain_lines(&self, mut end: usize, parent: usize) -> Result<usize, Unusual> {
        loop {
            let mut start = self.after_spaces(end);
            let mut next = start;
            while self.byte(next) == Some(b'\n') {
                start = next + 1;
                next = self.after_spaces(start);
            }
            let goes_on = next > end
                && next - start > parent
                && !matches!(self.byte(next), None | Some(b'#'));
            if !goes_on {
                return Ok(end);
            }
            end = self.end_of_plain_line(next)?;
        }
    }

    /// Where the plain text on a line ends, without the spaces and the comment after it.
    fn end_of_plain_line(&self, start: usize) -> Result<usize, Unusual> {
        let line = self.slice(start, self.line_end(start))?;
        let mut text = line;
        for hit in memchr3_iter(b':', b'#', b'\t', line.as_bytes()) {
            match line.as_bytes().get(hit) {
                Some(b'#') if line.as_bytes().get(..hit).is_some_and(ends_with_space) => {
                    text = line.get(..hit).ok_or(Unusual)?;
                    break;
                }
                Some(b'#') => {}
                Some(b':') if !self.is_blank(start + hit + 1) => {}
                _ => return Err(Unusual),
            }
        }
        Ok(start + text.trim_end_matches(' ').len())
    }
}

fn ends_with_space(text: &[u8]) -> bool {
    text.last() == Some(&b' ')
}

/// What a token says that may stand on one line: plain, in quotes or in brackets.
pub(super) fn on_one_line<'de, V: Visitor<'de>>(
    token: &'de str,
    visitor: V,
    is_ignored: bool,
) -> Result<V::Value, Unusual> {
    let is_on_one_line = memchr(b'\n', token.as_bytes()).is_none();
    let within = token.get(1..token.len().saturating_sub(1));
    match (token.as_bytes(), within) {
        (b"{}" | b"[]", _) if is_ignored => visitor.visit_unit(),
        ([b'{' | b'[', ..], _) => by_parser(token, visitor),
        ([b'"', ..], Some(within)) => match unescaped(within) {
            Escapes::None if is_ignored => visitor.visit_unit(),
            Escapes::None if is_on_one_line => visitor.visit_borrowed_str(within),
            Escapes::Usual if is_ignored => visitor.visit_unit(),
            Escapes::Usual if is_on_one_line => visitor.visit_string(without_escapes(within)),
            _ => by_parser(token, visitor),
        },
        (_, _) if is_ignored => visitor.visit_unit(),
        (_, _) if !is_on_one_line => by_parser(token, visitor),
        ([b'\'', ..], Some(within)) if memchr(b'\'', within.as_bytes()).is_none() => {
            visitor.visit_borrowed_str(within)
        }
        ([b'\'', ..], Some(within)) => visitor.visit_string(within.replace("''", "'")),
        _ if is_word(token) => visitor.visit_borrowed_str(token),
        _ => match usual_number(token) {
            Some(number) => visitor.visit_u64(number),
            None => by_parser(token, visitor),
        },
    }
}

/// Whether a plain scalar is a text to every parser: it can be no number, and is no word for a truth or for nothing.
pub(super) fn is_word(plain: &str) -> bool {
    let begins_like_one = matches!(
        plain.as_bytes(),
        [b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'/', ..]
            | [b'-', b'-' | b'a'..=b'z' | b'A'..=b'Z', ..]
            | [b'.', b'.', ..]
    );
    let is_special = || {
        ["null", "true", "false"]
            .iter()
            .any(|special| plain.eq_ignore_ascii_case(special))
    };
    begins_like_one && !is_special() && !plain.contains('\n')
}

/// A whole number as everybody writes it.
fn usual_number(plain: &str) -> Option<u64> {
    let is_usual = plain.len() <= 18
        && plain.bytes().all(|byte| byte.is_ascii_digit())
        && (plain.len() == 1 || !plain.starts_with('0'));
    is_usual.then(|| plain.parse().ok())?
}

/// The backslashes in a text within double quotes.
enum Escapes {
    None,
    /// Only those that every text of a program is written with.
    Usual,
    Other,
}

fn unescaped(within: &str) -> Escapes {
    let mut rest = within.as_bytes();
    let mut escapes = Escapes::None;
    while let Some(found) = memchr(b'\\', rest) {
        if !matches!(rest.get(found + 1), Some(b'"' | b'\\' | b'n' | b't')) {
            return Escapes::Other;
        }
        escapes = Escapes::Usual;
        rest = rest.get(found + 2..).unwrap_or_default();
    }
    escapes
}

fn without_escapes(within: &str) -> String {
    let mut text = String::with_capacity(within.len());
    let mut characters = within.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some(other) => other,
                None => '\\',
            },
            plain => plain,
        });
    }
    text
}

/// Gives a token to the parser, or passes it over.
fn by_parser_unless<'de, V: Visitor<'de>>(
    is_ignored: bool,
    token: &'de str,
    visitor: V,
) -> Result<V::Value, Unusual> {
    if is_ignored {
        visitor.visit_unit()
    } else {
        by_parser(token, visitor)
    }
}

/// Gives a token to the parser, which reads it as it would read it in its place.
fn by_parser<'de, V: Visitor<'de>>(token: &'de str, visitor: V) -> Result<V::Value, Unusual> {
    let begins_like_a_marker = token.starts_with("---") || token.starts_with("...");
    if begins_like_a_marker || is_nested_too_deeply(token.as_bytes()) {
        return Err(Unusual);
    }
    serde_yaml::Deserializer::from_str(token)
        .deserialize_any(visitor)
        .map_err(|_| Unusual)
}

/// Where a text in double quotes ends, after its quote.
pub(super) fn end_of_double_quoted(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr2(b'"', b'\\', text.as_bytes().get(at..)?)?;
        match text.as_bytes().get(found) {
            Some(b'"') => return Some(found + 1),
            _ => at = found + 2,
        }
    }
}

/// Where a text in single quotes ends, after its quote.
pub(super) fn end_of_single_quoted(text: &str) -> Option<usize> {
    let mut at = 1;
    loop {
        let found = at + memchr(b'\'', text.as_bytes().get(at..)?)?;
        match text.as_bytes().get(found + 1) {
            Some(b'\'') => at = found + 2,
            _ => return Some(found + 1),
        }
    }
}

/// Where a collection in brackets ends, if it does so on its line and nothing in it is known elsewhere by a name.
fn end_of_brackets(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        match text.as_bytes().get(at)? {
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 1 => return Some(at + 1),
            b'}' | b']' => depth -= 1,
            b'"' => at += end_of_double_quoted(text.get(at..)?)? - 1,
            b'\'' => at += end_of_single_quoted(text.get(at..)?)? - 1,
            b'\n' | b'\t' | b'#' | b'&' | b'*' | b'!' => return None,
            _ => {}
        }
        at += 1;
    }
}

/// Where a block scalar ends: before the first line that is indented less than its first one.
fn end_of_block_scalar(text: &str, parent: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let header = memchr(b'\n', bytes)?;
    let is_usual = matches!(text.get(1..header)?.trim_end_matches(' '), "" | "-" | "+");
    if !is_usual {
        return None;
    }
    let mut start = header + 1;
    let mut indent = None;
    let mut deepest_blank = 0;
    while start < bytes.len() {
        let rest = bytes.get(start..)?;
        let column = rest.iter().take_while(|byte| **byte == b' ').count();
        match rest.get(column) {
            None | Some(b'\n') if indent.is_none() => deepest_blank = deepest_blank.max(column),
            None | Some(b'\n') => {}
            first => match indent {
                None if column <= parent || column < deepest_blank || first == Some(&b'\t') => {
                    return None;
                }
                None => indent = Some(column),
                Some(indent) if column < indent => return Some(start),
                Some(_) => {}
            },
        }
        start += memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
    }
    indent.map(|_| bytes.len())
}
