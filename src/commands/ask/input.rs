//! What comes in from the person: bytes of standard input, its end, and requests to stop.
//!
//! A thread of its own reads, so that a request to stop is heard while nothing is typed.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use mesh_advisor::prompt::{Lines, Stopped};

/// How many chunks wait to be read: a file that is piped in is not taken into memory as a whole.
const MOST_WAITING: usize = 16;

/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

/// How long a request to stop may wait while work is done.
const LOOK: Duration = Duration::from_millis(50);

/// Requests to stop, as SIGINT, SIGTERM and SIGHUP are, counted.
#[derive(Clone, Default)]
pub(super) struct Interrupts(Arc<AtomicUsize>);

impl Interrupts {
    fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Does some work on a thread of its own, so that a request to stop is heard while it lasts: then the work is left
    /// behind, and ends with the program. The terminal must be in its ordinary state, or Control-C is a key.
    pub(super) fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let before = self.count();
        let (sender, done) = sync_channel(1);
        let work = Arc::new(Mutex::new(Some(work)));
        let take = |work: &Mutex<Option<_>>| work.lock().ok().and_then(|mut work| work.take());
        let ours = work.clone();
        let begun = thread::Builder::new().spawn(move || {
            if let Some(work) = take(&ours) {
                // Whoever waited may have left.
                let _ = sender.send(work());
            }
        });
        if begun.is_err() {
            // No thread is to be had: the work is done all the same.
            let work = work.lock().ok().and_then(|mut work| work.take());
            return work.map_or_else(|| bail!("the work is lost"), |work| work());
        }
        loop {
            match done.recv_timeout(LOOK) {
                Ok(result) => return result,
                Err(RecvTimeoutError::Timeout) if self.count() > before => {
                    return Err(Stopped::Interrupted.into());
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => bail!("the work ended without a result"),
            }
        }
    }
}

enum Event {
    Bytes(Vec<u8>),
    End(Option<io::Error>),
    /// Look at the flag.
    Wake,
}

/// What comes in from the person.
pub(super) struct Input {
    events: Receiver<Event>,
    interrupts: Interrupts,
    /// Whether the program was stopped and goes on now.
    is_continued: Arc<AtomicBool>,
    /// Bytes after the last line.
    rest: Vec<u8>,
    has_ended: bool,
}

impl Input {
    /// Begins to listen, to standard input and to SIGINT, SIGTERM and SIGHUP.
    pub(super) fn open() -> Result<Self> {
        let (sender, events) = sync_channel(MOST_WAITING);
        let interrupts = Interrupts::default();
        let (counter, waker) = (interrupts.clone(), sender.clone());
        let on_signal = move || {
            counter.0.fetch_add(1, Ordering::SeqCst);
            // Whoever is not waiting looks at the flag anyway.
            let _ = waker.try_send(Event::Wake);
        };
        ctrlc::set_handler(on_signal).context("cannot listen to signals")?;
        let reader = thread::Builder::new().spawn(move || read(&sender));
        reader.context("cannot listen to what is typed: no thread is to be had")?;
        Ok(Self {
            events,
            interrupts,
            is_continued: continuations()?,
            rest: Vec::new(),
            has_ended: false,
        })
    }

    /// The requests to stop, to be looked at while work is done.
    pub(super) fn interrupts(&self) -> Interrupts {
        self.interrupts.clone()
    }

    /// Whether the program was stopped since the last look, and goes on now.
    pub(super) fn is_continued(&self) -> bool {
        self.is_continued.swap(false, Ordering::SeqCst)
    }

    /// The next bytes; `None` when nothing came for so long.
    pub(super) fn bytes(&mut self, patience: Duration) -> Result<Option<Vec<u8>>, Stopped> {
        self.check()?;
        let event = match self.events.recv_timeout(patience) {
            Ok(event) => event,
            Err(RecvTimeoutError::Timeout) => return Ok(None),
            Err(RecvTimeoutError::Disconnected) => Event::End(None),
        };
        self.check()?;
        match event {
            Event::Bytes(bytes) => Ok(Some(bytes)),
            Event::End(None) => Err(Stopped::EndOfInput),
            Event::End(Some(error)) => Err(Stopped::Failed(error)),
            Event::Wake => Ok(None),
        }
    }

    fn check(&self) -> Result<(), Stopped> {
        if self.interrupts.count() > 0 {
            Err(Stopped::Interrupted)
        } else {
            Ok(())
        }
    }
}

/// A flag that SIGCONT raises.
fn continuations() -> Result<Arc<AtomicBool>> {
    let flag = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    signal_hook::flag::register(signal_hook::consts::SIGCONT, flag.clone())
        .context("cannot listen to signals")?;
    Ok(flag)
}

impl Lines for Input {
    fn next_line(&mut self) -> Result<String, Stopped> {
        let forever = Duration::from_secs(3600);
        loop {
            if let Some(end) = self.rest.iter().position(|byte| *byte == b'\n') {
                self.check()?;
                let line: Vec<u8> = self.rest.drain(..=end).collect();
                return Ok(String::from_utf8_lossy(&line).into_owned());
            }
            if self.has_ended {
                return Err(Stopped::EndOfInput);
            }
            match self.bytes(forever) {
                Ok(bytes) => self.rest.extend(bytes.into_iter().flatten()),
                // A last line may lack its end.
                Err(Stopped::EndOfInput) if !self.rest.is_empty() => {
                    self.has_ended = true;
                    self.rest.push(b'\n');
                }
                Err(stopped) => return Err(stopped),
            }
            if self.rest.len() > LONGEST_LINE && !self.rest.contains(&b'\n') {
                let message = format!("a line of more than {} KiB was typed", LONGEST_LINE / 1024);
                return Err(Stopped::Failed(io::Error::new(
                    io::ErrorKind::InvalidData,
                    message,
                )));
            }
        }
    }
}

fn read(sender: &SyncSender<Event>) {
    let mut input = io::stdin().lock();
    let mut buffer = [0; 4096];
    loop {
        let event = match input.read(&mut buffer) {
            Ok(0) => Event::End(None),
            Ok(length) => Event::Bytes(buffer.split_at(length).0.to_vec()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            // What a terminal answers that has gone away.
            Err(error) if error.raw_os_error() == Some(5) => Event::End(None),
            Err(error) => Event::End(Some(error)),
        };
        let is_last = matches!(event, Event::End(_));
        if sender.send(event).is_err() || is_last {
            return;
        }
    }
}
