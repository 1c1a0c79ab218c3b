//! Cuts YAML: documents, and the items of a list in block style.
//!
//! Only the beginnings of lines are looked at. That is enough: a line that begins with `---` always begins a document,
//! and whatever belongs to an item of a block sequence is indented deeper than its dash.

use memchr::memchr;

use super::{Cutter, Lines, Part, Piece};
use crate::read::skipped::Reason;

/// Finds the pieces of a YAML text.
#[derive(Debug)]
pub(crate) struct YamlCutter {
    lines: Lines,
    /// The beginning of the next line to look at.
    at: usize,
    /// How far its end was searched for.
    searched: usize,
    /// Where the piece at hand begins.
    start: usize,
    /// The first line of the piece at hand that says something.
    content: Option<usize>,
    state: State,
    /// A directive was seen, which belongs to the document that comes.
    has_directive: bool,
    /// The piece at hand was given up.
    is_dropped: bool,
    /// The line at hand was given up.
    is_in_long_line: bool,
    /// What stands around the items of the list at hand, so far.
    frame: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Within a document.
    Document,
    /// Within a document that begins on the line of its marker: no list is looked for.
    Inline,
    /// After the key `items` of a document.
    ItemsKey,
    /// Within a list whose dashes are indented this deep.
    Items(usize),
    /// After the items of a list.
    Tail,
}

impl YamlCutter {
    pub(crate) fn new() -> Self {
        Self {
            lines: Lines::new(),
            at: 0,
            searched: 0,
            start: 0,
            content: None,
            state: State::Document,
            has_directive: false,
            is_dropped: false,
            is_in_long_line: false,
            frame: Vec::new(),
        }
    }

    fn look_at(&mut self, text: &[u8], start: usize, buffer: &[u8], pieces: &mut Vec<Piece>) {
        if let Some(rest) = after_marker(text, b"---") {
            if self.content.is_some() || self.state != State::Document {
                self.end_document(start, buffer, pieces);
            } else if !self.has_directive {
                self.start = start;
            }
            self.has_directive = false;
            if says_something(rest) {
                self.content = Some(start);
                self.state = State::Inline;
            }
            return;
        }
        if after_marker(text, b"...").is_some() {
            self.end_document(start, buffer, pieces);
            self.start = self.at;
            return;
        }
        if !says_something(text) {
            return;
        }
        let indent = text.iter().take_while(|byte| **byte == b' ').count();
        let is_dash = after_dash(text.get(indent..).unwrap_or_default()).is_some();
        match self.state {
            State::Document if self.content.is_none() && text.starts_with(b"%") => {
                self.has_directive = true;
            }
            State::Document => {
                if self.content.is_none() && indent == 0 && is_dash {
                    self.begin_items(0, start);
                } else if indent == 0 && is_items_key(text) {
                    self.state = State::ItemsKey;
                }
                self.content.get_or_insert(start);
            }
            State::ItemsKey if is_dash && !self.is_dropped => {
                let head = buffer.get(self.start..start).unwrap_or_default();
                self.frame.extend_from_slice(head);
                let line = self
                    .lines
                    .line_of(buffer, self.content.unwrap_or(self.start));
                let part = Part::ListBegins(head.to_vec());
                pieces.push(Piece::new(self.start..start, line, part));
                self.begin_items(indent, start);
                self.content = Some(start);
            }
            State::ItemsKey => self.state = State::Document,
            State::Items(dashes) if indent == dashes && is_dash => {
                self.end_piece(start, Part::Item, buffer, pieces);
                self.content = Some(start);
            }
            State::Items(dashes) if indent <= dashes => {
                self.end_piece(start, Part::Item, buffer, pieces);
                self.content = Some(start);
                self.state = State::Tail;
            }
            State::Items(_) | State::Tail | State::Inline => {}
        }
    }

    fn begin_items(&mut self, indent: usize, start: usize) {
        self.state = State::Items(indent);
        self.start = start;
    }

    /// The piece at hand ends where the next one starts.
    fn end_piece(&mut self, end: usize, part: Part, buffer: &[u8], pieces: &mut Vec<Piece>) {
        if let Some(content) = self.content.take().filter(|_| !self.is_dropped) {
            let line = self.lines.line_of(buffer, content);
            pieces.push(Piece::new(self.start..end, line, part));
        }
        self.is_dropped = false;
        self.start = end;
    }

    fn end_document(&mut self, end: usize, buffer: &[u8], pieces: &mut Vec<Piece>) {
        match self.state {
            State::Document | State::Inline | State::ItemsKey => {
                self.end_piece(end, Part::Document, buffer, pieces);
            }
            State::Items(_) => {
                self.end_piece(end, Part::Item, buffer, pieces);
                self.content = Some(end);
                let frame = std::mem::take(&mut self.frame);
                self.end_piece(end, Part::ListEnds(frame), buffer, pieces);
            }
            State::Tail => {
                let mut frame = std::mem::take(&mut self.frame);
                frame.extend_from_slice(buffer.get(self.start..end).unwrap_or_default());
                self.end_piece(end, Part::ListEnds(frame), buffer, pieces);
            }
        }
        self.state = State::Document;
        self.has_directive = false;
    }
}

impl Cutter for YamlCutter {
    fn cut(&mut self, buffer: &[u8], at_end: bool, pieces: &mut Vec<Piece>) {
        loop {
            let rest = buffer.get(self.searched..).unwrap_or_default();
            let (end, next) = match memchr(b'\n', rest) {
                Some(found) => (self.searched + found, self.searched + found + 1),
                None if at_end && self.at < buffer.len() => (buffer.len(), buffer.len()),
                None => break,
            };
            let start = self.at;
            self.at = next;
            self.searched = next;
            if !std::mem::take(&mut self.is_in_long_line) {
                let text = buffer.get(start..end).unwrap_or_default();
                self.look_at(text, start, buffer, pieces);
            }
        }
        self.searched = buffer.len();
        if self.is_in_long_line {
            self.at = buffer.len();
        }
        if at_end {
            self.end_document(buffer.len(), buffer, pieces);
        }
    }

    fn done(&self) -> usize {
        if self.is_dropped { self.at } else { self.start }
    }

    fn forget(&mut self, buffer: &[u8]) {
        let done = self.done();
        self.lines.forget(buffer, done);
        self.at -= done;
        self.searched -= done;
        self.start = self.start.saturating_sub(done);
        self.content = self.content.map(|content| content.saturating_sub(done));
    }

    fn give_up(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        if !self.is_dropped {
            let line = self
                .lines
                .line_of(buffer, self.content.unwrap_or(self.start));
            let part = Part::Broken(Reason::TooLarge);
            pieces.push(Piece::new(self.start..self.start, line, part));
        }
        self.is_dropped = true;
        self.content.get_or_insert(self.start);
        self.is_in_long_line = self.at < buffer.len();
        self.at = buffer.len();
    }
}

/// What stands after a marker that begins a line.
fn after_marker<'t>(text: &'t [u8], marker: &[u8]) -> Option<&'t [u8]> {
    let rest = text.strip_prefix(marker)?;
    matches!(rest.first(), None | Some(b' ' | b'\t' | b'\r')).then_some(rest)
}

fn after_dash(text: &[u8]) -> Option<&[u8]> {
    after_marker(text, b"-")
}

fn is_items_key(text: &[u8]) -> bool {
    text.strip_prefix(b"items:").is_some_and(|rest| {
        matches!(rest.first(), None | Some(b' ' | b'\t' | b'\r')) && !says_something(rest)
    })
}

/// Whether a line is neither blank nor a comment.
fn says_something(text: &[u8]) -> bool {
    !matches!(text.trim_ascii_start().first(), None | Some(b'#'))
}
