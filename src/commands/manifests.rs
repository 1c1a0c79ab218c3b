//! Finding manifests and dumps, and reading them while somebody may be watching.
//!
//! What a person names is read, also a link or a pipe that the shell made. In a directory, links are not followed and only files are read
//! that can hold manifests by their names, or that have no extension and begin like one.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use cluster::Inventory;
use cluster::read::{Coverage, Progress, Reason, Source};
use mesh_advisor::inspect::Paths;

use super::files::Workspace;
use super::inputs;

/// Directories that hold no manifests of a project's own.
const IGNORED_DIRECTORIES: [&str; 2] = [".git", "node_modules"];

/// The extensions of files that hold manifests, packed ones among them, so that they are not passed over in silence.
const EXTENSIONS: [&str; 8] = ["yaml", "yml", "json", "jsonl", "ndjson", "gz", "tgz", "zip"];

/// How long somebody waits before they are told how far it is.
const PATIENCE: Duration = Duration::from_secs(1);
const INTERVAL: Duration = Duration::from_millis(100);

/// Manifests and dumps, in the order in which they are read.
#[derive(Debug, Default)]
pub(super) struct Manifests {
    inputs: Vec<Input>,
    paths: Paths,
    known: HashSet<PathBuf>,
}

#[derive(Debug)]
struct Input {
    from: From,
    is_expected: bool,
}

#[derive(Debug)]
enum From {
    /// A file and its size.
    File(PathBuf, u64),
    /// A pipe.
    Stream(PathBuf),
    StandardInput,
    /// Something that is not read.
    Skipped(Reason),
}

impl Source for Input {
    fn size(&self) -> Option<u64> {
        match self.from {
            From::File(_, size) => Some(size),
            From::Skipped(_) => Some(0),
            From::Stream(_) | From::StandardInput => None,
        }
    }

    fn is_expected(&self) -> bool {
        self.is_expected
    }

    fn open(&self) -> Result<Box<dyn Read + Send + '_>, Reason> {
        match &self.from {
            From::File(path, _) | From::Stream(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(file)),
                Err(_) => Err(Reason::Unreadable),
            },
            From::StandardInput => Ok(Box::new(io::stdin())),
            From::Skipped(reason) => Err(*reason),
        }
    }
}

impl Manifests {
    /// The files that the paths name, and those in the directories that they name; `-` is standard input.
    ///
    /// # Errors
    /// A path does not exist, or a directory that was named cannot be read.
    pub(super) fn find(paths: &[PathBuf], workspace: &Workspace) -> Result<Self> {
        let mut manifests = Self::default();
        for path in paths {
            if path == Path::new("-") {
                manifests.add(From::StandardInput, "standard input".to_owned(), true);
                continue;
            }
            let context = || format!("cannot read {}", path.display());
            let metadata = inputs::metadata(path)?;
            let file_type = metadata.file_type();
            if file_type.is_dir() {
                fs::read_dir(path).with_context(context)?;
                manifests.walk(path, workspace);
            } else if file_type.is_file() {
                File::open(path).with_context(context)?;
                manifests.add_file(path, metadata.len(), true, workspace);
            } else {
                manifests.add(From::Stream(path.clone()), workspace.shown(path), true);
            }
        }
        Ok(manifests)
    }

    /// Reads everything.
    pub(super) fn read(self) -> Evidence {
        let threads = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        let progress = Progress::default();
        let size = self.inputs.iter().map(Source::size).sum::<Option<u64>>();
        let (inventory, coverage) = watched(&progress, size, || {
            cluster::read::inventory(&self.inputs, threads, &progress)
        });
        Evidence {
            inventory,
            coverage,
            paths: self.paths,
        }
    }

    fn walk(&mut self, directory: &Path, workspace: &Workspace) {
        let Ok(entries) = fs::read_dir(directory) else {
            return self.skip(Reason::Unreadable, directory, workspace);
        };
        let (entries, lost): (Vec<_>, Vec<_>) = entries.partition(Result::is_ok);
        if !lost.is_empty() {
            self.skip(Reason::Unreadable, directory, workspace);
        }
        let mut entries: Vec<_> = entries.into_iter().flatten().collect();
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let Ok(file_type) = entry.file_type() else {
                self.skip(Reason::Unreadable, &path, workspace);
                continue;
            };
            let name = Named::of(&path);
            if file_type.is_dir() {
                let is_ignored = IGNORED_DIRECTORIES
                    .iter()
                    .any(|ignored| entry.file_name() == *ignored);
                if !is_ignored {
                    self.walk(&path, workspace);
                }
            } else if name == Named::Other {
            } else if file_type.is_file() {
                match entry.metadata() {
                    Ok(metadata) => {
                        let is_expected = name == Named::Manifest;
                        self.add_file(&path, metadata.len(), is_expected, workspace);
                    }
                    Err(_) => self.skip(Reason::Unreadable, &path, workspace),
                }
            } else if name == Named::Manifest
                || fs::metadata(&path).is_ok_and(|target| target.is_dir())
            {
                let reason = if file_type.is_symlink() {
                    Reason::Link
                } else {
                    Reason::NotAFile
                };
                self.skip(reason, &path, workspace);
            }
        }
    }

    fn add_file(&mut self, path: &Path, size: u64, is_expected: bool, workspace: &Workspace) {
        if self.known.insert(workspace.absolute(path)) {
            self.add(
                From::File(path.to_owned(), size),
                workspace.shown(path),
                is_expected,
            );
        }
    }

    fn skip(&mut self, reason: Reason, path: &Path, workspace: &Workspace) {
        self.add(From::Skipped(reason), workspace.shown(path), true);
    }

    fn add(&mut self, from: From, shown: String, is_expected: bool) {
        self.inputs.push(Input { from, is_expected });
        self.paths.push(shown);
    }
}

/// What the name of a file says of what it holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Named {
    Manifest,
    /// It has no extension, as the files of a bug report.
    Nothing,
    Other,
}

impl Named {
    fn of(path: &Path) -> Self {
        match path
            .extension()
            .map(|extension| extension.to_ascii_lowercase())
        {
            None => Self::Nothing,
            Some(extension) if EXTENSIONS.iter().any(|known| extension == *known) => Self::Manifest,
            Some(_) => Self::Other,
        }
    }
}

/// What was read.
pub(super) struct Evidence {
    pub inventory: Inventory,
    pub coverage: Coverage,
    pub paths: Paths,
}

impl Evidence {
    /// Whether nothing could be read at all: then it is not that the input holds no objects.
    pub(super) fn is_unreadable(&self) -> bool {
        let failed = [
            Reason::Unreadable,
            Reason::Binary,
            Reason::Compressed,
            Reason::NotUtf8,
        ];
        let failed: u64 = failed
            .map(|reason| self.coverage.skipped.count(reason))
            .iter()
            .sum();
        self.coverage.objects == 0 && failed > 0 && failed >= self.coverage.files
    }
}

/// Does something that takes long, and says how far it is to somebody at a terminal.
fn watched<T>(progress: &Progress, size: Option<u64>, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let start = Instant::now();
    let (end, ended) = channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            while ended.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                if start.elapsed() >= PATIENCE {
                    say(&format!("\r{}\x1b[K", line(progress, size)));
                }
            }
            if start.elapsed() >= PATIENCE {
                say("\r\x1b[K");
            }
        });
        let outcome = work();
        drop(end);
        outcome
    })
}

fn line(progress: &Progress, size: Option<u64>) -> String {
    let of = size.map_or(String::new(), |size| format!(" of {}", megabytes(size)));
    format!(
        "read {}{of}, {} objects",
        megabytes(progress.bytes()),
        progress.objects()
    )
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes / 1_000_000)
}

/// A word on standard error; nothing is left to be done when even that cannot be written.
fn say(text: &str) {
    let mut errors = io::stderr().lock();
    let _ = errors.write_all(text.as_bytes());
    let _ = errors.flush();
}
