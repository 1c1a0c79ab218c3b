//! `advise --each`: many sheets at once, JSON Lines in and out.
//!
//! Lines are read in batches, worked on by all cores and written in order, so that memory stays flat however long the
//! input is.

use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result, bail};
use mesh_advisor::each::Advisor;
use rayon::prelude::*;

use super::inputs::{self, Inputs};
use super::{Exit, on_all_cores};

/// The longest line that is read, in bytes.
const LONGEST_LINE: u64 = 1024 * 1024;
/// A batch ends after so many bytes or lines for each core, whichever comes first: enough to keep all cores busy, little
/// enough to stay in their caches.
const BATCH_BYTES: usize = 256 * 1024;
const BATCH_LINES: usize = 1024;
/// What some editors put before the first line.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
/// Lines that one core takes at a time.
const SHARE: usize = 64;

pub(super) fn run(path: &Path, tells_shares: bool, inputs: &Inputs) -> Result<Exit> {
    let rubric = inputs.rubric()?;
    let advisor = Advisor::new(rubric, inputs.reasoning(rubric)?, tells_shares);
    on_all_cores(|| advise_all(path, &advisor))
}

fn advise_all(path: &Path, advisor: &Advisor<'_>) -> Result<Exit> {
    let is_stream = path == Path::new("-");
    let mut reader: Box<dyn BufRead> = if is_stream {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::with_capacity(256 * 1024, inputs::open(path)?))
    };
    let mut output = BufWriter::with_capacity(256 * 1024, io::stdout().lock());
    let (mut is_sound, mut is_read) = (true, true);
    let mut batch = Batch::default();
    let mut is_empty = true;
    while batch
        .fill(&mut reader)
        .with_context(|| format!("cannot read {}", path.display()))?
    {
        is_empty = false;
        let shares: Vec<(Vec<u8>, bool)> = batch
            .lines
            .par_chunks(SHARE)
            .map(|lines| batch.advise(advisor, lines))
            .collect();
        for (text, is_share_sound) in shares {
            is_sound &= is_share_sound;
            is_read = is_read && is_taken(output.write_all(&text))?;
        }
        // Nobody reads any more. A file still has its end, and the exit code is about all of it; a stream may have none.
        if !is_read && is_stream {
            break;
        }
    }
    if is_read {
        is_taken(output.flush())?;
    } else {
        // What is left in the buffer has no reader either.
        let _ = output.into_parts();
    }
    if is_empty {
        bail!(
            "there is nothing in {}: one JSON object a line is expected",
            path.display()
        );
    }
    Ok(if is_sound { Exit::Done } else { Exit::Invalid })
}

/// Whether the reader of the output is still there.
fn is_taken(written: io::Result<()>) -> io::Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

/// Some lines of the input.
#[derive(Default)]
struct Batch {
    text: Vec<u8>,
    lines: Vec<Line>,
    /// How many lines were read before this batch.
    before: usize,
}

/// One line: its number from 1 and where it stands; `None` when it is too long to be read.
struct Line {
    number: usize,
    bytes: Option<Range<usize>>,
}

impl Batch {
    /// Reads the next lines; says whether there are any.
    fn fill(&mut self, reader: &mut dyn BufRead) -> io::Result<bool> {
        self.before = self.lines.last().map_or(self.before, |line| line.number);
        self.text.clear();
        self.lines.clear();
        let cores = rayon::current_num_threads();
        while self.text.len() < BATCH_BYTES * cores && self.lines.len() < BATCH_LINES * cores {
            let start = self.text.len();
            let length = reader
                .take(LONGEST_LINE)
                .read_until(b'\n', &mut self.text)?;
            if length == 0 {
                break;
            }
            let is_first = self.before == 0 && self.lines.is_empty();
            let has_mark = is_first && self.text.starts_with(BYTE_ORDER_MARK);
            let start = if has_mark {
                BYTE_ORDER_MARK.len()
            } else {
                start
            };
            let is_whole = self.text.last() == Some(&b'\n') || (length as u64) < LONGEST_LINE;
            if !is_whole {
                self.text.truncate(start);
                skip_line(reader)?;
            }
            let number = self.before + self.lines.len() + 1;
            self.lines.push(Line {
                number,
                bytes: is_whole.then_some(start..self.text.len()),
            });
        }
        Ok(!self.lines.is_empty())
    }

    /// The output for some of the lines, and whether all of them were sound.
    fn advise(&self, advisor: &Advisor<'_>, lines: &[Line]) -> (Vec<u8>, bool) {
        let mut output = Vec::with_capacity(lines.len() * 160);
        let mut is_sound = true;
        for line in lines {
            is_sound &= match &line.bytes {
                Some(range) => {
                    #[expect(
                        clippy::expect_used,
                        reason = "a line stands in the text of its batch"
                    )]
                    let bytes = self.text.get(range.clone()).expect("a line of this batch");
                    advisor.advise(line.number, bytes, &mut output)
                }
                None => advisor.refuse(line.number, "the line is longer than 1 MiB", &mut output),
            };
        }
        (output, is_sound)
    }
}

/// Reads to the end of a line without keeping it.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}
