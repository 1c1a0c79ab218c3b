//! Cuts a stream into pieces: documents, and the items of lists, each whole but none of them read.
//!
//! A cutter sees the input block by block and keeps no more of it than the piece at hand, so that a list of any size can
//! be read piece by piece and by several threads at once. It knows as little of its language as it takes to find where a
//! piece ends; what a piece says, and whether it is well formed, is for [`super::document`].

mod json;
mod scan;
mod yaml;

use std::ops::Range;

use memchr::memchr_iter;

use super::skipped::Reason;
pub(crate) use json::JsonCutter;
pub(crate) use yaml::YamlCutter;

/// A part of the input that can be read by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Which bytes of the buffer.
    pub(crate) range: Range<usize>,
    /// The first line with something on it, from 1.
    pub(crate) line: u32,
    pub(crate) part: Part,
    /// Those of its bytes, in order, that nobody has to look at again, and without which it is as well formed.
    pub(crate) unread: Vec<Range<usize>>,
}

impl Piece {
    fn new(range: Range<usize>, line: u32, part: Part) -> Self {
        Self {
            range,
            line,
            part,
            unread: Vec::new(),
        }
    }

    /// The text of this piece without what is unread, which is closed up in the buffer.
    pub(crate) fn text<'b>(&self, buffer: &'b mut [u8]) -> &'b mut [u8] {
        let mut end = self.unread.first().map_or(self.range.end, |gap| gap.start);
        for (index, gap) in self.unread.iter().enumerate() {
            let next = self.unread.get(index + 1);
            let kept = gap.end..next.map_or(self.range.end, |next| next.start);
            let length = kept.len();
            buffer.copy_within(kept, end);
            end += length;
        }
        buffer.get_mut(self.range.start..end).unwrap_or_default()
    }
}

/// What a piece is of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A document, or a value that stands by itself.
    Document,
    /// An item of a list.
    Item,
    /// The items of a list begin: what stands before them, as a document.
    ListBegins(Vec<u8>),
    /// The items of a list ended: what stands around them, as a document without them. Empty for a list without a frame.
    ListEnds(Vec<u8>),
    /// Something that cannot be read.
    Broken(Reason),
}

/// Cuts a buffer to which more and more of the input is added at the end and from which what is done is taken away at
/// the front.
pub(crate) trait Cutter {
    /// Looks through what is new in the buffer. At the end of the input everything that is left becomes a piece.
    fn cut(&mut self, buffer: &[u8], at_end: bool, pieces: &mut Vec<Piece>);

    /// How much at the front of the buffer is done with, once the pieces are taken.
    fn done(&self) -> usize;

    /// The front of the buffer, up to [`Cutter::done`], is taken away after this.
    fn forget(&mut self, buffer: &[u8]);

    /// The piece at hand is too large to be kept: it is dropped, and what follows of it is passed over.
    fn give_up(&mut self, buffer: &[u8], pieces: &mut Vec<Piece>);
}

/// Counts lines on the way through a buffer.
#[derive(Debug)]
struct Lines {
    /// How far in the buffer the lines are counted.
    at: usize,
    line: u32,
}

impl Lines {
    fn new() -> Self {
        Self { at: 0, line: 1 }
    }

    /// The line of a position that is not before the last one asked for.
    fn line_of(&mut self, buffer: &[u8], position: usize) -> u32 {
        let passed = buffer.get(self.at..position).unwrap_or_default();
        let lines = u32::try_from(memchr_iter(b'\n', passed).count()).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(lines);
        self.at = self.at.max(position);
        self.line
    }

    fn forget(&mut self, buffer: &[u8], done: usize) {
        self.line_of(buffer, done);
        self.at -= done;
    }
}
