//! Each finding: a file that fires it, at a place counted by hand, and a near miss that must not.

use mesh_advisor::record::findings::FAMILY;

use super::{Seen, report, seen};
use crate::program::{Run, run};

const FOLDER: &str = "tests/fixtures/records";

/// What a file must give: rule, severity, line, column, end line, end column.
type Expected = (&'static str, &'static str, u64, u64, u64, u64);

/// Every place was counted by hand in the file.
const FIRES: &[(&str, &[Expected])] = &[
    (
        "decision-mismatch/fires",
        &[("decision-mismatch", "error", 13, 11, 13, 15)],
    ),
    ("unsettled/fires", &[("unsettled", "error", 20, 3, 20, 16)]),
    (
        "missing-record/fires",
        &[("missing-record", "error", 1, 1, 1, 1)],
    ),
    (
        "missing-record/fires-marked-wrongly",
        &[("missing-record", "error", 10, 1, 10, 16)],
    ),
    (
        "invalid-record/fires",
        &[("invalid-record", "error", 13, 11, 13, 15)],
    ),
    (
        "invalid-record/fires-as-no-yaml",
        &[("invalid-record", "error", 18, 10, 18, 10)],
    ),
    (
        "unknown-rubric/fires",
        &[("unknown-rubric", "error", 12, 9, 12, 23)],
    ),
    (
        "unknown-fact/fires",
        &[("unknown-fact", "error", 17, 3, 17, 10)],
    ),
    (
        "invalid-answer/fires",
        &[("invalid-answer", "error", 20, 18, 20, 20)],
    ),
    (
        "duplicate-record/fires",
        &[("duplicate-record", "error", 23, 1, 23, 21)],
    ),
    (
        "status-unknown/fires",
        &[("status-unknown", "error", 3, 11, 3, 17)],
    ),
    (
        "status-conflict/fires",
        &[("status-conflict", "error", 6, 11, 6, 19)],
    ),
    (
        "review-overdue/fires",
        &[("review-overdue", "warning", 15, 12, 15, 22)],
    ),
    (
        "review-missing/fires",
        &[("review-missing", "warning", 10, 1, 10, 21)],
    ),
    (
        "answer-outdated/fires",
        &[("answer-outdated", "warning", 17, 61, 17, 71)],
    ),
    (
        "date-implausible/fires",
        &[
            ("date-implausible", "warning", 14, 10, 14, 20),
            ("date-implausible", "warning", 15, 12, 15, 22),
            ("date-implausible", "warning", 17, 61, 17, 71),
        ],
    ),
    (
        "exception-expired/fires",
        &[("exception-expired", "warning", 24, 10, 24, 20)],
    ),
    (
        "exception-unneeded/fires",
        &[("exception-unneeded", "warning", 21, 1, 21, 10)],
    ),
    (
        "exception-unexplained/fires",
        &[("exception-unexplained", "error", 22, 1, 22, 10)],
    ),
    (
        "prerequisite-unmet/fires",
        &[("prerequisite-unmet", "warning", 13, 11, 13, 22)],
    ),
    (
        "rubric-changed/fires",
        &[
            ("rubric-changed", "error", 12, 9, 12, 27),
            ("decision-mismatch", "error", 13, 11, 13, 15),
        ],
    ),
    (
        "rubric-changed/fires-as-note",
        &[("rubric-changed", "note", 12, 9, 12, 27)],
    ),
    (
        "superseded-unlinked/fires",
        &[("superseded-unlinked", "warning", 3, 11, 3, 21)],
    ),
    (
        "fact-drifted/fires",
        &[("fact-drifted", "error", 21, 20, 21, 22)],
    ),
    (
        "fact-drifted/fires-as-note",
        &[("fact-drifted", "note", 17, 21, 17, 22)],
    ),
    (
        "decision-contradicted/fires",
        &[("decision-contradicted", "warning", 13, 11, 13, 18)],
    ),
    (
        "statuses/proposed",
        &[("decision-mismatch", "note", 13, 11, 13, 15)],
    ),
    (
        "statuses/missing",
        &[("status-unknown", "warning", 1, 1, 1, 1)],
    ),
];

/// What the files of a kind are compared with.
const CLUSTERS: [(&str, &str); 2] = [
    (
        "fact-drifted",
        "examples/clusters/sidecars-one-blocker.yaml",
    ),
    (
        "decision-contradicted",
        "examples/clusters/unused-mesh.yaml",
    ),
];

fn found(name: &str) -> Vec<Seen> {
    let file = format!("{FOLDER}/{name}.md");
    let cluster = CLUSTERS
        .iter()
        .find(|(kind, _)| name.starts_with(kind))
        .map(|(_, cluster)| ["--manifests", cluster]);
    let manifests = cluster.as_ref().map_or(&[][..], |arguments| arguments);
    seen(&report(&[&[file.as_str()], manifests].concat()))
}

#[test]
fn each_finding_fires_where_it_should_and_alone() {
    for (name, expected) in FIRES {
        let expected: Vec<Seen> = expected
            .iter()
            .map(|(rule, severity, line, column, end_line, end_column)| {
                (
                    (*rule).to_owned(),
                    (*severity).to_owned(),
                    *line,
                    *column,
                    *end_line,
                    *end_column,
                )
            })
            .collect();
        assert_eq!(found(name), expected, "{name}");
    }
}

#[test]
fn no_near_miss_fires_anything() {
    for kind in (FAMILY.kinds)() {
        assert_eq!(found(&format!("{}/near-miss", kind.id)), [], "{}", kind.id);
    }
}

#[test]
fn a_block_that_is_not_read_says_what_kind_of_place_it_stands_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let block = "```yaml mesh-advisor\nschema: 1\n```\n";
    let indented = block.replace('\n', "\n    ");
    for (name, text, place) in [
        (
            "quote.md",
            block.replace('\n', "\n> ").replacen('`', "> `", 1),
            "it stands in a block quote",
        ),
        (
            "details.mdx",
            format!("<details>\n{block}</details>\n"),
            "it stands in HTML",
        ),
        (
            "tab.md",
            format!("=== \"Tab\"\n\n    {indented}"),
            "indented by four blanks or more",
        ),
        (
            "inline.markdown",
            "```yaml mesh-advisor title=`x`\nschema: 1\n```\n".to_owned(),
            "makes it code within a line",
        ),
        (
            "toml.md",
            "+++\nx-mesh-advisor = 1\n+++\n".to_owned(),
            "TOML front matter",
        ),
        (
            "slip.md",
            block.replace("yaml mesh-advisor", "mesh_advisor"),
            "its info string is not",
        ),
    ] {
        std::fs::write(path(name), text).unwrap();
        let named = path(name);
        for (argument, severity) in [(named.as_path(), "error"), (folder.path(), "warning")] {
            let report = report(&[argument.to_str().unwrap()]);
            let finding = &report["findings"][0];
            assert_eq!(finding["rule"], "missing-record", "{name}: {report}");
            assert_eq!(finding["severity"], severity, "{name}");
            let message = finding["message"].as_str().unwrap();
            assert!(message.contains(place), "{name}: {message}");
            assert_eq!(report["findings"].as_array().map(Vec::len), Some(1));
        }
        std::fs::remove_file(path(name)).unwrap();
    }
}

#[test]
fn every_finding_has_a_file_that_fires_it() {
    for kind in (FAMILY.kinds)() {
        let fires = FIRES.iter().any(|(name, expected)| {
            name.split('/').next() == Some(kind.id)
                && expected.iter().any(|(rule, ..)| *rule == kind.id)
        });
        assert!(fires, "{}", kind.id);
    }
}

#[test]
fn proposed_records_are_reported_and_retired_ones_are_skipped_aloud() {
    let proposed = report(&[
        &format!("{FOLDER}/statuses/proposed.md"),
        "--fail-on",
        "warning",
    ]);
    assert_eq!(proposed["records"][0]["status"], "proposed");
    assert_eq!(proposed["records"][0]["recommendation"], "no-mesh");
    let rejected = report(&[&format!("{FOLDER}/statuses/rejected.md")]);
    assert_eq!(rejected["skipped"][0]["because"], "its status is rejected");
    assert_eq!(
        (&rejected["findings"], &rejected["records"]),
        (&serde_json::json!([]), &serde_json::json!([]))
    );
}

#[test]
fn an_unsettled_record_names_what_to_ask_first() {
    let found = report(&[&format!("{FOLDER}/unsettled/fires.md")]);
    let finding = &found["findings"][0];
    assert_eq!(
        finding["message"],
        "Unknown answers can still give no-mesh, sidecarless or mesh; ask first for authorization, sidecar_reasons, sidecar_scope"
    );
    assert_eq!(
        finding["help"],
        "What must a rule between services look at?"
    );
}

#[test]
fn a_record_of_an_earlier_version_is_told_what_has_moved_since() {
    let told = run(&[
        "check",
        "tests/fixtures/records/rubric-changed/fires-as-note.md",
    ]);
    assert!(told.out.contains("Since 2.0.0"), "{}", told.out);
    let current = run_on_version("2.0.0");
    assert!(!current.out.contains("Since 2.0.0"), "{}", current.out);
}

fn run_on_version(version: &str) -> Run {
    let text = std::fs::read_to_string("tests/fixtures/records/rubric-changed/fires-as-note.md")
        .expect("a record");
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("record.md");
    std::fs::write(&path, text.replace("@0.9.0", &format!("@{version}"))).expect("written");
    run(&["check", path.to_str().expect("UTF-8")])
}
