//! One thread cuts, all read, and one takes in what they read, in order.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::events::{Event, events};
use super::feed::{Batch, Fed, Feeding};
use super::{PartRead, Progress, Source};
use crate::object::Object;

/// Files up to this size are opened and read by whichever thread is free.
const SMALL_FILE: u64 = 256 * 1024;

/// How many small files, and how many bytes of them, a thread is given at once.
const MOST_FILES: usize = 64;
const MOST_BYTES: u64 = 512 * 1024;

/// How many jobs for each thread are under way at once: what bounds the memory.
const JOBS_PER_THREAD: usize = 4;

/// Something to read. Jobs are numbered in the order of the input.
enum Job {
    /// Small files, whole.
    Files(Range<usize>),
    /// A part of a file.
    Batch(u32, Batch),
    /// A file was cut to its end.
    End(u32, Fed),
}

/// What is read, and how.
pub(super) struct Input<'a, S> {
    pub(super) sources: &'a [S],
    pub(super) feeding: Feeding,
    pub(super) progress: &'a Progress,
}

/// Reads the sources and gives what is in them to `take`, in order.
pub(super) fn run<S: Source, T: Send>(
    input: &Input<'_, S>,
    threads: NonZeroUsize,
    keep: &(impl Fn(Object) -> T + Sync),
    mut take: impl FnMut(PartRead<T>),
) {
    let (permits, returned) = sync_channel(threads.get() * JOBS_PER_THREAD);
    let (jobs, waiting) = channel();
    let (done, results) = channel();
    let waiting = &Mutex::new(waiting);
    thread::scope(|scope| {
        scope.spawn(move || {
            Handing {
                jobs,
                permits,
                next: 0,
            }
            .hand_out(input)
        });
        for _ in 0..threads.get() {
            let done = done.clone();
            scope.spawn(move || work(input, waiting, keep, &done));
        }
        drop(done);
        in_order(&results, |parts| {
            parts.into_iter().for_each(&mut take);
            // Nobody waits for a permit any more once everything is handed out.
            let _ = returned.recv();
        });
    });
}

impl<S: Source> Input<'_, S> {
    /// Cuts a source into batches.
    fn cut(&self, source: &S, take: impl FnMut(Batch)) -> Fed {
        let count = |bytes| self.progress.add_bytes(bytes);
        match source.open() {
            Ok(reader) => self.feeding.feed(reader, source.is_expected(), count, take),
            Err(reason) => Fed::Broken(reason),
        }
    }

    fn read<T>(&self, mut batch: Batch, keep: &impl Fn(Object) -> T) -> Vec<Event<T>> {
        let events = events(&mut batch, keep);
        self.feeding.buffers.give_back(batch.bytes);
        events
    }
}

/// Hands out the jobs.
struct Handing {
    jobs: Sender<(u64, Job)>,
    permits: SyncSender<()>,
    next: u64,
}

impl Handing {
    fn hand_out(mut self, input: &Input<'_, impl Source>) {
        let (mut first, mut bytes) = (0, 0);
        for (index, source) in input.sources.iter().enumerate() {
            let small = source.size().filter(|size| *size <= SMALL_FILE);
            let is_full = index - first >= MOST_FILES || bytes >= MOST_BYTES;
            if (small.is_none() || is_full) && first < index {
                self.send(Job::Files(first..index));
                first = index;
                bytes = 0;
            }
            match small {
                Some(size) => bytes += size,
                None => {
                    let file = file_number(index);
                    let end = input.cut(source, |batch| self.send(Job::Batch(file, batch)));
                    self.send(Job::End(file, end));
                    first = index + 1;
                }
            }
        }
        if first < input.sources.len() {
            self.send(Job::Files(first..input.sources.len()));
        }
    }

    fn send(&mut self, job: Job) {
        // Both fail only when the other end is gone, and then nobody waits for the job.
        let _ = self.permits.send(());
        let _ = self.jobs.send((self.next, job));
        self.next += 1;
    }
}

fn work<T>(
    input: &Input<'_, impl Source>,
    waiting: &Mutex<Receiver<(u64, Job)>>,
    keep: &impl Fn(Object) -> T,
    done: &Sender<(u64, Vec<PartRead<T>>)>,
) {
    loop {
        let job = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv();
        let Ok((number, job)) = job else { return };
        if done.send((number, do_job(job, input, keep))).is_err() {
            return;
        }
    }
}

fn do_job<T>(
    job: Job,
    input: &Input<'_, impl Source>,
    keep: &impl Fn(Object) -> T,
) -> Vec<PartRead<T>> {
    match job {
        Job::Files(range) => range
            .filter_map(|index| Some((file_number(index), input.sources.get(index)?)))
            .map(|(file, source)| {
                let mut found = Vec::new();
                let end = input.cut(source, |batch| found.extend(input.read(batch, keep)));
                PartRead {
                    file,
                    events: found,
                    end: Some(end),
                }
            })
            .collect(),
        Job::Batch(file, batch) => {
            vec![PartRead {
                file,
                events: input.read(batch, keep),
                end: None,
            }]
        }
        Job::End(file, end) => vec![PartRead {
            file,
            events: Vec::new(),
            end: Some(end),
        }],
    }
}

/// Gives on what comes in as it is numbered, from 0.
fn in_order<T>(results: &Receiver<(u64, T)>, mut give: impl FnMut(T)) {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for (number, result) in results {
        early.insert(number, result);
        while let Some(result) = early.remove(&next) {
            give(result);
            next += 1;
        }
    }
}

fn file_number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
