//! Cuts JSON: values in a row, a list without a frame, and the `items` of a list.
//!
//! Only brackets and strings are looked at. A line end cannot stand in a string of JSON, so a string that was never
//! closed ends there and spoils one piece only.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use super::scan::{end_of_plain_text, spaces, up_to_structure};
use super::{Cutter, Lines, Part, Piece};
use crate::read::skipped::Reason;

/// How many bytes are looked through once more, in all, because a piece turned out not to end where it should.
const MOST_AGAIN: usize = 256 * 1024 * 1024;

/// How many lists are opened in one value. Only a mistake makes it more than one.
const MOST_LISTS: u8 = 16;

/// Lists of an object's metadata, spec or status that no rule reads, and that take up most of it.
const UNREAD: [&[u8]; 6] = [
    b"\"managedFields\"",
    b"\"conditions\"",
    b"\"containerStatuses\"",
    b"\"initContainerStatuses\"",
    b"\"tolerations\"",
    b"\"images\"",
];

/// How much of the space between two pieces is kept, to see in which column the next one begins.
const LOOK_BACK: usize = 256;

/// Finds the pieces of a JSON text.
#[derive(Debug)]
pub(crate) struct JsonCutter {
    lines: Lines,
    /// How far the buffer was looked through. One past its end after a backslash that ends it.
    at: usize,
    /// Where the piece at hand begins, or where the last one ended.
    start: usize,
    /// The column in which the piece at hand begins, when it is the first thing on its line.
    column: Option<usize>,
    /// How many brackets are open.
    depth: u64,
    /// Which of the innermost 64 of them are square, the innermost lowest.
    squares: u64,
    level: Level,
    is_in_string: bool,
    is_in_junk: bool,
    /// What of the piece at hand nobody reads: what stands within the brackets of a list.
    unread: Vec<Range<usize>>,
    /// Where such a list begins that is still open.
    unread_since: Option<usize>,
    /// The piece at hand was given up.
    is_dropped: bool,
    /// What stands around the items of the list at hand, so far.
    frame: Vec<u8>,
    lists: u8,
    looked_again: usize,
}

/// How many brackets are open where pieces stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    /// Values in a row.
    Row = 0,
    /// The elements of an array.
    Array = 1,
    /// The `items` of an object.
    Items = 2,
}

impl JsonCutter {
    pub(crate) fn new() -> Self {
        Self {
            lines: Lines::new(),
            at: 0,
            start: 0,
            column: None,
            depth: 0,
            squares: 0,
            level: Level::Row,
            is_in_string: false,
            is_in_junk: false,
            unread: Vec::new(),
            unread_since: None,
            is_dropped: false,
            frame: Vec::new(),
            lists: 0,
            looked_again: 0,
        }
    }

    fn is_between_pieces(&self) -> bool {
        self.depth == self.level as u64
    }

    fn look_through(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        while let Some(byte) = buffer.get(self.at) {
            if self.is_in_string {
                self.pass_string(buffer);
                continue;
            }
            if self.is_in_junk {
                self.pass_junk(buffer);
                continue;
            }
            match byte {
                b'{' | b'[' => self.open(*byte, buffer, pieces),
                b'}' | b']' => self.close(*byte, buffer, pieces),
                b'"' if self.depth > 0 => {
                    self.is_in_string = true;
                    self.at += 1;
                    self.pass_string(buffer);
                }
                _ if self.depth > 0 => {
                    self.at += 1;
                    self.at += up_to_structure(buffer.get(self.at..).unwrap_or_default());
                }
                b' ' => self.at += spaces(buffer.get(self.at..).unwrap_or_default()),
                b'\n' | b'\r' | b'\t' | b',' => self.at += 1,
                _ => self.begin_junk(buffer, pieces),
            }
        }
    }

    fn pass_string(&mut self, buffer: &[u8]) {
        while let Some(found) = buffer.get(self.at..).and_then(end_of_plain_text) {
            let position = self.at + found;
            match buffer.get(position) {
                Some(b'\\') => self.at = position + 2,
                Some(b'"') => {
                    self.is_in_string = false;
                    self.at = position + 1;
                    return;
                }
                _ => {
                    self.is_in_string = false;
                    self.at = position;
                    return;
                }
            }
        }
        self.at = self.at.max(buffer.len());
    }

    /// Text between values: the log in which a tool printed them. It goes on to the end of its line.
    fn begin_junk(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        let line = self.lines.line_of(buffer, self.at);
        pieces.push(Piece::new(
            self.at..self.at,
            line,
            Part::Broken(Reason::TextBetween),
        ));
        self.is_in_junk = true;
    }

    fn pass_junk(&mut self, buffer: &[u8]) {
        let end = buffer.get(self.at..).and_then(|rest| memchr(b'\n', rest));
        self.is_in_junk = end.is_none();
        self.at = end.map_or(buffer.len(), |end| self.at + end);
        self.start = self.at;
    }

    fn open(&mut self, byte: u8, buffer: &[u8], pieces: &mut Vec<Piece>) {
        let opening = self.at;
        self.at += 1;
        if self.is_between_pieces() {
            self.start = opening;
            self.column = column(buffer, opening);
            if self.level == Level::Row && byte == b'[' {
                self.begin_list(Level::Array);
                return;
            }
        } else if byte == b'[' && self.is_array_of_items(buffer, opening) {
            self.frame
                .extend_from_slice(buffer.get(self.start..self.at).unwrap_or_default());
            self.lists += 1;
            let line = self.lines.line_of(buffer, self.start);
            let head = [&self.frame[..], b"]}"].concat();
            pieces.push(Piece::new(
                self.start..self.at,
                line,
                Part::ListBegins(head),
            ));
            self.begin_list(Level::Items);
            return;
        } else if byte == b'[' && self.is_in_section() {
            let before = buffer.get(self.start..opening);
            let is_unread = UNREAD.iter().any(|key| is_value_of(before, key));
            self.unread_since = is_unread.then_some(self.at);
        }
        self.depth += 1;
        self.squares = (self.squares << 1) | u64::from(byte == b'[');
    }

    fn begin_list(&mut self, level: Level) {
        self.level = level;
        self.depth = level as u64;
        self.start = self.at;
    }

    fn is_array_of_items(&self, buffer: &[u8], opening: usize) -> bool {
        let is_possible = self.level == Level::Row && self.depth == 1 && !self.is_dropped;
        is_possible
            && self.lists < MOST_LISTS
            && is_value_of(buffer.get(self.start..opening), b"\"items\"")
    }

    /// Whether what is open here is as deep in its piece as the entries of an object's metadata, its spec or its status.
    fn is_in_section(&self) -> bool {
        self.depth == self.level as u64 + 2
    }

    fn close(&mut self, byte: u8, buffer: &[u8], pieces: &mut Vec<Piece>) {
        if self.is_between_pieces() {
            match (self.level, byte) {
                (Level::Items, b']') => {
                    self.level = Level::Row;
                    self.depth = 1;
                    self.start = self.at;
                }
                (Level::Array, b']') => self.end_array(buffer, pieces),
                (Level::Row, _) => self.begin_junk(buffer, pieces),
                // A bracket too many after an item.
                (Level::Items | Level::Array, _) => {}
            }
            self.at += 1;
            return;
        }
        // A bracket of the other sort: one before it was left out.
        let is_wrong = (self.squares & 1 == 1) != (byte == b']');
        if is_wrong && self.restart(buffer, pieces) {
            return;
        }
        self.depth -= 1;
        self.squares >>= 1;
        if self.is_in_section()
            && let Some(start) = self.unread_since.take()
        {
            self.unread.push(start..self.at);
        }
        self.at += 1;
        if self.is_between_pieces() {
            self.finish(buffer, pieces);
        }
    }

    fn end_array(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        let line = self.lines.line_of(buffer, self.at);
        pieces.push(Piece::new(
            self.at..self.at,
            line,
            Part::ListEnds(Vec::new()),
        ));
        self.level = Level::Row;
        self.depth = 0;
        self.start = self.at + 1;
    }

    /// The piece at hand is whole.
    fn finish(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        let range = self.start..self.at;
        if self.is_dropped {
            self.is_dropped = false;
        } else {
            let line = self.lines.line_of(buffer, self.start);
            let part = match self.level {
                Level::Items | Level::Array => Part::Item,
                Level::Row if self.lists == 0 => Part::Document,
                Level::Row => self.end_frame(buffer.get(range.clone()).unwrap_or_default()),
            };
            pieces.push(Piece {
                unread: std::mem::take(&mut self.unread),
                ..Piece::new(range, line, part)
            });
        }
        self.begin_unread();
        self.start = self.at;
    }

    fn end_frame(&mut self, tail: &[u8]) -> Part {
        let mut frame = std::mem::take(&mut self.frame);
        frame.extend_from_slice(tail);
        self.lists = 0;
        Part::ListEnds(frame)
    }

    /// A piece does not end where it should. If a later line, among those that were looked through, looks like the
    /// beginning of another one, then only what stands before that line is lost.
    fn restart(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) -> bool {
        if self.is_between_pieces() || self.is_dropped {
            return false;
        }
        let seen = buffer.get(..self.at).unwrap_or(buffer);
        // A piece that did not begin its line gives way to whatever begins one.
        let column = self.column.unwrap_or(0);
        let Some(next) = next_start(seen, self.start, column) else {
            return false;
        };
        self.looked_again += self.at - next;
        if self.looked_again > MOST_AGAIN {
            return false;
        }
        let line = self.lines.line_of(buffer, self.start);
        let range = self.start..next;
        pieces.push(Piece::new(range, line, Part::Broken(Reason::Syntax)));
        self.depth = self.level as u64;
        self.is_in_string = false;
        self.begin_unread();
        self.start = next;
        self.at = next;
        true
    }

    fn begin_unread(&mut self) {
        self.unread.clear();
        self.unread_since = None;
    }

    /// The input ended: what is still open was cut off.
    fn end(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        if self.depth == 0 {
            return;
        }
        let start = self.start.min(buffer.len());
        let line = self.lines.line_of(buffer, start);
        let range = start..buffer.len();
        if !self.is_dropped {
            let part = Part::Broken(Reason::Truncated);
            pieces.push(Piece::new(range.clone(), line, part));
        }
        if self.level != Level::Row {
            let frame = if self.frame.is_empty() {
                Part::ListEnds(Vec::new())
            } else {
                self.end_frame(b"]}")
            };
            pieces.push(Piece::new(range, line, frame));
        }
        self.start = buffer.len();
        self.depth = 0;
        self.level = Level::Row;
    }
}

impl Cutter for JsonCutter {
    fn cut(&mut self, buffer: &[u8], at_end: bool, pieces: &mut Vec<Piece>) {
        self.look_through(buffer, pieces);
        if at_end {
            while self.restart(buffer, pieces) {
                self.look_through(buffer, pieces);
            }
            self.end(buffer, pieces);
        }
    }

    fn done(&self) -> usize {
        if self.is_between_pieces() {
            self.at.saturating_sub(LOOK_BACK).max(self.start)
        } else if self.is_dropped {
            self.at
        } else {
            self.start
        }
    }

    fn forget(&mut self, buffer: &[u8]) {
        let done = self.done().min(buffer.len());
        self.lines.forget(buffer, done);
        self.at -= done;
        self.start = self.start.saturating_sub(done);
        let ends = self
            .unread
            .iter_mut()
            .flat_map(|r| [&mut r.start, &mut r.end]);
        for position in ends.chain(&mut self.unread_since) {
            *position = position.saturating_sub(done);
        }
    }

    fn give_up(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>) {
        if self.is_between_pieces() || self.is_dropped {
            return;
        }
        let line = self.lines.line_of(buffer, self.start);
        pieces.push(Piece::new(
            self.start..self.start,
            line,
            Part::Broken(Reason::TooLarge),
        ));
        self.is_dropped = true;
        if self.level == Level::Row && self.lists > 0 {
            let frame = self.end_frame(b"]}");
            pieces.push(Piece::new(self.start..self.start, line, frame));
        }
    }
}

/// Whether what follows this text is the value of a key, given in its quotes.
fn is_value_of(before: Option<&[u8]>, key: &[u8]) -> bool {
    let before = before.unwrap_or_default().trim_ascii_end();
    let before = before.strip_suffix(b":").map(<[u8]>::trim_ascii_end);
    // Not `\"items"`, which would be the end of some other string.
    before
        .and_then(|before| before.strip_suffix(key))
        .is_some_and(|before| matches!(before.trim_ascii_end().last(), Some(b'{' | b',')))
}

/// The column of a position if only spaces stand before it on its line.
fn column(buffer: &[u8], position: usize) -> Option<usize> {
    let before = buffer.get(position.saturating_sub(LOOK_BACK)..position)?;
    let column = before
        .iter()
        .rev()
        .take_while(|byte| **byte == b' ')
        .count();
    let is_alone = column == position || before.iter().rev().nth(column) == Some(&b'\n');
    is_alone.then_some(column)
}

/// The next line after a position that opens an object in this column.
fn next_start(buffer: &[u8], position: usize, column: usize) -> Option<usize> {
    let rest = buffer.get(position..)?;
    let starts = memchr_iter(b'\n', rest).map(|end| position + end + 1);
    let mut openings = starts.filter(|start| {
        let line = buffer.get(*start..).unwrap_or_default();
        spaces(line) == column && line.get(column) == Some(&b'{')
    });
    openings.next().map(|start| start + column)
}
