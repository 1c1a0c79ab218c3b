//! Writing files: whole or not at all, and never over something by accident.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tempfile::{Builder, NamedTempFile};

/// How many names are tried before a free one is given up.
const MOST_NAMES: u32 = 10_000;

/// Writes a file, in the place of the one that may be there. A link is followed, permissions are kept.
///
/// # Errors
/// The file cannot be written; then whatever was there is still there, unchanged.
pub(super) fn replace(path: &Path, text: &str) -> Result<()> {
    let context = || format!("cannot write {}", path.display());
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let existing = fs::metadata(&target).ok();
    if existing
        .as_ref()
        .is_some_and(|metadata| !metadata.is_file())
    {
        bail!("{}: it is not a file", context());
    }
    let file = written(&target, text).with_context(context)?;
    if let Some(metadata) = existing {
        file.as_file()
            .set_permissions(metadata.permissions())
            .with_context(context)?;
    }
    file.persist(&target)
        .map_err(|error| error.error)
        .with_context(context)?;
    Ok(())
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
    if path.file_name().is_none() || !directory(path).is_dir() {
        bail!(
            "cannot write {}: the directory {} does not exist",
            path.display(),
            directory(path).display()
        );
    }
    Ok(())
}

/// Whether two paths lead to the same file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let real = |path| fs::canonicalize(path).ok();
    real(one).is_some_and(|one| real(other) == Some(one))
}

/// A file beside `path` that holds the text and has no lasting name yet.
fn written(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".mesh-advisor-");
    #[cfg(unix)]
    let builder = builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(directory(path))?;
    file.write_all(text.as_bytes())?;
    File::sync_all(file.as_file())?;
    Ok(file)
}

fn directory(path: &Path) -> &Path {
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
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).expect("a directory");
        let mut names: Vec<String> = entries
            .map(|entry| {
                entry
                    .expect("an entry")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_takes_a_free_name_and_leaves_nothing_else_behind() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("answers.yaml");
        for (text, name) in [
            ("one", "answers.yaml"),
            ("two", "answers-2.yaml"),
            ("three", "answers-3.yaml"),
        ] {
            assert_eq!(
                create_beside(&path, text).expect("written"),
                directory.path().join(name)
            );
        }
        assert_eq!(fs::read_to_string(&path).expect("there"), "one");
        assert_eq!(
            names(directory.path()),
            ["answers-2.yaml", "answers-3.yaml", "answers.yaml"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_permissions_and_a_link_stays_a_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let directory = tempfile::tempdir().expect("a directory");
        let (path, link) = (
            directory.path().join("a.yaml"),
            directory.path().join("link.yaml"),
        );
        fs::write(&path, "old").expect("written");
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).expect("set");
        symlink(&path, &link).expect("linked");
        replace(&link, "new").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "new");
        assert_eq!(
            fs::metadata(&path).expect("there").permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(names(directory.path()), ["a.yaml", "link.yaml"]);
    }

    #[test]
    fn what_cannot_be_written_is_refused_beforehand() {
        let directory = tempfile::tempdir().expect("a directory");
        assert!(check_writable(&directory.path().join("new.yaml")).is_ok());
        assert!(check_writable(directory.path()).is_err());
        assert!(check_writable(&directory.path().join("missing/new.yaml")).is_err());
    }
}
