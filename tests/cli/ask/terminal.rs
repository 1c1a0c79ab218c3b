//! The conversation on a real pseudo-terminal.
#![cfg(unix)]

use std::fs;

use tempfile::tempdir;

use super::plain::{names, saved};
use crate::pty::{CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, Pty, TAB, UP};

/// Answers everything before the question about canaries.
fn up_to_canaries(pty: &mut Pty) {
    pty.wait_for("How many services");
    for keys in [
        "150\r",
        "12\r",
        "4\r",
        "n\r",
        "no mand\r",
        "l7\r",
        "dedicated\r",
    ] {
        pty.press(keys);
    }
    pty.wait_for("How finely must a rollout");
}

#[test]
fn arrow_keys_filter_and_ticks_lead_to_the_advice_and_a_file() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(
        directory.path(),
        (80, 24),
        &["ask", "--save", "fleet.yaml"],
        &[],
    );
    up_to_canaries(&mut pty);
    pty.press(UP);
    pty.wait_for("> don't know");
    pty.press(&format!("{UP}{ENTER}"));
    pty.wait_for("Which mesh do your clusters run today?");
    pty.press(ENTER);
    pty.wait_for("What would leave your applications");
    pty.press(&format!("{DOWN}{ENTER}"));
    pty.wait_for("Which of these hold");
    pty.press(ENTER);
    pty.wait_for("Nothing is ticked yet");
    pty.press(&format!(" {DOWN}{DOWN} "));
    pty.wait_for("[x] EnvoyFilter resources");
    pty.press(ENTER);
    pty.wait_for("On how many of the workloads");
    pty.press(&format!("{DOWN}{ENTER}{TAB}"));
    pty.wait_for("Summary");
    pty.press(ENTER);
    pty.wait_for("In short: Sidecar mesh");
    pty.wait_for("Write the decision into a record (ADR)?");
    pty.press(&format!("{DOWN}{ENTER}"));
    pty.wait_for("Name of the record");
    pty.press("0007-mesh.md\r");
    pty.wait_for("0007-mesh.md: recorded mesh, review by");
    assert_eq!(pty.end(), 0, "{}", pty.screen());
    let record = fs::read_to_string(directory.path().join("0007-mesh.md")).expect("written");
    assert!(
        record.contains("```yaml mesh-advisor\nschema: 1\n")
            && record.contains("\ndecision: mesh\n"),
        "{record}"
    );
    let file = directory.path().join("fleet.yaml");
    let facts = [
        "services",
        "shared_http_client",
        "mtls_mandate",
        "canary",
        "sidecar_reasons",
        "pods",
    ];
    assert_eq!(
        facts.map(|fact| saved(&file, fact)),
        [
            "150",
            "false",
            "none",
            "cohort-fleet",
            "[off-cluster-workloads,envoy-filters]",
            "unknown"
        ]
    );
    assert_eq!(names(directory.path()), ["0007-mesh.md", "fleet.yaml"]);
}

#[test]
fn numbers_are_checked_as_they_are_typed() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), (60, 24), &["ask"], &[]);
    pty.wait_for("A whole number from 1 to 100000.");
    pty.press("x");
    pty.wait_for("! \"x\" is not a whole number");
    for (typed, refused) in [
        ("42.5", "is not a whole number"),
        ("30-40", "is not a whole number"),
        ("1e3", "is not a whole number"),
        ("-5", "is too few"),
    ] {
        pty.press(&format!("\x15{typed}{ENTER}"));
        pty.wait_for(&format!("> {typed}\n"));
        pty.wait_for(refused);
    }
    pty.press("\x151500001");
    pty.wait_for("! 1500001 is more than 100000");
    pty.press(ENTER);
    pty.press("\x7f\x7f");
    let screen = pty.wait_for("> 15000\n");
    assert!(!screen.contains("more than"), "{screen}");
    pty.press(&format!("\x15{ENTER}"));
    pty.wait_for("! Type a whole number from 1 to 100000, or arrow down");
    pty.press(&format!("{DOWN}{ENTER}"));
    pty.wait_for("How many services do you run?  don't know");
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
}

#[test]
fn escape_goes_back_and_takes_the_answer_off_the_screen() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(
        directory.path(),
        (80, 24),
        &["ask", "--save", "a.yaml"],
        &[],
    );
    pty.wait_for("How many services");
    pty.press(ESCAPE);
    pty.wait_for("! This is the first question.");
    pty.press("10\r");
    pty.wait_for("How many teams");
    pty.press(ESCAPE);
    let screen = pty.wait_for("> 10\n");
    assert!(
        !screen.contains("teams own") && !screen.contains("score"),
        "{screen}"
    );
    pty.press("25\r");
    pty.wait_for("How many services do you run?  25");
    pty.press("4\r");
    pty.wait_for("2 of 6");
    pty.press(ESCAPE);
    pty.wait_for("> 4\n");
    pty.press(ENTER);
    pty.wait_for("2 of 6");
    pty.press(CTRL_D);
    assert_eq!(pty.end(), 2);
    let screen = pty.wait_for("The input ended before the questions did.");
    assert!(
        screen.contains("mesh-advisor ask --answers a.yaml"),
        "{screen}"
    );
    let file = directory.path().join("a.yaml");
    assert_eq!(
        (saved(&file, "services"), saved(&file, "teams")),
        ("25".into(), "4".into())
    );
}

#[test]
fn ctrl_c_keeps_the_answers_under_a_name_that_is_told() {
    let directory = tempdir().expect("a directory");
    fs::write(
        directory.path().join("mesh-advisor-answers.yaml"),
        "precious",
    )
    .expect("written");
    let mut pty = Pty::start(directory.path(), (60, 24), &["ask"], &[]);
    pty.wait_for("How many services");
    pty.press("33\r");
    pty.wait_for("How many teams");
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
    let screen = pty.wait_for("mesh-advisor-answers-2.yaml");
    assert!(
        !screen.contains("How many teams"),
        "an open form is no part of the transcript: {screen}"
    );
    assert_eq!(
        saved(
            &directory.path().join("mesh-advisor-answers-2.yaml"),
            "services"
        ),
        "33"
    );
    assert_eq!(
        fs::read_to_string(directory.path().join("mesh-advisor-answers.yaml")).expect("there"),
        "precious"
    );
    assert_eq!(names(directory.path()).len(), 2);
}

#[test]
fn at_60_columns_everything_is_there_and_nothing_runs_over() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), (60, 24), &["ask"], &[]);
    up_to_canaries(&mut pty);
    pty.press("?");
    let screen = pty.wait_for("edge-weighted.\n");
    for text in [
        "6 of 6",
        "A gateway splits traffic",
        "> no canary releases",
        "don't know",
        "Esc back",
    ] {
        assert!(screen.contains(text), "{text}: {screen}");
    }
    assert!(
        screen.lines().all(|line| line.chars().count() < 60),
        "{screen}"
    );
    assert!(
        pty.look(|screen| (0..24).all(|row| !screen.row_wrapped(row))),
        "nothing is wrapped by the terminal"
    );
    pty.press("?cohorts");
    let screen = pty.wait_for("! Nothing here matches \"cohorts\".");
    assert!(!screen.contains("A gateway splits"), "{screen}");
    pty.press("\x7f");
    let screen = pty.wait_for("filter: cohort\n");
    assert!(
        screen.contains("> per-cohort routing for some services") && !screen.contains("no canary"),
        "{screen}"
    );
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
}

#[test]
fn a_small_or_changing_window_keeps_the_highlighted_row_in_sight() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), (60, 10), &["ask"], &[]);
    up_to_canaries(&mut pty);
    pty.press(UP);
    pty.wait_for("> don't know");
    pty.press(TAB);
    pty.wait_for("> Show the advice");
    pty.press(UP);
    pty.wait_for("> Quit for now");
    pty.resize(90, 30);
    let screen = pty.wait_until("more of the summary", |screen| {
        screen.contains("How many services") && screen.contains("> Quit for now")
    });
    assert!(!screen.contains("more\n"), "all rows fit: {screen}");
    pty.press(ENTER);
    assert_eq!(pty.end(), 0);
    assert!(
        pty.screen().contains("That is enough for now."),
        "{}",
        pty.screen()
    );
}

#[test]
fn nothing_flickers() {
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), (80, 24), &["ask"], &[]);
    up_to_canaries(&mut pty);
    let before = pty.written().len();
    pty.press(DOWN);
    pty.wait_for("> weights at the edge");
    let written = pty.written();
    let change = &written[before..];
    for text in ["How finely", "per-cohort", "Enter chooses"] {
        assert!(
            !change.contains(text),
            "rows that stay are not written again: {change:?}"
        );
    }
    assert!(
        !written.contains("\x1b[2J") && !written.contains("\x1b[J"),
        "the screen is never cleared as a whole"
    );
    assert_eq!(
        written.matches("\x1b[?2026h").count(),
        written.matches("\x1b[?2026l").count()
    );
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
}

#[test]
fn colour_says_nothing_that_words_do_not_say() {
    for (arguments, variables) in [
        (&["--color", "never", "ask"][..], &[][..]),
        (&["ask"], &[("NO_COLOR", "1")]),
    ] {
        let directory = tempdir().expect("a directory");
        let mut pty = Pty::start(directory.path(), (80, 24), arguments, variables);
        pty.wait_for("How many services");
        pty.press("0");
        pty.wait_for("! 0 is too few");
        assert!(
            !pty.written().contains("\x1b[1m") && !pty.written().contains("\x1b[2m"),
            "{:?}",
            pty.written()
        );
        pty.press(CTRL_C);
        assert_eq!(pty.end(), 130);
    }
}

#[test]
fn a_dumb_terminal_or_the_flag_gets_plain_lines() {
    for (arguments, variables) in [
        (&["ask"][..], &[("TERM", "dumb")][..]),
        (&["ask", "--plain"], &[]),
    ] {
        let directory = tempdir().expect("a directory");
        let mut pty = Pty::start(directory.path(), (80, 24), arguments, variables);
        pty.wait_for("A whole number from 1 to 100000.\n> ");
        pty.press("12\n");
        pty.wait_for("How many teams own them?");
        assert!(!pty.written().contains('\x1b'), "{:?}", pty.written());
        pty.press(CTRL_C);
        assert_eq!(pty.end(), 130);
        assert_eq!(names(directory.path()), ["mesh-advisor-answers.yaml"]);
    }
}

#[test]
fn the_offer_to_save_asks_before_it_replaces() {
    let directory = tempdir().expect("a directory");
    let file = directory.path().join("mine.yaml");
    fs::write(&file, "precious").expect("written");
    fs::write(directory.path().join("taken.md"), "# Mine\n").expect("written");
    let mut pty = Pty::start(directory.path(), (80, 24), &["ask", "--quick"], &[]);
    pty.wait_for("1 of at most");
    pty.press(TAB);
    pty.wait_for("Summary");
    pty.press("services\r");
    pty.wait_for("How many services");
    pty.press("7\r");
    pty.wait_for("> Show the advice");
    pty.press(ENTER);
    pty.wait_for("Save the answers?");
    pty.resize(70, 24);
    pty.press(&format!("{DOWN}{ENTER}"));
    pty.wait_for("Name of the file:");
    pty.press("mine.yaml\r");
    pty.wait_for("mine.yaml exists already. Replace it?");
    pty.press(&format!("{DOWN}{ENTER}"));
    pty.wait_for("Write the decision into a record (ADR)?");
    pty.press(&format!("{DOWN}{ENTER}"));
    pty.wait_for("Name of the record");
    pty.press("taken.md\r");
    pty.wait_for("taken.md exists already. Write into it? Only its record changes.");
    pty.press(ENTER);
    pty.wait_for("Write the decision into a record (ADR)?");
    pty.press(ENTER);
    assert_eq!(pty.end(), 0, "{}", pty.screen());
    assert!(
        !pty.written().contains("\x1b[2J"),
        "the advice is not wiped away when the window changes"
    );
    assert_eq!(saved(&file, "services"), "7");
    assert_eq!(
        fs::read_to_string(directory.path().join("taken.md")).expect("there"),
        "# Mine\n"
    );
    assert_eq!(names(directory.path()), ["mine.yaml", "taken.md"]);
}

#[cfg(target_os = "linux")]
#[test]
fn after_a_stop_the_keys_are_heard_one_by_one_again() {
    use std::process::Command;
    let directory = tempdir().expect("a directory");
    let mut pty = Pty::start(directory.path(), (80, 24), &["ask"], &[]);
    pty.wait_for("How many services");
    let send = |pty: &Pty, signal: &str| {
        let sent = Command::new("kill").args([signal, &pty.id()]).status();
        assert!(sent.expect("kill is there").success());
    };
    send(&pty, "-STOP");
    // A shell that comes forward takes the terminal back into its ordinary state.
    let terminal = pty.name();
    let shell = Command::new("stty")
        .args(["-F", &terminal, "sane"])
        .status();
    assert!(shell.expect("stty is there").success());
    send(&pty, "-CONT");
    let is_raw = |_: &str| {
        let modes = Command::new("stty").args(["-F", &terminal, "-a"]).output();
        String::from_utf8_lossy(&modes.expect("stty is there").stdout).contains("-icanon")
    };
    pty.wait_until("raw mode after SIGCONT", is_raw);
    pty.press("14");
    pty.wait_for("14");
    pty.press(CTRL_C);
    assert_eq!(pty.end(), 130);
}
