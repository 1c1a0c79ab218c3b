//! A reader that goes away changes what is seen, never the exit code.

use std::fs;
use std::io::pipe;
use std::process::Command;

use crate::program::{file, path, run};

/// The exit code of a run whose reader is gone before it begins, and what it said on standard error.
fn code_without_reader(arguments: &[&str]) -> (Option<i32>, String) {
    let (reader, writer) = pipe().unwrap();
    drop(reader);
    let output = Command::new(assert_cmd::cargo::cargo_bin("mesh-advisor"))
        .args(arguments)
        .env_remove("MESH_ADVISOR_RUBRIC")
        .env_remove("COLUMNS")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdout(writer)
        .output()
        .unwrap();
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

#[test]
fn the_code_stays_in_every_command_and_format() {
    let folder = tempfile::tempdir().unwrap();
    let record = "# T\n\nStatus: accepted\n\n```yaml mesh-advisor\nschema: 1\ndecision: mesh\nanswers: {teams: 3}\n```\n";
    for name in 0..50 {
        fs::write(folder.path().join(format!("{name}.md")), record).unwrap();
    }
    let records = folder.path().to_str().unwrap();
    for format in ["text", "json", "sarif", "github", "junit"] {
        let (code, said) = code_without_reader(&["check", records, "--format", format]);
        assert_eq!((code, said.as_str()), (Some(1), ""), "{format}");
    }
    let rubric = file("schema: 1\n");
    let answers = file("answers: {teams: 3}\n");
    let each = file(format!(
        "{}nonsense\n",
        "{\"answers\": {\"teams\": 3}}\n".repeat(20_000)
    ));
    for arguments in [
        &["rubric", "check", "--rubric", path(&rubric)][..],
        &["rubric", "test"],
        &["advise", "--answers", path(&answers)],
        &["advise", "--answers", path(&answers), "--format", "json"],
        &["advise", "--each", path(&each)],
        &["explain"],
        &["rubric", "show"],
        &["completions", "bash"],
        &["--help"],
        &["--no-such-option"],
    ] {
        let (code, said) = code_without_reader(arguments);
        let usual = run(arguments);
        assert_eq!((code, said), (Some(usual.code), usual.err), "{arguments:?}");
    }
}
