//! Real decision records, read where they lie beside the repository (they are not ours to copy).

use std::fs;
use std::path::{Path, PathBuf};

use adr::document::Adr;
use adr::metadata::StatusReading;
use adr::placing::{insert_or_replace, remove};

use super::report;

/// The status that a person reads in each.
const STATUSES: &[(&str, &str)] = &[
    ("Luscii__", "accepted"),
    ("MS3Inc__tavros__0013", "accepted"),
    ("MS3Inc__tavros__0019", "accepted"),
    ("Netcracker__", "accepted"),
    ("alphagov__gsp__ADR019", "accepted"),
    ("alphagov__gsp__ADR037", "accepted"),
    ("cloudfoundry__cf-k8s-networking__0004", "proposed"),
    ("cloudfoundry__cf-k8s-networking__0016", "accepted"),
    ("kubeflow__", "missing"),
    ("skondla__", "accepted"),
    ("wmde__", "proposed"),
];

fn folder() -> Option<PathBuf> {
    let found = ["../shared/real/adrs", "../../shared/real/adrs"]
        .iter()
        .map(Path::new)
        .find(|path| path.is_dir());
    if found.is_none() {
        eprintln!("NOT TESTED: the real records (../shared/real/adrs) are not here");
    }
    found.map(Path::to_owned)
}

/// The records by file name, without the line that says where they come from.
fn records() -> Vec<(String, String)> {
    let Some(folder) = folder() else {
        return Vec::new();
    };
    let mut records: Vec<(String, String)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let text = String::from_utf8(fs::read(entry.path()).unwrap()).unwrap();
            let text = text
                .split_once('\n')
                .map(|(_, text)| text.to_owned())
                .unwrap();
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect();
    records.sort();
    records
}

#[test]
fn the_status_is_the_one_that_a_person_reads() {
    for (name, text) in records() {
        let adr = Adr::read(&text).unwrap();
        let status = match &adr.metadata.status {
            StatusReading::Missing => "missing",
            StatusReading::Stated(status) => status.kind.name(),
            StatusReading::Conflict(..) => "conflict",
        };
        let expected = STATUSES
            .iter()
            .find(|(start, _)| name.starts_with(start))
            .map(|(_, status)| *status);
        assert_eq!(Some(status), expected, "{name}");
    }
}

#[test]
fn a_record_goes_in_and_out_without_a_trace() {
    for (name, text) in records() {
        for text in [
            text.clone(),
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
            text.trim_end().to_owned(),
        ] {
            let with = insert_or_replace(&text, "schema: 1\n").unwrap();
            assert_eq!(Adr::read(&with).unwrap().records.len(), 1, "{name}");
            assert_eq!(remove(&with).unwrap(), text, "{name}");
        }
    }
}

#[test]
fn record_and_check_work_on_each() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in records() {
        let path = folder.path().join(&name);
        let shown = path.to_str().unwrap();
        fs::write(&path, &text).unwrap();
        assert_eq!(
            report(&[shown])["findings"][0]["rule"],
            "missing-record",
            "{name}"
        );
        let run = crate::program::run(&[
            "record",
            shown,
            "--answers",
            "examples/answers/small-startup.yaml",
        ]);
        assert_eq!(run.code, 0, "{name}: {}", run.err);
        let found = report(&[shown]);
        let count =
            found["records"].as_array().unwrap().len() + found["skipped"].as_array().unwrap().len();
        assert_eq!(count, 1, "{name}: {found}");
        assert_eq!(
            remove(&fs::read_to_string(&path).unwrap()).unwrap(),
            text,
            "{name}"
        );
    }
}
