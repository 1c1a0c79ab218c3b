//! Records of several rubrics under one command: each is checked by its own.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{TODAY, report, seen};
use crate::program::{file, finish, mesh_advisor, path, run};

const QUEUES: &str = "examples/rubrics/kafka.yaml";

/// A folder with a record of the built-in rubric, one of [`QUEUES`] and one of a rubric that the folder names.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let record = |rubric: &str, decision: &str, answers: &str| {
        format!(
            "# A decision\n\n* Status: accepted\n\n```yaml mesh-advisor\nschema: 1\nrubric: {rubric}\ndecision: {decision}\n\
             decided: 2026-11-20\nreview_by: 2027-05-20\nanswers: {answers}\n```\n"
        )
    };
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rubrics/sound.yaml");
    write("sample.yaml", &fs::read_to_string(sample).unwrap());
    write("mesh-advisor.yaml", "rubrics: [sample.yaml]\n");
    let mesh = "{services: 14, teams: 3, mtls_mandate: none, authorization: network}";
    write(
        "0001-mesh.md",
        &record("service-mesh@2.0.0", "no-mesh", mesh),
    );
    let queue = "{consumers: 1, events_per_second: 20, replay: none}";
    write("0002-queue.md", &record("kafka@1.0.0", "no-broker", queue));
    let sample = "{services: 5, teams: 2, mandate: none, owner: false}";
    write("0003-sample.md", &record("sample@1.0.0", "no-mesh", sample));
    folder
}

fn rules(report: &Value) -> Vec<(String, String)> {
    let findings = report["findings"].as_array().unwrap().iter();
    let word = |one: &Value| one.as_str().unwrap().to_owned();
    findings
        .map(|one| {
            let path = word(&one["path"]);
            (
                path.rsplit('/').next().unwrap().to_owned(),
                word(&one["rule"]),
            )
        })
        .collect()
}

#[test]
fn a_folder_with_records_of_three_rubrics_is_checked_by_one_command() {
    let folder = folder();
    let here = folder.path().to_str().unwrap();
    let found = report(&[here, "--rubric", QUEUES]);
    assert_eq!(rules(&found), []);
    assert_eq!(found["records"].as_array().unwrap().len(), 3);
    let record = folder.path().join("0003-sample.md");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(
        &record,
        text.replace(
            "{services: 5, teams: 2, mandate: none",
            "{services: 500, teams: 9, mandate: all",
        ),
    )
    .unwrap();
    let found = report(&[here, "--rubric", QUEUES]);
    assert_eq!(
        rules(&found),
        [("0003-sample.md".to_owned(), "decision-mismatch".to_owned())]
    );
}

#[test]
fn a_record_whose_rubric_is_not_known_is_a_finding_at_its_name() {
    let folder = folder();
    let record = folder.path().join("0002-queue.md");
    let found = report(&[record.to_str().unwrap()]);
    let expected = ("unknown-rubric".to_owned(), "error".to_owned(), 7, 9, 7, 20);
    assert_eq!(seen(&found), [expected]);
    let help = found["findings"][0]["help"].as_str().unwrap();
    assert!(help.contains("`service-mesh` and `sample`"), "{help}");
}

#[test]
fn a_project_names_no_rubric_outside_of_its_folder() {
    let folder = folder();
    let project = folder.path().join("mesh-advisor.yaml");
    for (text, words) in [
        ("rubrics: [../elsewhere.yaml]\n", "lies outside"),
        ("rubrics: [missing.yaml]\n", "cannot open"),
        ("rubric: [sample.yaml]\n", "unknown key `rubric`"),
    ] {
        fs::write(&project, text).unwrap();
        let run = run(&["check", folder.path().to_str().unwrap()]);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{text}");
        assert!(run.err.contains(words), "{text}: {}", run.err);
    }
}

#[test]
fn two_rubrics_of_one_name_are_refused() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(QUEUES)).unwrap();
    let other = file(text.replace("title: Should we adopt Kafka?", "title: Should we?"));
    let run = run(&[
        "check",
        "examples/adr",
        "--rubric",
        QUEUES,
        "--rubric",
        path(&other),
    ]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("two rubrics are called `kafka`"),
        "{}",
        run.err
    );
}

#[test]
fn a_command_that_goes_by_one_rubric_takes_one() {
    let run = run(&[
        "advise",
        "--set",
        "services=3",
        "--rubric",
        QUEUES,
        "--rubric",
        "x.yaml",
    ]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("only check goes by several"),
        "{}",
        run.err
    );
}

#[test]
fn a_record_says_which_rubric_its_check_needs_unless_the_project_does() {
    let folder = folder();
    let new = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let write = |name: &str, rubric: &str| {
        let (path, answers) = (new(name), file("answers: {}\n"));
        let arguments = [
            "record",
            &path,
            "--as-of",
            TODAY,
            "--rubric",
            rubric,
            "--answers",
            crate::program::path(&answers),
        ];
        let run = run(&arguments);
        assert_eq!(run.code, 0, "{}", run.err);
        fs::read_to_string(&path).unwrap()
    };
    let text = write("0004-queue.md", QUEUES);
    assert!(
        text.contains(&format!("0004-queue.md --rubric {QUEUES}`")),
        "{text}"
    );
    let text = write("0005-sample.md", &new("sample.yaml"));
    assert!(text.contains("0005-sample.md` in CI"), "{text}");
}

#[test]
fn answers_for_another_rubric_are_one_mistake_that_names_the_flag() {
    let answers = file("rubric: kafka\nanswers: {consumers: 1, brokers: 3}\n");
    let run = run(&["advise", "--answers", path(&answers)]);
    assert_eq!(run.code, 2);
    assert_eq!(run.err.matches("error").count(), 1, "{}", run.err);
    assert!(run.err.contains("--rubric FILE"), "{}", run.err);
}

#[test]
fn a_project_has_status_words_of_its_own_and_turns_none_around() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let record = |status: &str| {
        format!(
            "# T\n\nStatus: {status}\n\n```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n\
             review_by: 2027-05-20\nanswers: {{services: 14, teams: 3, mtls_mandate: none, authorization: network}}\n```\n"
        )
    };
    let check = || {
        let arguments = ["check", ".", "--as-of", "2026-12-01"];
        finish(mesh_advisor(&arguments).current_dir(folder.path()))
    };
    write(
        "1.md",
        &record("").replace(
            "Status: ",
            "## Status\n\n- Proposed\n- Accepted\n- Deprecated",
        ),
    );
    let unfilled = check();
    assert_eq!(unfilled.code, 1);
    assert!(unfilled.out.contains("none is chosen"), "{}", unfilled.out);
    write("1.md", &record("Blessed"));
    write("2.md", &record("Binned"));
    let unknown = check();
    assert_eq!(unknown.code, 1);
    assert!(
        unknown.out.contains("\"Blessed\" is no status"),
        "{}",
        unknown.out
    );
    write(
        "mesh-advisor.yaml",
        "status_words:\n  accepted: [Blessed]\n  rejected: [binned]\n",
    );
    let known = check();
    assert_eq!(known.code, 0, "{}", known.out);
    assert!(
        known.out.contains("skipped 2.md: its status is rejected"),
        "{}",
        known.out
    );
    assert!(
        known.out.contains("checked 1 record, skipped 1"),
        "{}",
        known.out
    );
    let recorded = finish(mesh_advisor(&["record", "1.md"]).current_dir(folder.path()));
    assert_eq!((recorded.code, recorded.err.as_str()), (0, ""));
    write(
        "mesh-advisor.yaml",
        "status_words:\n  accepted: [Rejected, \"!\"]\n  retired: [x]\n",
    );
    let refused = check();
    assert_eq!(refused.code, 2);
    for words in [
        "`Rejected` means rejected already\n --> mesh-advisor.yaml:2:14",
        "`!` is no word\n --> mesh-advisor.yaml:2:24",
        "unknown key `retired`\n --> mesh-advisor.yaml:3:3",
    ] {
        assert!(refused.err.contains(words), "{words}\n{}", refused.err);
    }
}
