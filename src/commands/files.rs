//! Finding the files to check, and naming them as every output does: relative to the workspace, with forward slashes.
//!
//! A pull request may have put anything into the folder. Links in directories are not followed, and a link that leads out
//! of the workspace is followed nowhere, so that nothing outside the given paths is read or written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};
use mesh_advisor::finding::{Skipped, normal_path};
use mesh_advisor::record::check::FileKind;

/// The largest file that is read, in bytes. Records are a thousandth of it.
const LARGEST: usize = 4 * 1024 * 1024;

/// Directories that hold no records of a project's own.
const IGNORED_DIRECTORIES: [&str; 2] = [".git", "node_modules"];

/// The directory that paths are relative to.
pub(super) struct Workspace {
    current: PathBuf,
    /// Where paths in reports start: `GITHUB_WORKSPACE` when the check runs inside it, else the current directory.
    root: PathBuf,
    /// The current directory without links.
    real: PathBuf,
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

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: BTreeMap<PathBuf, Found>,
    /// Links that were not followed.
    pub skipped: Vec<Skipped>,
}

impl Workspace {
    /// The workspace of this run.
    pub(super) fn of_environment() -> Result<Self> {
        let current = std::env::current_dir().context("cannot tell the current directory")?;
        let real = fs::canonicalize(&current).unwrap_or_else(|_| current.clone());
        let github = std::env::var_os("GITHUB_WORKSPACE").map(PathBuf::from);
        let root = github
            .filter(|root| current.starts_with(root))
            .unwrap_or_else(|| current.clone());
        Ok(Self {
            current,
            root,
            real,
        })
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

    /// Whether a path inside the current directory leads out of it through a link.
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
            fs::canonicalize(part).map_or(true, |real| !real.starts_with(&self.real))
        })
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
    /// A path does not exist, or a directory cannot be read.
    pub(super) fn find(paths: &[PathBuf], workspace: &Workspace) -> Result<Self> {
        let mut files = Self::default();
        for path in paths {
            let context = || format!("cannot read {}", path.display());
            if workspace.leads_outside(path) {
                let why = "it is a link that leads out of the working directory";
                files.skipped.push(Skipped {
                    path: workspace.shown(path),
                    why: why.to_owned(),
                });
                continue;
            }
            let metadata = fs::metadata(path).with_context(context)?;
            if metadata.is_dir() {
                files.walk(path, workspace)?;
            } else {
                let kind = kind(path).unwrap_or(FileKind::Markdown);
                files.add(path, kind, true, workspace);
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

    fn walk(&mut self, directory: &Path, workspace: &Workspace) -> Result<()> {
        let mut waiting = vec![directory.to_owned()];
        while let Some(directory) = waiting.pop() {
            let context = || format!("cannot read {}", directory.display());
            for entry in fs::read_dir(&directory).with_context(context)? {
                let entry = entry.with_context(context)?;
                let (path, file_type) = (entry.path(), entry.file_type().with_context(context)?);
                if file_type.is_symlink() {
                    self.pass_by(&path, workspace);
                } else if file_type.is_dir() {
                    let is_ignored = IGNORED_DIRECTORIES
                        .iter()
                        .any(|ignored| entry.file_name() == *ignored);
                    waiting.extend((!is_ignored).then_some(path));
                } else if let Some(kind) = kind(&path).filter(|_| file_type.is_file()) {
                    self.add(&path, kind, false, workspace);
                }
            }
        }
        Ok(())
    }

    /// Notes a link that is not followed, when it could lead to records.
    fn pass_by(&mut self, link: &Path, workspace: &Workspace) {
        if kind(link).is_some() || fs::metadata(link).is_ok_and(|metadata| metadata.is_dir()) {
            let why = "it is a symbolic link, which is not followed".to_owned();
            self.skipped.push(Skipped {
                path: workspace.shown(link),
                why,
            });
        }
    }
}

fn kind(path: &Path) -> Option<FileKind> {
    FileKind::of_extension(path.extension()?.to_str()?)
}

/// The bytes of a file up to the largest size that is read, and whether these are all.
pub(super) fn read(path: &Path) -> io::Result<(Vec<u8>, bool)> {
    let mut bytes = Vec::new();
    File::open(path)?
        .take(LARGEST as u64 + 1)
        .read_to_end(&mut bytes)?;
    let is_whole = bytes.len() <= LARGEST;
    bytes.truncate(LARGEST);
    Ok((bytes, is_whole))
}
