//! What comes in from the person: bytes of standard input, its end, and requests to stop.
//!
//! A thread of its own reads, so that a request to stop is heard while nothing is typed.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};
use mesh_advisor::prompt::{Lines, Stopped};

/// How many chunks wait to be read: a file that is piped in is not taken into memory as a whole.
const MOST_WAITING: usize = 16;

/// The longest line that is read, in bytes.
const LONGEST_LINE: usize = 64 * 1024;

enum Event {
    Bytes(Vec<u8>),
    End(Option<io::Error>),
    /// Look at the flag.
    Wake,
}

/// What comes in from the person.
pub(super) struct Input {
    events: Receiver<Event>,
    is_interrupted: Arc<AtomicBool>,
    /// Bytes after the last line.
    rest: Vec<u8>,
    has_ended: bool,
}

impl Input {
    /// Begins to listen, to standard input and to SIGINT, SIGTERM and SIGHUP.
    pub(super) fn open() -> Result<Self> {
        let (sender, events) = sync_channel(MOST_WAITING);
        let is_interrupted = Arc::new(AtomicBool::new(false));
        let (flag, waker) = (is_interrupted.clone(), sender.clone());
        let on_signal = move || {
            flag.store(true, Ordering::SeqCst);
            // Whoever is not waiting looks at the flag anyway.
            let _ = waker.try_send(Event::Wake);
        };
        ctrlc::set_handler(on_signal).context("cannot listen to signals")?;
        thread::spawn(move || read(&sender));
        Ok(Self {
            events,
            is_interrupted,
            rest: Vec::new(),
            has_ended: false,
        })
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
        if self.is_interrupted.load(Ordering::SeqCst) {
            Err(Stopped::Interrupted)
        } else {
            Ok(())
        }
    }
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
            Ok(length) => Event::Bytes(buffer.get(..length).unwrap_or(&[]).to_vec()),
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
