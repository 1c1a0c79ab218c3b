//! The plain conversation, end to end through pipes.

use mesh_advisor::embedded;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use assert_cmd::cargo::CommandCargoExt;
use tempfile::{TempDir, tempdir};
use verdict::answers::Answers;
use verdict::text::Source;

use crate::program::{Run, finish, mesh_advisor};

/// Replies to the six questions; then follow-ups would come.
const CHECKLIST: &str = "150\n12\n4\nno\n1\nl7\n3\ncohort-fleet\n";

fn ask(directory: &TempDir, arguments: &[&str], replies: &str) -> Run {
    let mut command = mesh_advisor(&[&["ask", "--plain"], arguments].concat());
    finish(command.current_dir(directory.path()).write_stdin(replies))
}

pub(super) fn names(directory: &Path) -> Vec<String> {
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

/// The value of a fact in a saved file, as it is written there.
pub(super) fn saved(file: &Path, fact: &str) -> String {
    let rubric = embedded::rubric().expect("no mistakes");
    let text = fs::read_to_string(file).expect("saved");
    let answers = Answers::parse(&Source::new("saved.yaml", text), &rubric).expect("it reads back");
    let fact = rubric.fact(fact).expect("a fact");
    let written = answers.value(fact).map(|value| fact.write(value));
    written.map_or("unknown".into(), |tree| {
        serde_json::to_string(&tree).expect("JSON").replace('"', "")
    })
}

/// Reads until the program has said this.
fn read_until(output: &mut impl Read, text: &str) {
    let mut said = Vec::new();
    while !String::from_utf8_lossy(&said).contains(text) {
        let mut byte = [0];
        assert_eq!(
            output.read(&mut byte).expect("it speaks"),
            1,
            "{}",
            String::from_utf8_lossy(&said)
        );
        said.push(byte[0]);
    }
}

#[test]
fn the_whole_conversation_ends_in_the_advice_and_a_file() {
    let directory = tempdir().expect("a directory");
    let replies = format!("{CHECKLIST}1\nd\n2,4\n2\nd\nd\nd\n90\nd\nd\ns\n\n");
    let run = ask(&directory, &["--save", "fleet.yaml"], &replies);
    assert_eq!(run.code, 0, "{}", run.err);
    for text in [
        "1 of 6: How large is the fleet",
        "6 of 6: What do your rollouts",
        "Follow-up: ",
        "> 150\n",
        "Summary\n",
    ] {
        assert!(run.err.contains(text), "{text}: {}", run.err);
    }
    assert!(
        run.err
            .contains("  Settled: Sidecar mesh, whatever else you answer"),
        "{}",
        run.err
    );
    assert!(
        !run.out.contains("1 of 6") && !run.out.contains('\u{1b}'),
        "{}",
        run.out
    );
    let file = directory.path().join("fleet.yaml");
    assert_eq!(saved(&file, "services"), "150");
    assert_eq!(
        saved(&file, "sidecar_reasons"),
        "[spire-ca,unsupported-multicluster]"
    );
    assert_eq!(saved(&file, "cni"), "unknown");
    assert_eq!(names(directory.path()), ["fleet.yaml"]);
    let advice =
        finish(mesh_advisor(&["advise", "--answers", "fleet.yaml"]).current_dir(directory.path()));
    assert_eq!(run.out, advice.out, "the advice is that of advise");
}

#[test]
fn mistakes_are_answered_and_asked_again() {
    let directory = tempdir().expect("a directory");
    let run = ask(&directory, &[], "many\n0\n1.5\n1,500\n\n?\nq\n");
    assert_eq!(run.code, 2, "{}", run.err);
    let last = run.err.lines().next_back().expect("a line");
    assert_eq!(
        last,
        "Read 7 lines (4 lines fitted nothing where they were read, the first of them line 1): services: 1500"
    );
    for text in [
        "\"many\" is not a whole number",
        "0 is too few, at least 1",
        "\"1.5\" is not a whole number",
        "Please type a whole number from 1 to 10000",
        "talking that few teams need",
        "Count the teams that release",
    ] {
        assert!(run.err.contains(text), "{text}: {}", run.err);
    }
    assert_eq!(
        saved(
            &directory.path().join("mesh-advisor-answers.yaml"),
            "services"
        ),
        "1500"
    );
}

#[test]
fn going_back_keeps_the_answer_until_it_is_replaced() {
    let directory = tempdir().expect("a directory");
    let run = ask(
        &directory,
        &["--save", "a.yaml"],
        "b\n10\n2\nb\nb\n11\n\nq\n",
    );
    // Nothing stands before the first question, so the first line is refused.
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.ends_with("services: 11, teams: 2\n"), "{}", run.err);
    assert!(
        run.err.contains("This is the first question."),
        "{}",
        run.err
    );
    assert!(
        run.err
            .contains("Your answer so far: 10. An empty line keeps it."),
        "{}",
        run.err
    );
    let file = directory.path().join("a.yaml");
    assert_eq!(
        (saved(&file, "services"), saved(&file, "teams")),
        ("11".into(), "2".into())
    );
}

#[test]
fn any_answer_can_be_changed_in_the_summary() {
    let directory = tempdir().expect("a directory");
    let run = ask(
        &directory,
        &["--save", "a.yaml"],
        "10\n2\ns\n99\n3\n5\n2\nd\n\n",
    );
    // There is no answer 99 to change.
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("There is no 99"), "{}", run.err);
    let file = directory.path().join("a.yaml");
    let facts = ["services", "teams", "languages", "mtls_mandate"].map(|fact| saved(&file, fact));
    assert_eq!(facts, ["10", "unknown", "5", "unknown"]);
}

#[test]
fn the_end_of_the_input_keeps_the_answers_in_a_new_file_and_says_so() {
    let directory = tempdir().expect("a directory");
    for (number, name) in ["mesh-advisor-answers.yaml", "mesh-advisor-answers-2.yaml"]
        .iter()
        .enumerate()
    {
        let run = ask(&directory, &[], &format!("1{number}\n3"));
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(
            run.err.contains(&format!(
                "mesh-advisor ask --answers {name} --save {name} --plain\n"
            )),
            "{}",
            run.err
        );
        let file = directory.path().join(name);
        assert_eq!(
            (saved(&file, "services"), saved(&file, "teams")),
            (format!("1{number}"), "3".into())
        );
    }
    assert_eq!(names(directory.path()).len(), 2);
    let run = ask(&directory, &[], "12\nd");
    for text in [
        "mesh-advisor-answers-3.yaml (mesh-advisor-answers.yaml exists already, and was left as it is)",
        "\n  services: 12\n",
        "\nRead 2 lines: services: 12, teams: unknown\n",
    ] {
        assert!(run.err.contains(text), "{text}: {}", run.err);
    }
    let run = ask(&tempdir().expect("a directory"), &[], "");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("nothing is kept"), "{}", run.err);
}

#[test]
fn a_script_that_falls_out_of_step_is_no_success() {
    let directory = tempdir().expect("a directory");
    let complete = "10\ns\n\n";
    let run = ask(&directory, &["--save", "a.yaml"], complete);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(!run.err.contains("Read 3 lines"), "{}", run.err);
    // A line too many is taken for a reply to whatever is asked after the advice.
    for (replies, told) in [
        (
            "10\ns\n\n150\n",
            "Read 4 lines (line 4 fitted nothing where it was read): services: 10\n",
        ),
        (
            "ten\n10\ns\n\n",
            "Read 4 lines (line 1 fitted nothing where it was read): services: 10\n",
        ),
    ] {
        let directory = tempdir().expect("a directory");
        let run = ask(&directory, &["--save", "a.yaml"], replies);
        assert_eq!(run.code, 2, "{replies:?}: {}", run.err);
        assert!(run.err.ends_with(told), "{replies:?}: {}", run.err);
        assert!(!run.out.is_empty(), "the advice is given all the same");
    }
    let run = ask(&directory, &[], "");
    assert!(
        run.err.ends_with("Read 0 lines: nothing was answered\n"),
        "{}",
        run.err
    );
}

#[test]
fn a_file_is_resumed_with_its_sources_and_only_what_is_open_is_asked() {
    let directory = tempdir().expect("a directory");
    let file = directory.path().join("fleet.yaml");
    fs::write(
        &file,
        "subject: Payments\nanswers:\n  services: {value: 42, source: catalogue, as_of: 2026-11-02}\n  teams: 6\n  canary: unknown\n",
    )
    .expect("written");
    let run = ask(
        &directory,
        &["--answers", "fleet.yaml", "--save", "fleet.yaml"],
        "3\nq\n",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.contains("There are 2 answers already"),
        "{}",
        run.err
    );
    assert!(!run.err.contains("How many teams own them?"), "{}", run.err);
    let text = fs::read_to_string(&file).expect("saved");
    assert!(
        text.contains("subject: Payments") && text.contains("source: catalogue"),
        "{text}"
    );
    assert!(
        text.contains("as_of: 2026-11-02") && text.contains("canary: unknown"),
        "{text}"
    );
    assert_eq!(
        (saved(&file, "services"), saved(&file, "languages")),
        ("42".into(), "3".into())
    );
    assert_eq!(names(directory.path()), ["fleet.yaml"]);
}

#[test]
fn nothing_is_overwritten_without_a_yes() {
    let directory = tempdir().expect("a directory");
    let file = directory.path().join("precious.yaml");
    fs::write(&file, "precious").expect("written");
    for (replies, code) in [
        ("10\ns\n\n1\n", 0),
        ("10\ns\n\n", 0),
        ("10\n", 2),
        ("10\nq\n", 0),
    ] {
        let run = ask(&directory, &["--save", "precious.yaml"], replies);
        assert_eq!(run.code, code, "{replies:?}: {}", run.err);
        assert!(
            run.err
                .contains("(precious.yaml exists already, and was left as it is)"),
            "{replies:?}: {}",
            run.err
        );
        // Who has the advice has nothing to go on with.
        let has_advised = replies.starts_with("10\ns");
        assert_eq!(run.err.contains("To go on: "), !has_advised, "{}", run.err);
        assert_eq!(
            fs::read_to_string(&file).expect("there"),
            "precious",
            "{replies:?}"
        );
    }
    assert_eq!(
        names(directory.path()).len(),
        5,
        "each run made a file of its own: {:?}",
        names(directory.path())
    );
    let run = ask(&directory, &["--save", "precious.yaml"], "10\ns\n\n2\n");
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(saved(&file, "services"), "10");
}

#[test]
fn what_cannot_work_is_said_before_the_first_question() {
    let directory = tempdir().expect("a directory");
    for arguments in [
        ["--save", "missing/a.yaml"],
        ["--save", "."],
        ["--answers", "-"],
        ["--answers", "missing.yaml"],
    ] {
        let run = ask(&directory, &arguments, "10\n");
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
        assert!(
            run.err.starts_with("error: ") && !run.err.contains("1 of 6"),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_rubric_about_something_else_is_asked_the_same_way() {
    let directory = tempdir().expect("a directory");
    let rubric = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/rubrics/kafka.yaml");
    let run = ask(
        &directory,
        &["--quick", "--rubric", rubric.to_str().expect("UTF-8")],
        "d\nb\nq\n",
    );
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        run.err.starts_with("Should we adopt Kafka?") && run.err.contains("1 of at most"),
        "{}",
        run.err
    );
    assert!(!run.err.to_lowercase().contains("mesh?"), "{}", run.err);
}

#[test]
fn texts_of_a_rubric_cannot_command_the_terminal() {
    let directory = tempdir().expect("a directory");
    let rubric = directory.path().join("hostile.yaml");
    let text = fs::read_to_string("examples/rubrics/kafka.yaml").expect("the example");
    let evil = "\"\\e[2J\\u202e Who?\"";
    fs::write(
        &rubric,
        text.replace("Who would operate the brokers?", evil)
            .replace("Should we adopt Kafka?", evil),
    )
    .expect("written");
    let run = ask(
        &directory,
        &["--rubric", rubric.to_str().expect("UTF-8")],
        "1\n1\n1\n1\n?\ns\n\u{1b}[2J\n\n3\n",
    );
    assert_eq!(run.code, 2, "{}", run.err);
    assert!(run.err.contains("\\u{1b}[2J"), "{}", run.err);
    for hidden in ['\u{1b}', '\u{202e}'] {
        assert!(
            !run.err.contains(hidden) && !run.out.contains(hidden),
            "{}",
            run.err
        );
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_keeps_the_answers_and_leaves_no_half_written_file() {
    for signal in ["INT", "TERM", "HUP"] {
        let directory = tempdir().expect("a directory");
        let mut command = Command::cargo_bin("mesh-advisor").expect("it is built");
        command
            .args(["ask", "--plain", "--save", "fleet.yaml"])
            .current_dir(directory.path());
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("it starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(b"77\n5\n").expect("it listens");
        let mut errors = child.stderr.take().expect("a pipe");
        read_until(&mut errors, "2 of 6");
        let status = Command::new("kill")
            .args(["-s", signal, &child.id().to_string()])
            .status()
            .expect("kill");
        assert!(status.success());
        let since = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child") {
                break status;
            }
            assert!(since.elapsed() < Duration::from_secs(10), "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        };
        assert_eq!(status.code(), Some(130), "{signal}");
        assert_eq!(names(directory.path()), ["fleet.yaml"]);
        let file = directory.path().join("fleet.yaml");
        assert_eq!(
            (saved(&file, "services"), saved(&file, "teams")),
            ("77".into(), "5".into())
        );
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_conversation_and_loses_nothing() {
    let directory = tempdir().expect("a directory");
    let mut command = Command::cargo_bin("mesh-advisor").expect("it is built");
    command
        .args(["ask", "--plain"])
        .current_dir(directory.path());
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let mut child = command.spawn().expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut errors = child.stderr.take().expect("a pipe");
    read_until(&mut errors, "\n> ");
    drop(errors);
    input.write_all(b"77\n5\n3\n").expect("it listens");
    assert_eq!(child.wait().expect("a child").code(), Some(2));
    assert_eq!(
        saved(
            &directory.path().join("mesh-advisor-answers.yaml"),
            "services"
        ),
        "77"
    );
}
