//! Finding the files to check, and naming them as every output does: relative to the workspace, with forward slashes.
//!
//! A pull request may have put anything into the folder. Links in directories are not followed, and a link that leads out
//! of the workspace is followed nowhere, so that nothing outside the given paths is read or written. What git ignores is
//! left out, and so are folders that hold other people's files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail};
use ignore::{DirEntry, WalkBuilder};
use mesh_advisor::finding::{Skipped, normal_path};
use mesh_advisor::record::check::{FileKind, Input};
use mesh_advisor::words::counted;

/// The largest file that is read, in bytes. Records are a thousandth of it.
pub(super) const LARGEST: usize = 4 * 1024 * 1024;

/// How far a larger file is looked through for what may be a record in it.
const LOOKED_THROUGH: u64 = 256 * 1024 * 1024;

/// Directories that hold no records of a project's own: of version control, and of packages and builds.
const IGNORED_DIRECTORIES: [&str; 13] = [
    ".git",
    ".hg",
    ".jj",
    ".svn",
    ".venv",
    "venv",
    "bower_components",
    "node_modules",
    "site-packages",
    "target",
    "third_party",
    "vendor",
    "vendored",
];

/// The file in which adr-tools keeps the folder of the records.
const RECORDS_FOLDER: &str = ".adr-dir";

/// The directory that paths are relative to.
pub(super) struct Workspace {
    /// The current directory without links.
    current: PathBuf,
    /// Where paths in reports start: `GITHUB_WORKSPACE` when the check runs inside it, else the current directory.
    root: PathBuf,
}

/// A file to check.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// How reports call it.
    pub shown: String,
    /// What it holds.
    pub kind: FileKind,
    /// Whether it was named.
    pub is_named: bool,
}

impl Found {
    /// What there is to check, given what was read.
    pub(super) fn input<'a>(&'a self, contents: &'a Contents) -> Input<'a> {
        Input {
            path: &self.shown,
            kind: self.kind,
            is_named: self.is_named,
            bytes: &contents.bytes,
            is_whole: contents.is_whole,
            is_marked_beyond: contents.is_marked_beyond,
        }
    }
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: BTreeMap<PathBuf, Found>,
    /// Links that were not followed.
    pub skipped: Vec<Skipped>,
    /// What could not be looked into, and why.
    pub unreadable: Vec<String>,
    /// Files of projects, which say what goes for the records beside them.
    pub projects: BTreeSet<PathBuf>,
}

impl Workspace {
    /// The workspace of this run.
    pub(super) fn of_environment() -> Result<Self> {
        let current = std::env::current_dir().and_then(fs::canonicalize);
        let current = current.context("cannot tell the current directory")?;
        let github = std::env::var_os("GITHUB_WORKSPACE").filter(|root| !root.is_empty());
        let root = github
            .and_then(|root| fs::canonicalize(root).ok())
            .filter(|root| current.starts_with(root))
            .unwrap_or_else(|| current.clone());
        Ok(Self { current, root })
    }

    /// A path as every output writes it.
    pub(super) fn shown(&self, path: &Path) -> String {
        let absolute = self.absolute(path);
        let path = absolute.strip_prefix(&self.root).unwrap_or(&absolute);
        let text = path.to_string_lossy();
        normal_path(&if cfg!(windows) {
            text.replace('\\', "/")
        } else {
            text.into_owned()
        })
    }

    /// The folder of records that a project names in `.adr-dir`, here or in a directory above.
    pub(super) fn records_folder(&self) -> Result<Option<PathBuf>> {
        for directory in self.current.ancestors() {
            let file = directory.join(RECORDS_FOLDER);
            if let Ok((bytes, true)) =
                read(&file).map(|contents| (contents.bytes, contents.is_whole))
            {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let folder = directory.join(text.lines().next().unwrap_or("").trim());
                let folder = self.absolute(&folder);
                if !folder.starts_with(directory) || self.leads_outside(&folder) {
                    bail!("{}: it names a folder outside of its own", file.display());
                }
                return Ok(Some(folder));
            }
            if directory == self.root || directory.join(".git").exists() {
                break;
            }
        }
        Ok(None)
    }

    /// Whether a path inside the current directory leads out of it through a link, or to nothing. Such a link is
    /// followed nowhere: not to check a record, and not to write one.
    pub(super) fn leads_outside(&self, path: &Path) -> bool {
        if !self.absolute(path).starts_with(&self.current) {
            return false;
        }
        // The nearest part of it that exists; a link to nothing leads to wherever somebody will put something.
        let exists = |part: &PathBuf| fs::symlink_metadata(part).is_ok();
        let existing = path
            .ancestors()
            .map(|ancestor| self.current.join(ancestor))
            .find(exists);
        existing.is_some_and(|part| {
            fs::canonicalize(part).map_or(true, |real| !real.starts_with(&self.current))
        })
    }

    /// Where a path leads in the end, if it leads somewhere by now.
    pub(super) fn place(&self, path: &Path) -> PathBuf {
        fs::canonicalize(path).unwrap_or_else(|_| self.absolute(path))
    }

    /// A folder and those above it, up to where paths in reports start; a folder elsewhere stands alone.
    pub(super) fn upwards(&self, folder: &Path) -> Vec<PathBuf> {
        let absolute = self.absolute(folder);
        let is_inside = absolute.starts_with(&self.root);
        let above = absolute.ancestors().enumerate();
        let above = above.take_while(|(steps, one)| {
            if is_inside {
                one.starts_with(&self.root)
            } else {
                *steps == 0
            }
        });
        let relative = |one: &Path| one.strip_prefix(&self.current).unwrap_or(one).to_owned();
        above.map(|(_, one)| relative(one)).collect()
    }

    /// Whether a path lies where the files of a folder may lead: where paths in reports start or below, or below the
    /// folder itself when it lies elsewhere. Links are followed.
    pub(super) fn may_lead(&self, folder: &Path, path: &Path) -> bool {
        let (folder, root) = (self.place(folder), self.place(&self.root));
        let limit = if folder.starts_with(&root) {
            root
        } else {
            folder
        };
        self.place(path).starts_with(limit)
    }

    /// The path from the root of the file system, `.` and `..` resolved by their words.
    pub(super) fn absolute(&self, path: &Path) -> PathBuf {
        let mut absolute = PathBuf::new();
        for component in self.current.join(path).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => {
                    absolute.pop();
                }
                other => absolute.push(other),
            }
        }
        absolute
    }
}

impl Files {
    /// The files that the paths name, and those in the directories that they name.
    ///
    /// # Errors
    /// A path does not exist, or is neither a file nor a directory.
    pub(super) fn find(paths: &[PathBuf], workspace: &Workspace) -> Result<Self> {
        let mut files = Self::default();
        for path in paths {
            let context = || format!("cannot read {}", path.display());
            if workspace.leads_outside(path) {
                let why = LEADS_OUTSIDE.to_owned();
                files.skipped.push(Skipped {
                    path: workspace.shown(path),
                    why,
                });
                continue;
            }
            let metadata = fs::metadata(path).with_context(context)?;
            if metadata.is_dir() {
                files.walk(path, workspace);
            } else if metadata.is_file() {
                let kind = kind(path).unwrap_or(FileKind::Markdown);
                files.add(path, kind, true, workspace);
            } else {
                bail!("{}: it is neither a file nor a directory", context());
            }
        }
        Ok(files)
    }

    /// The files, in the order of their paths.
    pub(super) fn into_vec(self) -> Vec<Found> {
        self.files.into_values().collect()
    }

    fn add(&mut self, path: &Path, kind: FileKind, is_named: bool, workspace: &Workspace) {
        let found = Found {
            path: path.to_owned(),
            shown: workspace.shown(path),
            kind,
            is_named,
        };
        let known = self.files.entry(workspace.absolute(path)).or_insert(found);
        known.is_named |= is_named;
    }

    /// Looks through a directory. What cannot be read does not take the rest along.
    fn walk(&mut self, directory: &Path, workspace: &Workspace) {
        let mut links = 0;
        let walk = WalkBuilder::new(directory)
            .standard_filters(false)
            .parents(true)
            .git_ignore(true)
            .git_exclude(true)
            .filter_entry(|entry| entry.depth() == 0 || !is_left_out(entry))
            .build();
        for entry in walk {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.unreadable.push(format!("cannot read {error}"));
                    continue;
                }
            };
            let path = entry.path();
            match entry.file_type() {
                Some(file_type) if file_type.is_symlink() && entry.depth() > 0 => {
                    links += usize::from(may_lead_to_records(path))
                }
                Some(file_type) if file_type.is_file() => {
                    if entry.file_name() == super::project::NAME {
                        self.projects.insert(path.to_owned());
                    } else if let Some(kind) = kind(path) {
                        self.add(path, kind, false, workspace);
                    }
                }
                _ => {}
            }
        }
        if links > 0 {
            let which = if links == 1 { "which is" } else { "which are" };
            let why = format!(
                "it holds {}, {which} not followed",
                counted(links, "symbolic link")
            );
            self.skipped.push(Skipped {
                path: workspace.shown(directory),
                why,
            });
        }
    }
}

/// Why a link is not followed, as the end of "skipped because …".
pub(super) const LEADS_OUTSIDE: &str =
    "it is a link that leads out of the working directory, or to nothing";

/// Whether a folder holds other people's files: packages, builds, or another working tree of git.
fn is_left_out(entry: &DirEntry) -> bool {
    let is_directory = entry
        .file_type()
        .is_some_and(|file_type| file_type.is_dir());
    let is_named = || {
        IGNORED_DIRECTORIES
            .iter()
            .any(|ignored| entry.file_name() == *ignored)
    };
    is_directory && (is_named() || entry.path().join(".git").is_file())
}

fn may_lead_to_records(link: &Path) -> bool {
    kind(link).is_some() || fs::metadata(link).is_ok_and(|metadata| metadata.is_dir())
}

fn kind(path: &Path) -> Option<FileKind> {
    FileKind::of_extension(path.extension()?.to_str()?)
}

/// What is read of a file.
pub(super) struct Contents {
    /// Its bytes, up to the largest size that is read.
    pub bytes: Vec<u8>,
    /// Whether these are all.
    pub is_whole: bool,
    /// Whether the word for a record stands in the rest.
    pub is_marked_beyond: bool,
}

/// Reads a file up to the largest size that is read.
pub(super) fn read(path: &Path) -> io::Result<Contents> {
    // Opening a pipe would wait for somebody to write to it.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a file"));
    }
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref()
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)?;
    let is_whole = bytes.len() <= LARGEST;
    let last = bytes.split_off(bytes.len().min(LARGEST));
    let is_marked_beyond = !is_whole && is_marked(last, file)?;
    Ok(Contents {
        bytes,
        is_whole,
        is_marked_beyond,
    })
}

/// Looks for the word that marks a record, a piece of the file at a time.
fn is_marked(begun: Vec<u8>, file: File) -> io::Result<bool> {
    const MARK: &[u8] = b"mesh-advisor";
    let mut piece = begun;
    let mut reader = file.take(LOOKED_THROUGH);
    loop {
        let kept = piece.len();
        if reader
            .by_ref()
            .take(LARGEST as u64)
            .read_to_end(&mut piece)?
            == 0
            && kept < MARK.len()
        {
            return Ok(false);
        }
        if piece
            .windows(MARK.len())
            .any(|window| window.eq_ignore_ascii_case(MARK))
        {
            return Ok(true);
        }
        if piece.len() == kept {
            return Ok(false);
        }
        piece.drain(..piece.len().saturating_sub(MARK.len() - 1));
    }
}
