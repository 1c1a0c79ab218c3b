//! Front matter, YAML between `---` or TOML between `+++`, read line by line.
//!
//! A template that nobody filled in is often not YAML (`status: {proposed | rejected}`), and its author still deserves to
//! be told about the status rather than about flow mappings. So this reads top-level keys and their first words, never
//! fails, and leaves real YAML to whoever reads the value of one key.

use std::ops::Range;

use crate::lines::{Line, lines, slice, text_start};

/// The front matter of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// What it is written in.
    pub notation: Notation,
    /// From the opening line to the end of the closing one.
    pub span: Range<usize>,
    /// The top-level keys, in order.
    pub entries: Vec<Entry>,
}

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Between `---`.
    Yaml,
    /// Between `+++`, as Hugo has it.
    Toml,
}

/// One top-level key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The key, without quotes.
    pub key: String,
    /// The key's own line, without its ending.
    pub line: Range<usize>,
    /// The rest of the key's line after the colon, trimmed; empty when the value starts below.
    pub inline: Range<usize>,
    /// The lines below that belong to the value, without blank or comment lines at the end; empty when there are none.
    pub below: Range<usize>,
}

/// A piece of the file as a person reads it: quotes and comments gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub span: Range<usize>,
}

impl FrontMatter {
    /// The front matter at the start of `text`, if it has one that is closed.
    pub fn find(text: &str) -> Option<Self> {
        let start = text_start(text);
        let mut rest = lines(text, start..text.len());
        let opening = rest.next()?;
        let notation = match opening.text(text).trim_end() {
            "---" => Notation::Yaml,
            "+++" => Notation::Toml,
            _ => return None,
        };
        let inside: Vec<Line> = rest
            .by_ref()
            .take_while(|line| !notation.is_closing(line.text(text)))
            .collect();
        let content_end = inside.last().map_or(opening.next, |line| line.next);
        let closing = lines(text, content_end..text.len()).next()?;
        if inside.first().is_some_and(|line| line.is_blank(text)) {
            return None;
        }
        Some(FrontMatter {
            notation,
            span: start..closing.next,
            entries: entries(text, &inside, notation),
        })
    }

    /// The entry of the first of `keys` that is there, compared without case and with `_` and `-` alike.
    pub fn entry(&self, keys: &[&str]) -> Option<&Entry> {
        keys.iter().find_map(|key| {
            self.entries
                .iter()
                .find(|entry| folded(&entry.key).eq(folded(key)))
        })
    }

    /// What the first key that is wanted says, when it says anything.
    pub(crate) fn field_named(
        &self,
        text: &str,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Option<Field> {
        let entry = self
            .entries
            .iter()
            .find(|entry| is_wanted(&entry.key.to_lowercase().replace(['_', '-'], " ")))?;
        entry.field(text)
    }

    /// What one of `keys` says, when it says anything.
    pub fn field(&self, text: &str, keys: &[&str]) -> Option<Field> {
        self.entry(keys)?.field(text)
    }
}

impl Entry {
    /// The value as one line of words: quotes and comments gone, lines joined; a list's first item; none for a null.
    pub fn field(&self, text: &str) -> Option<Field> {
        let inline = slice(text, self.inline.clone());
        let below = trimmed(text, self.below.clone());
        let is_list = slice(text, below.clone()).starts_with('-');
        let is_below = inline.is_empty() || inline.starts_with(['|', '>', '#']);
        let span = if is_below && is_list {
            lines(text, below).next()?.span()
        } else if is_below {
            below
        } else if below.is_empty() || is_list || inline.starts_with(['[', '{', '&', '*', '!']) {
            self.inline.clone()
        } else {
            self.inline.start..below.end
        };
        let words = scalar(text, span)?;
        let is_null = matches!(words.text.as_str(), "" | "~" | "null" | "Null" | "NULL");
        (!is_null).then_some(words)
    }
}

impl Notation {
    fn is_closing(self, line: &str) -> bool {
        match self {
            Notation::Yaml => matches!(line.trim_end(), "---" | "..."),
            Notation::Toml => line.trim_end() == "+++",
        }
    }

    /// What stands between a key and its value.
    fn separator(self) -> char {
        match self {
            Notation::Yaml => ':',
            Notation::Toml => '=',
        }
    }
}

fn folded(key: &str) -> impl Iterator<Item = char> {
    key.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
}

fn entries(text: &str, inside: &[Line], notation: Notation) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    // The keys of a TOML table are its own, not the file's.
    let is_table = |line: &&Line| notation == Notation::Toml && line.text(text).starts_with('[');
    for line in inside.iter().take_while(|line| !is_table(line)) {
        if let Some(entry) = entry(text, *line, notation) {
            found.push(entry);
        } else if let Some(last) = found.last_mut()
            && !line.is_blank(text)
            && !line.text(text).starts_with('#')
        {
            let start = if last.below.is_empty() {
                next_line(text, last.line.end)
            } else {
                last.below.start
            };
            last.below = start..line.next;
        }
    }
    found
}

fn next_line(text: &str, end: usize) -> usize {
    lines(text, end..text.len())
        .next()
        .map_or(end, |line| line.next)
}

fn entry(text: &str, line: Line, notation: Notation) -> Option<Entry> {
    let words = line.text(text);
    if words.starts_with([' ', '\t', '#', '-', '{', '[', '|', '>']) {
        return None;
    }
    let separator = words
        .match_indices(notation.separator())
        .map(|(at, _)| at)
        .find(|at| {
            let tail = slice(words, at + 1..words.len());
            notation == Notation::Toml || tail.is_empty() || tail.starts_with([' ', '\t'])
        })?;
    let key = slice(words, 0..separator)
        .trim()
        .trim_matches(['"', '\''])
        .to_owned();
    let inline = trimmed(text, line.start + separator + 1..line.end);
    Some(Entry {
        key,
        line: line.span(),
        inline,
        below: line.next..line.next,
    })
}

/// The words of a scalar, its lines joined: a quoted one without its quotes, a plain one up to a comment.
fn scalar(text: &str, span: Range<usize>) -> Option<Field> {
    let span = trimmed(text, span);
    let raw = slice(text, span.clone());
    let quote = raw.chars().next().filter(|c| matches!(c, '"' | '\''));
    let inner = match quote.and_then(|quote| slice(raw, 1..raw.len()).rfind(quote)) {
        Some(close) => span.start + 1..span.start + 1 + close,
        None => {
            let comment = raw
                .match_indices('#')
                .map(|(at, _)| at)
                .find(|at| *at == 0 || slice(raw, 0..*at).ends_with([' ', '\t']));
            trimmed(text, span.start..span.start + comment.unwrap_or(raw.len()))
        }
    };
    Some(Field {
        text: slice(text, inner.clone())
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        span: inner,
    })
}

/// `span` without the white space at its ends.
pub fn trimmed(text: &str, span: Range<usize>) -> Range<usize> {
    let raw = slice(text, span.clone());
    let start = span.start + (raw.len() - raw.trim_start().len());
    start..start + raw.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(text: &str) -> Option<String> {
        FrontMatter::find(text)?
            .field(text, &["status"])
            .map(|field| field.text)
    }

    #[test]
    fn values_are_read_without_quotes_and_comments() {
        assert_eq!(
            status("---\nstatus: \"accepted\" # yes\n---\n").as_deref(),
            Some("accepted")
        );
        assert_eq!(
            status("---\nstatus: 'it''s'\n---\n").as_deref(),
            Some("it''s")
        );
        assert_eq!(
            status("---\r\nstatus: accepted # so\r\n---\r\n").as_deref(),
            Some("accepted")
        );
        assert_eq!(
            status("---\nStatus: >-\n  accepted\n  at last\n...\n").as_deref(),
            Some("accepted at last")
        );
        assert_eq!(
            status("---\nstatus: superseded by\n  [9](9.md) # so\ndate: 2026-01-02\n---\n")
                .as_deref(),
            Some("superseded by [9](9.md)")
        );
        assert_eq!(
            status("---\nstatus:\n  - accepted\n---\n").as_deref(),
            Some("- accepted")
        );
    }

    #[test]
    fn an_unfilled_template_keeps_its_words() {
        let text = "---\nstatus: {proposed | rejected | accepted}\ndate: {YYYY-MM-DD when}\ndeciders:\n---\n# T\n";
        assert_eq!(
            status(text).as_deref(),
            Some("{proposed | rejected | accepted}")
        );
        assert_eq!(
            FrontMatter::find(text).unwrap().field(text, &["deciders"]),
            None
        );
    }

    #[test]
    fn toml_is_read_up_to_its_first_table() {
        let text = "+++\ntitle = \"T\"\nstatus = 'rejected' # so\n[extra]\nstatus = \"accepted\"\n+++\n# T\n";
        assert_eq!(status(text).as_deref(), Some("rejected"));
        assert_eq!(status("+++\n[extra]\nstatus = \"accepted\"\n+++\n"), None);
        assert_eq!(FrontMatter::find("+++\nstatus = 'x'\n---\n"), None);
    }

    #[test]
    fn nulls_say_nothing() {
        for value in ["", " ~", " null", " \"\"", " # later"] {
            assert_eq!(
                status(&format!("---\nstatus:{value}\n---\n")),
                None,
                "{value}"
            );
        }
    }

    #[test]
    fn what_is_not_closed_or_starts_with_a_blank_line_is_no_front_matter() {
        assert_eq!(FrontMatter::find("---\nstatus: accepted\n"), None);
        assert_eq!(FrontMatter::find("---\n\nprose\n\n---\n"), None);
        assert_eq!(FrontMatter::find("# T\n---\na: b\n---\n"), None);
    }

    #[test]
    fn the_span_covers_the_closing_line_and_starts_after_a_byte_order_mark() {
        let text = "\u{feff}---\na: 1\nb:\n  c: 2\n\n# note\n---\nrest";
        let found = FrontMatter::find(text).unwrap();
        assert_eq!(
            slice(text, found.span.clone()),
            "---\na: 1\nb:\n  c: 2\n\n# note\n---\n"
        );
        assert_eq!(
            slice(text, found.entry(&["b"]).unwrap().below.clone()),
            "  c: 2\n"
        );
    }
}
