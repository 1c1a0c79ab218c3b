//! What is written, and what is left alone.

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
        let refused = replace(&path, "three", Expected::Unchanged(before)).expect_err("changed");
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
