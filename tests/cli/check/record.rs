//! `record`: what is written, what is kept, and what is refused.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{TODAY, check, report};
use crate::program::{Run, run};

const ANSWERS: &str = "examples/answers/small-startup.yaml";

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn with(name: &str, text: &str) -> (Self, PathBuf) {
        let folder = Self::new();
        let path = folder.path(name);
        fs::write(&path, text).unwrap();
        (folder, path)
    }
}

fn record(path: &Path, arguments: &[&str]) -> Run {
    run(&[
        &["record", path.to_str().unwrap(), "--as-of", TODAY],
        arguments,
    ]
    .concat())
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_new_file_is_a_complete_record_that_passes_its_check() {
    let folder = Folder::new();
    let path = folder.path("0007-mesh.md");
    let written = record(&path, &["--answers", ANSWERS]);
    assert_eq!(written.code, 0, "{}", written.err);
    assert!(
        written
            .out
            .contains("recorded no-mesh, review by 2027-06-01"),
        "{}",
        written.out
    );
    let text = read(&path);
    for heading in [
        "# ",
        "## Context and Problem Statement",
        "## Decision Drivers",
        "## Considered Options",
        "## Decision Outcome",
        "### Consequences",
        "### Confirmation",
        "```yaml mesh-advisor",
        "## More Information",
    ] {
        let at = text.find(&format!("\n{heading}"));
        assert!(at.is_some(), "{heading} is missing in\n{text}");
    }
    assert!(
        text.starts_with("---\nstatus: \"proposed\"\ndate: 2026-12-01\n---\n"),
        "{text}"
    );
    assert!(
        text.contains("mesh-advisor check ")
            && ["no-mesh", "sidecarless", "mesh"]
                .iter()
                .all(|id| text.contains(&format!("(`{id}`)")))
    );
    let accepted = text.replace("\"proposed\"", "\"accepted\"");
    fs::write(&path, accepted).unwrap();
    let checked = check(&[path.to_str().unwrap(), "--fail-on", "warning"]);
    assert_eq!(checked.code, 0, "{}", checked.out);
}

#[test]
fn a_new_record_reckons_with_what_is_given_as_reserved() {
    let answers = "examples/answers/polyglot-150-services.yaml";
    let given =
        read(Path::new(answers)) + "reserved:\n  ztunnel: {cpu: [50, 50], memory: [60, 60]}\n";
    let (folder, given) = Folder::with("fleet.yaml", &given);
    let cost = |answers: &str, name: &str| {
        let path = folder.path(name);
        let written = record(&path, &["--answers", answers]);
        assert_eq!(written.code, 0, "{}", written.err);
        let text = read(&path);
        let mut lines = text.lines().map(ToOwned::to_owned);
        lines
            .find(|line| line.starts_with("* Reserved for 1,000 pods"))
            .unwrap()
    };
    let (charts, own) = (cost(answers, "a.md"), cost(given.to_str().unwrap(), "b.md"));
    assert!(!charts.contains("as given"), "{charts}");
    assert!(
        own.contains("waypoints 8.0 cores and 8.8 GiB (as given)"),
        "{own}"
    );
}

#[test]
fn without_answers_every_fact_is_unknown_and_the_record_says_so() {
    let (_folder, path) = Folder::with("a.md", "# T\r\n\r\nStatus: Accepted\r\n");
    let written = record(&path, &[]);
    assert!(written.out.contains("Provisional: "), "{}", written.out);
    let text = read(&path);
    assert_eq!(
        text.matches(": unknown\r\n").count(),
        mesh_advisor::embedded::rubric().unwrap().facts.len()
    );
    assert!(
        text.starts_with("# T\r\n\r\nStatus: Accepted\r\n")
            && !text.replace("\r\n", "").contains('\n'),
        "{text:?}"
    );
    assert_eq!(
        report(&[path.to_str().unwrap()])["findings"][0]["rule"],
        "unsettled"
    );
}

#[test]
fn recording_again_keeps_comments_and_provenance() {
    let before = "\u{feff}# T\n\n* Status: accepted\n\n~~~~yaml mesh-advisor\nschema: 1\nrubric: service-mesh@0.9.0 # old\n\
                  decision: no-mesh\ndecided: 2025-01-01\nreview_by: 2025-07-01\nanswers:\n  # counted by hand\n  \
                  services: {value: 14, source: \"service catalogue\", as_of: 2026-11-20}\n  teams: 3\n~~~~\nlast line";
    let (_folder, path) = Folder::with("a.md", before);
    assert_eq!(record(&path, &[]).code, 0);
    let expected = before
        .replace("@0.9.0", "@2.0.0")
        .replace("2025-01-01", "2026-12-01")
        .replace("2025-07-01", "2027-06-01");
    assert_eq!(read(&path), expected);
    assert_eq!(record(&path, &[]).code, 0);
    assert_eq!(read(&path), expected, "the second time changes nothing");
}

#[test]
fn a_departure_becomes_an_exception_and_the_reason_is_asked_for() {
    let (_folder, path) = Folder::with("a.md", "# T\n\nStatus: accepted\n");
    let before = read(&path);
    let refused = record(&path, &["--answers", ANSWERS, "--decision", "mesh"]);
    assert_eq!((refused.code, read(&path)), (2, before.clone()));
    assert!(refused.err.contains("--because"), "{}", refused.err);
    let pointless = record(&path, &["--answers", ANSWERS, "--because", "x"]);
    assert_eq!((pointless.code, read(&path)), (2, before.clone()));
    let unknown = record(&path, &["--decision", "mash"]);
    assert_eq!((unknown.code, read(&path)), (2, before));
    assert!(
        unknown.err.contains("did you mean `mesh`?"),
        "{}",
        unknown.err
    );
    let departs = [
        "--answers",
        ANSWERS,
        "--decision",
        "mesh",
        "--because",
        "It \"runs\" already: # yes\n",
        "--until",
        "2027-01-31",
    ];
    assert_eq!(record(&path, &departs).code, 0);
    assert!(
        read(&path).contains(
            "exception:\n  because: \"It \\\"runs\\\" already: # yes\\n\"\n  until: 2027-01-31\n"
        ),
        "{}",
        read(&path)
    );
    let found = report(&[path.to_str().unwrap()]);
    let rules: Vec<&str> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["rule"].as_str().unwrap())
        .collect();
    assert!(
        rules.iter().all(|rule| *rule == "prerequisite-unmet"),
        "{rules:?}"
    );
    assert_eq!(record(&path, &["--decision", "no-mesh"]).code, 0);
    assert!(!read(&path).contains("exception"), "{}", read(&path));
}

#[test]
fn what_cannot_be_written_safely_is_refused_and_left_alone() {
    let block =
        "```yaml mesh-advisor\nschema: 1\nrubric: service-mesh@2.0.0\ndecision: no-mesh\n```\n";
    for (text, words) in [
        (
            block.replace("no-mesh", "nomesh"),
            "did you mean `no-mesh`?",
        ),
        (block.replace("```\n", ""), "never closed"),
        (format!("{block}\n{block}"), "carries 2 records"),
        (
            block.replace("service-mesh@", "kafka@"),
            "the record is for the rubric `kafka`",
        ),
    ] {
        let (_folder, path) = Folder::with("a.md", &text);
        let refused = record(&path, &["--answers", ANSWERS]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{text}");
        assert!(
            refused.err.contains(words),
            "{words} is not in {}",
            refused.err
        );
        assert_eq!(read(&path), text);
    }
    let folder = Folder::new();
    fs::write(folder.path("latin.md"), b"# Caf\xe9\n").unwrap();
    assert_eq!(record(&folder.path("latin.md"), &[]).code, 2);
    assert_eq!(record(&folder.path("missing/a.md"), &[]).code, 2);
    assert_eq!(record(folder.0.path(), &[]).code, 2);
}

#[test]
fn a_file_of_its_own_is_written_in_its_notation() {
    let folder = Folder::new();
    for name in ["a.yaml", "a.json"] {
        let path = folder.path(name);
        assert_eq!(record(&path, &["--answers", ANSWERS]).code, 0);
        let first = read(&path);
        assert_eq!(
            check(&[path.to_str().unwrap(), "--fail-on", "warning"]).code,
            0,
            "{first}"
        );
        let later = run(&["record", path.to_str().unwrap(), "--as-of", "2026-12-02"]);
        assert_eq!(later.code, 0, "{}", later.err);
        let expected = first
            .replace("2026-12-01", "2026-12-02")
            .replace("2027-06-01", "2027-06-02");
        assert_eq!(read(&path), expected);
    }
    assert!(read(&folder.path("a.json")).starts_with("{\n  \"schema\": 1,\n"));
}

#[cfg(unix)]
#[test]
fn permissions_stay_and_nothing_else_is_left_behind() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, path) = Folder::with("a.md", "# T\n");
    fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
    symlink(&path, folder.path("link.md")).unwrap();
    assert_eq!(record(&folder.path("link.md"), &[]).code, 0);
    assert!(read(&path).contains("mesh-advisor") && folder.path("link.md").is_symlink());
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(fs::read_dir(folder.0.path()).unwrap().count(), 2);
}
