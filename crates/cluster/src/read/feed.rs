//! From one source to batches of pieces, with no more of it in memory than a batch and the piece at hand.

use std::io::{self, Read};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::cut::{Cutter, JsonCutter, Part, Piece, YamlCutter};
use super::document;
use super::skipped::Reason;
use super::sniff::{self, Sniffed, Syntax, sniff};
use crate::object::TypeName;

/// How much of a source is held at once, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// What is asked for at once.
    pub(crate) block: usize,
    /// The largest piece that is kept. Nothing that the API server stores comes near: it takes 1.5 MiB by default.
    pub(crate) largest_piece: usize,
}

impl Limits {
    pub(crate) const USUAL: Self = Self {
        block: 512 * 1024,
        largest_piece: 64 * 1024 * 1024,
    };
}

/// Buffers that are used again: to touch fresh memory takes as long as to read a file into it.
#[derive(Debug, Default)]
pub(crate) struct Buffers(Mutex<Vec<Vec<u8>>>);

impl Buffers {
    /// A buffer that has become larger than this is not kept.
    const LARGEST: usize = 4 * 1024 * 1024;

    fn idle(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lend(&self) -> Vec<u8> {
        self.idle().pop().unwrap_or_default()
    }

    /// Takes away the front of a buffer.
    fn split(&self, buffer: &mut Vec<u8>, at: usize) -> Vec<u8> {
        let mut rest = self.lend();
        rest.extend_from_slice(buffer.get(at..).unwrap_or_default());
        buffer.truncate(at);
        std::mem::replace(buffer, rest)
    }

    /// Takes back a buffer that is done with.
    pub(crate) fn give_back(&self, mut buffer: Vec<u8>) {
        if buffer.capacity() <= Self::LARGEST {
            buffer.clear();
            self.idle().push(buffer);
        }
    }
}

/// Pieces that are read together.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) bytes: Vec<u8>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) syntax: Syntax,
    /// What the list in which the batch begins says of its items.
    pub(crate) item_type: Option<TypeName>,
}

/// How the reading of a source ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fed {
    /// It was cut to its end.
    Whole,
    /// Nothing in it looks like a manifest, and nothing said that it would.
    Other,
    /// It cannot be read any further, from the start or in the middle.
    Broken(Reason),
}

/// How sources are read.
#[derive(Debug)]
pub(crate) struct Feeding {
    pub(crate) limits: Limits,
    /// Where the bytes of batches come from, and are to be given back to.
    pub(crate) buffers: Buffers,
}

impl Feeding {
    pub(crate) fn within(limits: Limits) -> Self {
        Self {
            limits,
            buffers: Buffers::default(),
        }
    }

    /// Cuts a source into batches, in order. `count` is told of the bytes as they come.
    pub(crate) fn feed(
        &self,
        source: impl Read,
        is_expected: bool,
        count: impl FnMut(usize),
        take: impl FnMut(Batch),
    ) -> Fed {
        let mut buffer = self.buffers.lend();
        let end = self.cut(&mut buffer, source, is_expected, count, take);
        self.buffers.give_back(buffer);
        end
    }

    fn cut(
        &self,
        buffer: &mut Vec<u8>,
        mut source: impl Read,
        is_expected: bool,
        mut count: impl FnMut(usize),
        mut take: impl FnMut(Batch),
    ) -> Fed {
        let limits = self.limits;
        let mut is_at_end = false;
        while !is_at_end && buffer.len() < sniff::WINDOW {
            is_at_end = match fill(&mut source, buffer, limits, &mut count) {
                Ok(is_at_end) => is_at_end,
                Err(_) => return Fed::Broken(Reason::Unreadable),
            };
        }
        if buffer.starts_with(b"\xef\xbb\xbf") {
            buffer.drain(..3);
        }
        let syntax = match sniff(buffer, is_expected) {
            Sniffed::Text(syntax) => syntax,
            Sniffed::Skipped(reason) => return Fed::Broken(reason),
            Sniffed::Other => return Fed::Other,
        };
        let mut cutter: Box<dyn Cutter> = match syntax {
            Syntax::Json => Box::new(JsonCutter::new()),
            Syntax::Yaml => Box::new(YamlCutter::new()),
        };
        let mut pieces = Vec::new();
        let mut item_type = None;
        loop {
            cutter.cut(buffer, is_at_end, &mut pieces);
            if !is_at_end && buffer.len() - cutter.done().min(buffer.len()) > limits.largest_piece {
                cutter.give_up(buffer, &mut pieces);
            }
            let done = cutter.done().min(buffer.len());
            if is_at_end || done >= limits.block / 2 {
                cutter.forget(buffer);
                let batch = Batch {
                    bytes: self.buffers.split(buffer, done),
                    pieces: std::mem::take(&mut pieces),
                    syntax,
                    item_type,
                };
                item_type = item_type_after(&batch);
                if batch.pieces.is_empty() {
                    self.buffers.give_back(batch.bytes);
                } else {
                    take(batch);
                }
            }
            if is_at_end {
                return Fed::Whole;
            }
            is_at_end = match fill(&mut source, buffer, limits, &mut count) {
                Ok(is_at_end) => is_at_end,
                Err(_) => return Fed::Broken(Reason::Unreadable),
            };
        }
    }
}

/// Adds one more block to the buffer. Tells whether the source is at its end.
fn fill(
    source: &mut impl Read,
    buffer: &mut Vec<u8>,
    limits: Limits,
    count: &mut impl FnMut(usize),
) -> io::Result<bool> {
    buffer.reserve(limits.block);
    let read = source.take(limits.block as u64).read_to_end(buffer)?;
    count(read);
    Ok(read < limits.block)
}

/// What the list at the end of a batch says of its items.
fn item_type_after(batch: &Batch) -> Option<TypeName> {
    let mut item_type = batch.item_type.clone();
    for piece in &batch.pieces {
        match &piece.part {
            Part::ListBegins(head) => item_type = list_type(head, batch.syntax),
            Part::ListEnds(_) => item_type = None,
            Part::Document | Part::Item | Part::Broken(_) => {}
        }
    }
    item_type
}

/// What the text around the items of a list says of them.
pub(crate) fn list_type(frame: &[u8], syntax: Syntax) -> Option<TypeName> {
    document::read(frame, syntax, None)
        .ok()
        .and_then(|documents| documents.list)
}
