//! From one source to batches of pieces, with no more of it in memory than a batch and the piece at hand.

use std::io::{self, Read};

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

/// Cuts a source into batches, in order. `count` is told of the bytes as they come.
pub(crate) fn feed(
    mut source: impl Read,
    is_expected: bool,
    limits: Limits,
    mut count: impl FnMut(usize),
    mut take: impl FnMut(Batch),
) -> Fed {
    let mut buffer = Vec::new();
    let mut is_at_end = false;
    while !is_at_end && buffer.len() < sniff::WINDOW {
        is_at_end = match fill(&mut source, &mut buffer, limits, &mut count) {
            Ok(is_at_end) => is_at_end,
            Err(_) => return Fed::Broken(Reason::Unreadable),
        };
    }
    if buffer.starts_with(b"\xef\xbb\xbf") {
        buffer.drain(..3);
    }
    let syntax = match sniff(&buffer, is_expected) {
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
        cutter.cut(&buffer, is_at_end, &mut pieces);
        if !is_at_end && buffer.len() - cutter.done().min(buffer.len()) > limits.largest_piece {
            cutter.give_up(&buffer, &mut pieces);
        }
        let done = cutter.done().min(buffer.len());
        if is_at_end || done >= limits.block / 2 {
            cutter.forget(&buffer);
            let rest = buffer.split_off(done);
            let bytes = std::mem::replace(&mut buffer, rest);
            let batch = Batch {
                bytes,
                pieces: std::mem::take(&mut pieces),
                syntax,
                item_type,
            };
            item_type = item_type_after(&batch);
            if !batch.pieces.is_empty() {
                take(batch);
            }
        }
        if is_at_end {
            return Fed::Whole;
        }
        is_at_end = match fill(&mut source, &mut buffer, limits, &mut count) {
            Ok(is_at_end) => is_at_end,
            Err(_) => return Fed::Broken(Reason::Unreadable),
        };
    }
}

/// Adds one more block to the buffer. Tells whether the source is at its end.
fn fill(
    source: &mut impl Read,
    buffer: &mut Vec<u8>,
    limits: Limits,
    count: &mut impl FnMut(usize),
) -> io::Result<bool> {
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
