//! What a machine may do to a run: a full disk, no thread, a folder that cannot be read, a pipe, a stop in between.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::program::{finish, mesh_advisor};

const RECORD: &str = "# T\n\nStatus: accepted\n\n## Decision\n\nx\n\n```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\n\
                      decision: no-mesh\nreview_by: 2027-05-20\nanswers: {services: 14, teams: 3, mtls_mandate: none, \
                      authorization: network}\n```\n";

/// The program under a shell that first takes something away from it.
fn under(limits: &str, folder: &Path, arguments: &[&str], input: Stdio) -> Output {
    let program = assert_cmd::cargo::cargo_bin("mesh-advisor");
    Command::new("sh")
        .arg("-c")
        .arg(format!("{limits}; exec \"$0\" \"$@\""))
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .env_remove("MESH_ADVISOR_RUBRIC")
        .env_remove("GITHUB_ACTIONS")
        .stdin(input)
        .output()
        .expect("it starts")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Files may have no byte, as on a disk that is full; the signal that says so is turned into an error.
const FULL: &str = "trap '' XFSZ; ulimit -f 0";

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn on_a_full_disk_a_record_stays_as_it_was_and_nothing_is_left_behind() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    fs::write(&path, RECORD).unwrap();
    fs::write(
        folder.path().join("answers.yaml"),
        "answers: {services: 15}\n",
    )
    .unwrap();
    let arguments = ["record", "a.md", "--answers", "answers.yaml"];
    let output = under(FULL, folder.path(), &arguments, Stdio::null());
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(
        said(&output).contains("cannot write a.md"),
        "{}",
        said(&output)
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), RECORD);
    assert_eq!(names(&folder), ["a.md", "answers.yaml"]);
}

#[test]
fn on_a_full_disk_ask_prints_the_answers() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("typed");
    fs::write(&input, "14\n3\nq\n").unwrap();
    let typed = Stdio::from(fs::File::open(&input).unwrap());
    let arguments = ["ask", "--plain", "--save", "fleet.yaml"];
    let output = under(FULL, folder.path(), &arguments, typed);
    let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &said(&output);
    assert!(
        printed.contains("services: 14") && printed.contains("teams: 3"),
        "{printed}"
    );
    assert_eq!(names(&folder), ["typed"]);
}

#[test]
fn a_result_that_cannot_be_written_is_no_success() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        println!("skipped: there is no /dev/full here");
        return;
    };
    let output = Command::new(assert_cmd::cargo::cargo_bin("mesh-advisor"))
        .args(["rubric", "show"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).starts_with("error: "), "{}", said(&output));
}

/// Limits on processes and permissions do not bind root: then the program runs as somebody else, where that can be done.
fn as_nobody() -> Option<&'static str> {
    let id = Command::new("id").arg("-u").output().ok()?;
    if id.stdout.trim_ascii() != b"0" {
        return Some("");
    }
    const SETPRIV: &str = "setpriv --reuid=65534 --regid=65534 --clear-groups";
    let probe = format!("{SETPRIV} true");
    let probe = Command::new("sh")
        .arg("-c")
        .arg(probe)
        .stderr(Stdio::null())
        .status()
        .ok()?;
    probe.success().then_some(SETPRIV)
}

/// Runs the program as somebody who is not root, from a copy that everybody may run; `None` where that cannot be done.
fn run_as_nobody(limits: &str, folder: &TempDir, arguments: &[&str]) -> Option<Output> {
    let Some(prefix) = as_nobody() else {
        println!("skipped: root cannot run a program as somebody else here");
        return None;
    };
    let copy = tempfile::tempdir().unwrap();
    let program = copy.path().join("mesh-advisor");
    // Not by this process: what another test starts meanwhile would hold the copy open, and a file that is written does not
    // run.
    let own = assert_cmd::cargo::cargo_bin("mesh-advisor");
    let copied = Command::new("cp").arg(own).arg(&program).status();
    assert!(copied.unwrap().success());
    for path in [copy.path(), folder.path()] {
        fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
    }
    let script = format!("exec {prefix} sh -c '{limits}; exec \"$0\" \"$@\"' \"$0\" \"$@\"");
    let output = Command::new("sh")
        .arg("-c")
        .arg(script)
        .arg(&program)
        .args(arguments)
        .current_dir(folder.path())
        .env_remove("MESH_ADVISOR_RUBRIC")
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Some(output)
}

#[test]
fn where_no_thread_is_to_be_had_the_work_is_done_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), RECORD).unwrap();
    fs::write(
        folder.path().join("answers.yaml"),
        "answers: {services: 15}\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("manifest.yaml"),
        "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n",
    )
    .unwrap();
    for (arguments, codes) in [
        (&["check", "a.md", "--as-of", "2026-12-01"][..], &[0][..]),
        (&["check", ".", "--as-of", "2026-12-01"], &[0]),
        (&["inspect", "manifest.yaml"], &[0]),
        (&["advise", "--answers", "answers.yaml"], &[0]),
        (&["rubric", "check"], &[0]),
        // Without a thread nobody hears what is typed: refused, with a word.
        (&["ask", "--plain"], &[0, 2]),
    ] {
        let Some(output) = run_as_nobody("ulimit -u 0", &folder, arguments) else {
            return;
        };
        let code = output.status.code();
        assert!(
            codes.iter().any(|own| code == Some(*own)),
            "{arguments:?}: {}",
            said(&output)
        );
        assert!(
            !said(&output).contains("panicked"),
            "{arguments:?}: {}",
            said(&output)
        );
    }
}

#[test]
fn a_folder_that_cannot_be_read_does_not_take_the_report_of_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.md"), RECORD).unwrap();
    let closed = folder.path().join("closed");
    fs::create_dir(&closed).unwrap();
    fs::write(closed.join("b.md"), RECORD).unwrap();
    fs::set_permissions(&closed, PermissionsExt::from_mode(0o000)).unwrap();
    let arguments = ["check", ".", "--as-of", "2026-12-01"];
    let output = run_as_nobody(":", &folder, &arguments);
    fs::set_permissions(&closed, PermissionsExt::from_mode(0o755)).unwrap();
    let Some(output) = output else { return };
    let report = String::from_utf8_lossy(&output.stdout);
    assert!(
        report.contains("checked 1 record"),
        "{report}{}",
        said(&output)
    );
    assert!(
        said(&output).contains("cannot read") && said(&output).contains("closed"),
        "{}",
        said(&output)
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_pipe_is_waited_for_by_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = |name: &str| {
        let made = Command::new("mkfifo")
            .arg(folder.path().join(name))
            .status();
        assert!(made.unwrap().success());
    };
    for name in ["a.md", "answers.yaml", ".adr-dir", "mesh-advisor.yaml"] {
        pipe(name);
    }
    for arguments in [
        &["check"][..],
        &["check", "a.md"],
        &["record", "a.md"],
        &["record", "new.md", "--answers", "answers.yaml"],
        &["advise", "--answers", "answers.yaml"],
        &["advise", "--each", "answers.yaml"],
        &["rubric", "check", "--rubric", "answers.yaml"],
        &["rubric", "diff", "answers.yaml", "answers.yaml"],
        &["inspect", "answers.yaml"],
        &["check", ".", "--manifests", "answers.yaml"],
    ] {
        let mut command = mesh_advisor(arguments);
        // Whoever waits is ended, and that is no exit code.
        let run = finish(
            command
                .current_dir(folder.path())
                .timeout(std::time::Duration::from_secs(60)),
        );
        assert_ne!(run.code, 0, "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_pipe_that_the_shell_hands_over_is_read_like_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = "apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n";
    fs::write(folder.path().join("manifest.yaml"), manifest).unwrap();
    fs::write(
        folder.path().join("answers.yaml"),
        "answers: {services: 15}\n",
    )
    .unwrap();
    // As `<(command)` does, which not every shell has.
    let script =
        "command=$1; file=$2; shift 2; cat \"$file\" | { exec 3<&0; \"$0\" \"$command\" \"$@\"; }";
    for (command, file, rest) in [
        ("inspect", "manifest.yaml", &["/dev/fd/3"][..]),
        ("inspect", "manifest.yaml", &["/dev/stdin"]),
        ("inspect", "manifest.yaml", &["-"]),
        ("advise", "answers.yaml", &["--answers", "/dev/fd/3"]),
        ("advise", "answers.yaml", &["--answers", "/dev/stdin"]),
    ] {
        let output = Command::new("sh")
            .arg("-c")
            .arg(script)
            .arg(assert_cmd::cargo::cargo_bin("mesh-advisor"))
            .args([command, file])
            .args(rest)
            .current_dir(folder.path())
            .env_remove("MESH_ADVISOR_RUBRIC")
            .output()
            .unwrap();
        let said = said(&output);
        assert_eq!(output.status.code(), Some(0), "{command} {rest:?}: {said}");
        assert!(!output.stdout.is_empty(), "{command} {rest:?}");
    }
}

#[test]
fn a_socket_or_a_device_is_named_as_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket.yaml");
    let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    for (path, what) in [(path.to_str().unwrap(), "socket"), ("/dev/zero", "device")] {
        for arguments in [
            &["inspect", path][..],
            &["advise", "--answers", path],
            &["advise", "--each", path],
            &["rubric", "check", "--rubric", path],
        ] {
            let run = finish(&mut mesh_advisor(arguments));
            assert_eq!(run.code, 2, "{arguments:?}: {}", run.err);
            assert!(run.err.contains(&format!("it is a {what}")), "{}", run.err);
        }
    }
}

#[test]
fn on_a_full_disk_a_new_rubric_leaves_no_part_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["rubric", "new", "ours.yaml"];
    let output = under(FULL, folder.path(), &arguments, Stdio::null());
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("cannot write ours.yaml"));
    assert_eq!(names(&folder), Vec::<String>::new());
}
