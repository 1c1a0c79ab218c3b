//! Writing files: whole or not at all, never over something by accident, and beside others who write as well.

use std::fs::{self, File, Metadata};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use tempfile::{Builder, NamedTempFile};

use super::say;

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

/// Lets two files change places in one step; false where the system or the file system has no such step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
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

/// Gives a file the owner and the group of the one that it replaces.
#[cfg(unix)]
fn keep_owner(file: &File, before: &Metadata) -> Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = file.metadata()?;
    let (user, group) = (before.uid(), before.gid());
    if (now.uid(), now.gid()) == (user, group) {
        return Ok(());
    }
    fchown(file, Some(user), Some(group)).with_context(|| {
        format!("it belongs to user {user} and group {group}, and would not any more")
    })
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> Result<()> {
    Ok(())
}

/// Copies extended attributes, and says which cannot be kept.
#[cfg(unix)]
fn keep_attributes(from: &Path, to: &Path, shown: &Path) {
    let Ok(names) = xattr::list(from) else { return };
    for name in names {
        let value = xattr::get(from, &name).ok().flatten();
        let kept = value.is_some_and(|value| {
            let is_there = xattr::get(to, &name).ok().flatten().as_ref() == Some(&value);
            is_there || xattr::set(to, &name, &value).is_ok()
        });
        if !kept {
            let name = name.to_string_lossy();
            say(&format!(
                "warning: {} loses its extended attribute {name}",
                shown.display()
            ));
        }
    }
}

#[cfg(not(unix))]
fn keep_attributes(_: &Path, _: &Path, _: &Path) {}

/// Says that the other names of a file keep what it held.
#[cfg(unix)]
fn tell_of_links(metadata: &Metadata, shown: &Path) {
    use std::os::unix::fs::MetadataExt;
    let others = metadata.nlink().saturating_sub(1);
    if others > 0 {
        say(&format!(
            "warning: {} has other names (hard links: {others}), which keep what it held before",
            shown.display()
        ));
    }
}

#[cfg(not(unix))]
fn tell_of_links(_: &Metadata, _: &Path) {}

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
        replace(&link, "new", Expected::Anything).expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "new");
        assert_eq!(
            fs::metadata(&path).expect("there").permissions().mode() & 0o777,
            0o640
        );
        assert!(fs::symlink_metadata(&link).expect("there").is_symlink());
        assert_eq!(names(directory.path()), ["a.yaml", "link.yaml"]);
    }

    #[test]
    fn what_changed_since_it_was_read_is_left_alone() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("a.md");
        replace(&path, "one", Expected::Unchanged(None)).expect("written");
        replace(&path, "two", Expected::Unchanged(Some(b"one"))).expect("written");
        for before in [None, Some(&b"one"[..])] {
            let refused =
                replace(&path, "three", Expected::Unchanged(before)).expect_err("changed");
            assert!(
                format!("{refused:#}").contains("changed since it was read"),
                "{refused:#}"
            );
        }
        assert_eq!(fs::read_to_string(&path).expect("there"), "two");
        fs::remove_file(&path).expect("removed");
        assert!(replace(&path, "three", Expected::Unchanged(Some(b"two"))).is_err());
        assert_eq!(names(directory.path()), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn what_others_do_between_the_last_look_and_the_exchange_is_kept() {
        let directory = tempfile::tempdir().expect("a directory");
        let (path, other) = (directory.path().join("a.md"), directory.path().join("b.md"));
        let append = || {
            let mut file = fs::OpenOptions::new()
                .append(true)
                .open(&path)
                .expect("opened");
            file.write_all(b" and more").expect("written");
        };
        let link = || {
            fs::remove_file(&path).expect("removed");
            std::os::unix::fs::symlink(&other, &path).expect("linked");
        };
        fs::write(&other, "other").expect("written");
        fs::write(&path, "one").expect("written");
        // Where the file system cannot exchange files, that moment is not seen.
        let probe = directory.path().join("probe");
        fs::write(&probe, "").expect("written");
        let is_seen = exchange(&probe, &path).expect("exchanged");
        assert!(!is_seen || exchange(&probe, &path).expect("exchanged"));
        fs::remove_file(&probe).expect("removed");
        if !is_seen {
            println!("skipped: this file system cannot exchange files");
            return;
        }
        let refused = replace_after(
            (&path, &path),
            "two",
            Expected::Unchanged(Some(b"one")),
            append,
        );
        assert!(refused.is_err());
        assert_eq!(fs::read_to_string(&path).expect("there"), "one and more");
        let before = Expected::Unchanged(Some(b"one and more"));
        assert!(replace_after((&path, &path), "two", before, link).is_err());
        assert!(fs::symlink_metadata(&path).expect("there").is_symlink());
        assert_eq!(fs::read_to_string(&other).expect("there"), "other");
        let appears = || fs::write(directory.path().join("new.md"), "theirs").expect("written");
        let new = directory.path().join("new.md");
        assert!(replace_after((&new, &new), "ours", Expected::Unchanged(None), appears).is_err());
        assert_eq!(fs::read_to_string(&new).expect("there"), "theirs");
        assert_eq!(names(directory.path()), ["a.md", "b.md", "new.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_became_a_link_since_it_was_read_is_not_followed() {
        let directory = tempfile::tempdir().expect("a directory");
        let (path, other) = (directory.path().join("a.md"), directory.path().join("b.md"));
        // Alike, so that what they hold does not tell them apart.
        fs::write(&other, "one").expect("written");
        std::os::unix::fs::symlink(&other, &path).expect("linked");
        let before = Expected::Unchanged(Some(b"one"));
        let refused = replace_at((&path, &path), "two", before).expect_err("a link");
        assert!(
            format!("{refused:#}").contains("became a link"),
            "{refused:#}"
        );
        assert_eq!(fs::read_to_string(&other).expect("there"), "one");
        // A link that was one when it was looked up is written through.
        replace_at((&path, &other), "two", before).expect("written");
        assert_eq!(fs::read_to_string(&other).expect("there"), "two");
    }

    #[test]
    fn a_read_only_file_stays_as_it_is() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("a.md");
        fs::write(&path, "old").expect("written");
        let mut permissions = fs::metadata(&path).expect("there").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("set");
        let refused = replace(&path, "new", Expected::Anything).expect_err("read-only");
        assert!(
            format!("{refused:#}").ends_with("it is read-only"),
            "{refused:#}"
        );
        assert_eq!(fs::read_to_string(&path).expect("there"), "old");
    }

    #[test]
    fn what_a_killed_run_left_is_swept_up_and_nothing_else() {
        let directory = tempfile::tempdir().expect("a directory");
        let old = std::time::SystemTime::now() - ABANDONED * 2;
        for (name, is_old) in [
            (".mesh-advisor-abc.tmp", true),
            (".mesh-advisor-new.tmp", false),
            (".mesh-advisor-notes", true),
            ("a.tmp", true),
        ] {
            let file = File::create(directory.path().join(name)).expect("created");
            if is_old {
                file.set_modified(old).expect("set");
            }
        }
        replace(&directory.path().join("a.md"), "x", Expected::Anything).expect("written");
        assert_eq!(
            names(directory.path()),
            [
                ".mesh-advisor-new.tmp",
                ".mesh-advisor-notes",
                "a.md",
                "a.tmp"
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn owner_and_attributes_are_kept() {
        use std::os::unix::fs::{MetadataExt, chown};
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("a.md");
        fs::write(&path, "old").expect("written");
        let has_attributes = xattr::set(&path, "user.origin", b"wiki").is_ok();
        // Only root may give files away; others keep their own.
        let is_given = chown(&path, Some(1000), Some(1000)).is_ok();
        replace(&path, "new", Expected::Anything).expect("written");
        let metadata = fs::metadata(&path).expect("there");
        assert!(!is_given || (metadata.uid(), metadata.gid()) == (1000, 1000));
        let attribute = xattr::get(&path, "user.origin").ok().flatten();
        assert!(!has_attributes || attribute.as_deref() == Some(b"wiki"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_nothing_is_not_written_through() {
        let directory = tempfile::tempdir().expect("a directory");
        let link = directory.path().join("a.md");
        std::os::unix::fs::symlink(directory.path().join("b.md"), &link).expect("linked");
        assert!(replace(&link, "x", Expected::Anything).is_err());
        assert_eq!(names(directory.path()), ["a.md"]);
    }

    #[test]
    fn what_cannot_be_written_is_refused_beforehand() {
        let directory = tempfile::tempdir().expect("a directory");
        assert!(check_writable(&directory.path().join("new.yaml")).is_ok());
        assert!(check_writable(directory.path()).is_err());
        assert!(check_writable(&directory.path().join("missing/new.yaml")).is_err());
        fs::write(directory.path().join("file"), "").expect("written");
        for below in ["file/new.yaml", "file/deeper/new.yaml"] {
            let refused = check_writable(&directory.path().join(below)).expect_err("no directory");
            let told = format!("{refused:#}");
            assert!(told.ends_with("file is not a directory"), "{told}");
        }
    }
}
