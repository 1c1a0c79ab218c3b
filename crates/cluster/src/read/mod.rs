//! Reads manifests and dumps: bytes to objects, each with its place.
//!
//! A source is cut into pieces (`cut`) by one thread, the pieces are read (`document`) by all of them, and what they
//! hold is taken in by one again, in the order of the input. So the outcome does not depend on the threads, and what
//! is in memory does not depend on the size of the input, only on what is kept of each object.
//!
//! A part that cannot be read is counted with its reason, and costs no other.

mod coverage;
mod cut;
mod document;
mod events;
mod feed;
mod skipped;
mod sniff;
mod threads;

use std::io;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};

pub use coverage::{Coverage, Differing};
pub use skipped::{Reason, Skipped, Skips};

use crate::inventory::{Inventory, Summary};
use crate::object::{Object, TypeName};
use crate::place::Place;
use coverage::Counting;
use events::{Event, What};
use feed::{Fed, Feeding, Limits};
use sniff::Syntax;
use threads::Input;

/// How much is kept of items whose list says only after them what they are, in bytes.
const MOST_WAITING: usize = 64 * 1024 * 1024;

/// Something to read: a file, or a stream.
pub trait Source: Sync {
    /// How many bytes it holds; `None` for a stream.
    fn size(&self) -> Option<u64>;

    /// Whether it was named, or its name says that it holds YAML or JSON. Otherwise it is read only if it begins like a
    /// manifest.
    fn is_expected(&self) -> bool;

    /// Opens it.
    ///
    /// # Errors
    /// Why it is not read.
    fn open(&self) -> Result<Box<dyn io::Read + Send + '_>, Reason>;
}

/// How far the reading has come, for somebody who watches.
#[derive(Debug, Default)]
pub struct Progress {
    bytes: AtomicU64,
    objects: AtomicU64,
}

impl Progress {
    /// How many bytes were read.
    pub fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    /// How many objects were found.
    pub fn objects(&self) -> u64 {
        self.objects.load(Ordering::Relaxed)
    }

    fn add_bytes(&self, bytes: usize) {
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn add_object(&self) {
        self.objects.fetch_add(1, Ordering::Relaxed);
    }
}

/// Reads the sources into an inventory. Files are numbered as the sources are.
pub fn inventory<S: Source>(
    sources: &[S],
    threads: NonZeroUsize,
    progress: &Progress,
) -> (Inventory, Coverage) {
    let mut inventory = Inventory::default();
    let observe = |summary, place| inventory.observe(summary, place);
    let input = Input {
        sources,
        feeding: Feeding::within(Limits::USUAL),
        progress,
    };
    let coverage = read(&input, threads, Summary::of, observe);
    (inventory, coverage)
}

/// Reads the sources. `keep` makes of an object what is kept of it, on any thread; `observe` is given that, with the
/// object's place, in the order of the input.
fn read<S: Source, T: Send>(
    input: &Input<'_, S>,
    threads: NonZeroUsize,
    keep: impl Fn(Object) -> T + Sync,
    observe: impl FnMut(T, Place),
) -> Coverage {
    let mut taking = Taking {
        progress: input.progress,
        keep: &keep,
        observe,
        counting: Counting::default(),
        waiting: Vec::new(),
        waiting_bytes: 0,
    };
    threads::run(input, threads, &keep, |part| taking.take(part));
    let mut coverage = taking.counting.end();
    coverage.bytes = input.progress.bytes();
    coverage
}

/// What was read of a file, or of a part of it.
struct PartRead<T> {
    file: u32,
    events: Vec<Event<T>>,
    /// Set once, after everything else of the file.
    end: Option<Fed>,
}

/// Takes in what was read, in the order of the input.
struct Taking<'a, K, O> {
    progress: &'a Progress,
    keep: &'a K,
    observe: O,
    counting: Counting,
    /// Items that do not say what they are, of the list at hand.
    waiting: Vec<(u32, Vec<u8>, Syntax)>,
    waiting_bytes: usize,
}

impl<K, O> Taking<'_, K, O> {
    fn take<T>(&mut self, part: PartRead<T>)
    where
        K: Fn(Object) -> T,
        O: FnMut(T, Place),
    {
        let PartRead { file, events, end } = part;
        for event in events {
            self.take_event(event, file);
        }
        if let Some(end) = end {
            self.settle(None, file);
            self.end_file(end, file);
        }
    }

    fn take_event<T>(&mut self, event: Event<T>, file: u32)
    where
        K: Fn(Object) -> T,
        O: FnMut(T, Place),
    {
        let Event { line, what } = event;
        let place = Place { file, line };
        match what {
            What::Object {
                kept,
                group,
                name,
                identity,
                content,
            } => {
                self.progress.add_object();
                self.counting.count(group, name, identity, content, place);
                (self.observe)(kept, place);
            }
            What::Skipped(reason) => self.counting.coverage.skipped.add(reason, place),
            What::Kindless(text, syntax) => {
                self.waiting_bytes += text.len();
                if self.waiting_bytes <= MOST_WAITING {
                    self.waiting.push((line, text, syntax));
                } else {
                    self.counting.coverage.skipped.add(Reason::NoKind, place);
                }
            }
            What::ListEnds(item_type) => self.settle(item_type.as_ref(), file),
        }
    }

    /// Reads the items that waited for their list to say what they are.
    fn settle<T>(&mut self, item_type: Option<&TypeName>, file: u32)
    where
        K: Fn(Object) -> T,
        O: FnMut(T, Place),
    {
        self.waiting_bytes = 0;
        let mut events = Vec::new();
        for (line, text, syntax) in std::mem::take(&mut self.waiting) {
            events::add(
                document::read(&text, syntax, item_type),
                line,
                self.keep,
                &mut events,
            );
        }
        for event in events {
            self.take_event(event, file);
        }
    }

    fn end_file(&mut self, end: Fed, file: u32) {
        match end {
            Fed::Other => {}
            Fed::Broken(reason @ (Reason::Link | Reason::NotAFile)) => {
                self.counting
                    .coverage
                    .skipped
                    .add(reason, Place { file, line: 1 });
            }
            Fed::Whole => self.counting.coverage.files += 1,
            Fed::Broken(reason) => {
                self.counting.coverage.files += 1;
                self.counting
                    .coverage
                    .skipped
                    .add(reason, Place { file, line: 1 });
            }
        }
    }
}

#[cfg(test)]
mod tests;
