//! What replacing a file asks of the system: to change places in one step, and to keep what belongs to the file beside
//! its text.

use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

use anyhow::Result;

/// Lets two files change places in one step; false where the system or the file system has no such step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
pub(super) fn exchange(_: &Path, _: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Gives a file the owner and the group of the one that it replaces.
#[cfg(unix)]
pub(super) fn keep_owner(file: &File, before: &Metadata) -> Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    use anyhow::Context;
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
pub(super) fn keep_owner(_: &File, _: &Metadata) -> Result<()> {
    Ok(())
}

/// Copies extended attributes, and says which cannot be kept.
#[cfg(unix)]
pub(super) fn keep_attributes(from: &Path, to: &Path, shown: &Path) {
    let Ok(names) = xattr::list(from) else { return };
    for name in names {
        let value = xattr::get(from, &name).ok().flatten();
        let kept = value.is_some_and(|value| {
            let is_there = xattr::get(to, &name).ok().flatten().as_ref() == Some(&value);
            is_there || xattr::set(to, &name, &value).is_ok()
        });
        if !kept {
            let name = name.to_string_lossy();
            crate::commands::say(&format!(
                "warning: {} loses its extended attribute {name}",
                shown.display()
            ));
        }
    }
}

#[cfg(not(unix))]
pub(super) fn keep_attributes(_: &Path, _: &Path, _: &Path) {}

/// Says that the other names of a file keep what it held.
#[cfg(unix)]
pub(super) fn tell_of_links(metadata: &Metadata, shown: &Path) {
    use std::os::unix::fs::MetadataExt;
    let others = metadata.nlink().saturating_sub(1);
    if others > 0 {
        crate::commands::say(&format!(
            "warning: {} has other names (hard links: {others}), which keep what it held before",
            shown.display()
        ));
    }
}

#[cfg(not(unix))]
pub(super) fn tell_of_links(_: &Metadata, _: &Path) {}
