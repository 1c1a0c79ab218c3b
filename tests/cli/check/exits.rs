//! Exit codes: the same in every format, and never green for a path that leads nowhere.

use std::fs;

use mesh_advisor::show::findings::Format;

use super::{check, report};

const RECORDS: &str = "tests/fixtures/records";
const CLEAN: &str = "tests/fixtures/records/rubric-changed/near-miss.md";
const WRONG: &str = "tests/fixtures/records/decision-mismatch/fires.md";
const OVERDUE: &str = "tests/fixtures/records/review-overdue/fires.md";
const RETIRED: &str = "tests/fixtures/records/statuses/rejected.md";

#[test]
fn the_exit_code_is_the_same_in_every_format() {
    for (paths, code) in [
        (&[CLEAN][..], 0),
        (&[WRONG], 1),
        (&[CLEAN, WRONG], 1),
        (&[RETIRED], 3),
        (&[OVERDUE], 0),
    ] {
        for (name, _) in Format::NAMED {
            let run = check(&[&["--format", name], paths].concat());
            assert_eq!(run.code, code, "{paths:?} {}: {}{}", name, run.out, run.err);
        }
    }
}

#[test]
fn the_threshold_and_its_exceptions() {
    for (arguments, code) in [
        (&[OVERDUE, "--fail-on", "warning"][..], 1),
        (&[OVERDUE, "--fail-on", "error"], 0),
        (&[WRONG, "--exit-zero"], 0),
        (&[RETIRED, "--allow-none"], 0),
        (&[RETIRED, "--exit-zero"], 3),
        (
            &[
                "tests/fixtures/records/statuses/proposed.md",
                "--fail-on",
                "warning",
            ],
            0,
        ),
    ] {
        let run = check(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.out, run.err);
    }
}

#[test]
fn dates_are_judged_by_the_day_that_is_asked_for() {
    let code = |day| check(&[CLEAN, "--fail-on", "warning", "--as-of", day]).code;
    assert_eq!(code("2026-12-02"), 2, "the day is given once");
    let run =
        |day| crate::program::run(&["check", CLEAN, "--fail-on", "warning", "--as-of", day]).code;
    assert_eq!((run("2027-05-20"), run("2027-05-21")), (0, 1));
}

#[test]
fn what_cannot_be_read_is_no_finding() {
    for arguments in [
        &["no/such/file.md"][..],
        &[CLEAN, "no-such-folder"],
        &[CLEAN, "--output", "sarif"],
        &[CLEAN, "--output", "pdf=x"],
        &[CLEAN, "--output", "json=no-such-folder/x.json"],
        &[CLEAN, "--format", "pdf"],
        &[CLEAN, "--rubric", "no-such-rubric.yaml"],
    ] {
        let run = check(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.err.is_empty());
    }
}

#[test]
fn a_folder_without_records_is_not_green() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    fs::write(
        folder.path().join("README.md"),
        "# A mesh advisor is mentioned\n",
    )
    .unwrap();
    fs::write(
        folder.path().join("answers.yaml"),
        "rubric: service-mesh\nanswers: {services: 3}\n",
    )
    .unwrap();
    fs::write(folder.path().join("package.json"), "{\"decision\": 1}").unwrap();
    let run = check(&[path]);
    assert_eq!(run.code, 3, "{}", run.out);
    assert!(run.err.contains("found no record to check"), "{}", run.err);
    assert_eq!(check(&[path, "--allow-none"]).code, 0);
}

#[test]
fn a_folder_is_walked_and_a_file_is_checked_once() {
    let all = report(&[RECORDS]);
    let count = |report: &serde_json::Value| report["records"].as_array().unwrap().len();
    assert!(count(&all) > 30);
    assert_eq!(
        count(&report(&[
            RECORDS,
            CLEAN,
            RECORDS,
            "./tests/../tests/fixtures/records"
        ])),
        count(&all)
    );
    let paths: Vec<&str> = all["records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["path"].as_str().unwrap())
        .collect();
    assert!(
        paths.is_sorted()
            && paths
                .iter()
                .all(|path| path.starts_with("tests/fixtures/records/")),
        "{paths:?}"
    );
}

#[test]
fn yaml_and_json_files_are_records_too() {
    let folder = tempfile::tempdir().unwrap();
    let yaml = "schema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\nreview_by: 2027-05-20\n\
                answers: {services: 14, teams: 3, mtls_mandate: none, authorization: network}\n";
    let json = "{\"schema\": 1, \"rubric\": \"service-mesh@2.0.0\", \"decision\": \"mash\", \"answers\": {}}\n";
    fs::write(folder.path().join("a.yaml"), yaml).unwrap();
    fs::write(folder.path().join("b.yml"), format!("\u{feff}{yaml}")).unwrap();
    fs::write(folder.path().join("c.json"), json).unwrap();
    let found = report(&[folder.path().to_str().unwrap()]);
    assert_eq!(found["records"].as_array().unwrap().len(), 3);
    let first = &found["findings"][0];
    assert_eq!(
        (&first["rule"], &first["line"]),
        (&"review-missing".into(), &1.into())
    );
    let second = &found["findings"][1];
    assert_eq!(
        (&second["rule"], &second["column"], &second["end_column"]),
        (&"invalid-record".into(), &59.into(), &65.into())
    );
}
