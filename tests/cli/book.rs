//! The book: what it lists of the program is what the program has.

mod grammar;
mod reading;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use mesh_advisor::finding::FAMILIES;

const FINDINGS: &str = "docs/src/findings.md";

/// The page of all findings, made from what `explain` prints of each.
fn findings() -> String {
    let mut page = String::from(
        "# Findings\n\nWhat the program can find, by the command that finds it; `mesh-advisor explain ID` prints \
         one of them.\n",
    );
    for family in FAMILIES {
        write!(page, "\n## {}\n", family.command).unwrap();
        for kind in (family.kinds)() {
            let (id, severity) = (kind.id, kind.severity);
            let text = kind.markdown();
            write!(page, "\n### `{id}` ({severity})\n\n{}\n", text.trim_end()).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_findings_is_what_explain_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FINDINGS);
    let page = findings();
    if std::env::var_os("UPDATE_BOOK").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap();
    assert!(
        written == page,
        "{FINDINGS} is not current: run the tests once with UPDATE_BOOK=1"
    );
}

#[test]
fn every_page_of_the_book_is_in_its_summary() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/src");
    let summary = fs::read_to_string(folder.join("SUMMARY.md")).unwrap();
    for entry in fs::read_dir(&folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_listed = summary.contains(&format!("({name})"));
        let is_page = name.ends_with(".md") && name != "SUMMARY.md";
        assert!(is_listed || !is_page, "{name} is not listed");
    }
}
