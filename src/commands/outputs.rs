//! Writing files: whole or not at all, never over something by accident, and beside others who write as well.

mod system;

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use tempfile::{Builder, NamedTempFile};

use system::{exchange, keep_attributes, keep_owner, tell_of_links};

/// How many names are tried before a free one is given up.
const MOST_NAMES: u32 = 10_000;

/// What the names of our temporary files begin and end with.
const TEMPORARY: (&str, &str) = (".mesh-advisor-", ".tmp");

/// After how long a temporary file belongs to a run that was killed.
const ABANDONED: Duration = Duration::from_secs(60 * 60);

/// What a file must hold for it to be replaced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected<'a> {
    /// Whatever it holds: it is ours.
    Anything,
    /// What it held when it was read; `None` when it did not exist.
    Unchanged(Option<&'a [u8]>),
}

/// Writes a file, in the place of the one that may be there. A link is followed; permissions, owner and extended
/// attributes are kept.
///
/// # Errors
/// The file cannot be written as it was, or it changed; then whatever was there is still there, unchanged.
pub(super) fn replace(path: &Path, text: &str, expected: Expected<'_>) -> Result<()> {
    let target = match fs::canonicalize(path) {
        Ok(target) => target,
        Err(_) if is_link(path) => {
            bail!("cannot write {}: it is a link to nothing", path.display())
        }
        Err(_) => path.to_owned(),
    };
    replace_at((path, &target), text, expected)
}

/// The same for a file that was looked up before: what has become a link since is not followed. Messages call it `path`.
pub(super) fn replace_at(
    (path, target): (&Path, &Path),
    text: &str,
    expected: Expected<'_>,
) -> Result<()> {
    replace_after((path, target), text, expected, || ())
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// The same; `before_exchange` runs at the last moment at which somebody else may still write.
fn replace_after(
    (path, target): (&Path, &Path),
    text: &str,
    expected: Expected<'_>,
    before_exchange: impl FnOnce(),
) -> Result<()> {
    let context = || format!("cannot write {}", path.display());
    if is_link(target) {
        bail!(
            "{}: it became a link since it was read, which is not followed",
            context()
        );
    }
    let existing = fs::symlink_metadata(target).ok();
    if let Some(metadata) = &existing {
        if !metadata.is_file() {
            bail!("{}: it is not a file", context());
        }
        if metadata.permissions().readonly() {
            bail!("{}: it is read-only", context());
        }
    }
    sweep(directory(target));
    let file = written(target, text).with_context(context)?;
    if let Some(metadata) = &existing {
        keep_owner(file.as_file(), metadata).with_context(context)?;
        file.as_file()
            .set_permissions(metadata.permissions())
            .with_context(context)?;
        keep_attributes(target, file.path(), path);
        tell_of_links(metadata, path);
    }
    let holds = |path: &Path, before: Option<&[u8]>| {
        !is_link(path) && fs::read(path).ok().as_deref() == before
    };
    let changed = || {
        anyhow!(
            "{}: it changed since it was read, and is left as it is now; try again",
            context()
        )
    };
    match expected {
        Expected::Unchanged(before) if !holds(target, before) => Err(changed()),
        // Nothing that appears at the last moment is written over.
        Expected::Unchanged(None) => {
            before_exchange();
            match file.persist_noclobber(target) {
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(changed()),
                written => written
                    .map(drop)
                    .map_err(|error| error.error)
                    .with_context(context),
            }
        }
        Expected::Unchanged(before) => {
            before_exchange();
            if exchange(file.path(), target).with_context(context)? {
                // Both are there now: what was replaced can be looked at as it was when it was.
                if !holds(file.path(), before) {
                    exchange(file.path(), target).with_context(context)?;
                    return Err(changed());
                }
                return Ok(());
            }
            put(file, target).with_context(context)
        }
        Expected::Anything => put(file, target).with_context(context),
    }
}

fn put(file: NamedTempFile, target: &Path) -> io::Result<()> {
    file.persist(target).map(drop).map_err(|error| error.error)
}

/// Removes what runs that were killed have left in a directory. Nothing depends on it, so nothing is said.
fn sweep(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_ours = name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1);
        let is_abandoned = |metadata: Metadata| {
            let age = metadata
                .modified()
                .ok()
                .and_then(|modified| modified.elapsed().ok());
            metadata.is_file() && age.is_some_and(|age| age > ABANDONED)
        };
        if is_ours && entry.metadata().is_ok_and(is_abandoned) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes a new file: `path` itself, or if that is taken the first of `path-2`, `path-3`, … that is free. Returns its
/// name. Nothing is ever overwritten, not even what appears at the last moment.
///
/// # Errors
/// No such file can be written.
pub(super) fn create_beside(path: &Path, text: &str) -> Result<PathBuf> {
    let context = || format!("cannot write {}", path.display());
    let mut file = written(path, text).with_context(context)?;
    for number in 1..MOST_NAMES {
        let name = numbered(path, number);
        match file.persist_noclobber(&name) {
            Ok(_) => return Ok(name),
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => file = error.file,
            Err(error) => return Err(error.error).with_context(context),
        }
    }
    bail!("{}: {MOST_NAMES} files of such names exist", context())
}

/// Refuses a file that could not be written in the end: its directory is missing, or it is something else than a file.
pub(super) fn check_writable(path: &Path) -> Result<()> {
    if path.exists() && !path.is_file() {
        bail!("cannot write {}: it is not a file", path.display());
    }
    if path.file_name().is_none() {
        bail!("cannot write {}: it names no file", path.display());
    }
    check_directory(directory(path)).with_context(|| format!("cannot write {}", path.display()))
}

/// Refuses a directory that is missing, or that is something else.
pub(super) fn check_directory(path: &Path) -> Result<()> {
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => Ok(()),
        Ok(_) => bail!("{} is not a directory", path.display()),
        // A part of the way to it may be a file.
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            let mut above = path.ancestors().skip(1);
            match above.find(|above| above.exists()) {
                Some(file) => bail!("{} is not a directory", file.display()),
                None => Err(error.into()),
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let shown = path.display().to_string();
            let quoted = super::quoted(&shown);
            bail!("the directory {shown} does not exist (mkdir -p {quoted})")
        }
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
}

/// Whether two paths lead to the same file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// A file beside `path` that holds the text and has no lasting name yet.
fn written(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(directory(path))?;
    file.write_all(text.as_bytes())?;
    File::sync_all(file.as_file())?;
    Ok(file)
}

/// Where a file stands.
pub(super) fn directory(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// `answers.yaml`, `answers-2.yaml`, `answers-3.yaml`, …
fn numbered(path: &Path, number: u32) -> PathBuf {
    if number < 2 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().map_or(String::new(), |extension| {
        format!(".{}", extension.to_string_lossy())
    });
    path.with_file_name(format!("{stem}-{number}{extension}"))
}

#[cfg(test)]
mod tests;
