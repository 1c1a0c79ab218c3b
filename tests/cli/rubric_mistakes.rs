//! What authors are told of mistakes: one snapshot of many, to be read as a page. The mistake comes first, with what to write
//! instead, and nothing that only follows from it stands beside it.

use std::fs;
use std::path::Path;

use crate::program::{finish, mesh_advisor};

/// What is wrong, what stands in the sound rubric, and what is written in its place.
const MISTAKES: [(&str, &str, &str); 32] = [
    (
        "a fact without an assumption",
        "ask: Which mandate?, assume: none,",
        "ask: Which mandate?,",
    ),
    (
        "a name that is too long",
        "{id: strict,",
        "{id: strict-and-and-and-and-and-and-and-and-and-and-and-and-and-and-and-strict,",
    ),
    (
        "an option that is denied",
        "title: A strict mandate, when: {mandate: all}",
        "title: A strict mandate, when: {mandate: \"!none\"}",
    ),
    (
        "an order of an option that is not there",
        "{mandate: some}, points: 1",
        "{mandate: \">= sum\"}, points: 1",
    ),
    (
        "or",
        "when: {obliged: false, owner: false}",
        "when: {or: [{obliged: false}, {owner: false}]}",
    ),
    (
        "a list of tests",
        "when: {obliged: false, owner: false}",
        "when: [{obliged: false}, {owner: false}]",
    ),
    (
        "a comparison without quotes",
        "{services: \">= 100\"}, points",
        "{services: >= 100}, points",
    ),
    (
        "a rule without a test before the others",
        "verdict:\n",
        "verdict:\n  - {id: always, recommend: mesh, because: So}\n",
    ),
    (
        "an option as a bare word",
        "{id: some, title: some paths}",
        "some",
    ),
    (
        "a colon in a text",
        "  - id: fleet\n    ask: How large is the fleet?",
        "  - id: fleet\n    ask: The fleet: how large is it?",
    ),
    (
        "a comma in a text",
        "summary: Nothing new to run}",
        "summary: Nothing new, to run}",
    ),
    (
        "a tab",
        "    ask: How large is the fleet?",
        "\task: How large is the fleet?",
    ),
    ("a comma too many", "min: 1, max: 50}", "min: 1,, max: 50}"),
    ("a fact misspelt", "teams: \">= 5\"", "temas: \">= 5\""),
    ("an option misspelt", "{mandate: some}", "{mandate: sum}"),
    (
        "a key misspelt",
        "recommend: no-mesh, because: Nobody",
        "recomend: no-mesh, because: Nobody",
    ),
    (
        "a recommendation misspelt",
        "recommend: mesh, because",
        "recommend: meshes, because",
    ),
    ("a reason that is missing", ", because: It adds up", ""),
    (
        "a key that stands twice",
        "version: 1.0.0",
        "version: 1.0.0\nversion: 1.0.1",
    ),
    ("a number in quotes", "points: 2", "points: \"2\""),
    (
        "a range whose ends are the wrong way round",
        "{services: \"< 30\"}",
        "{services: \"30..1\"}",
    ),
    (
        "a test for flags on a choice",
        "{mandate: all}, points: 3",
        "{mandate: {at_least: 1}}, points: 3",
    ),
    (
        "the score in a signal",
        "{owner: true}, points",
        "{score: \"> 1\"}, points",
    ),
    ("a source misspelt", "source: notes", "source: note"),
    (
        "a definition that reads itself",
        "{id: obliged, when: {mandate: all}}",
        "{id: obliged, when: {obliged: true}}",
    ),
    (
        "a last rule with a test",
        "{id: otherwise, recommend",
        "{id: otherwise, when: {owner: true}, recommend",
    ),
    (
        "an assumption out of range",
        "ask: How many teams?, assume: 1",
        "ask: How many teams?, assume: 0",
    ),
    ("a name that is taken", "{id: strict,", "{id: large,"),
    ("a fact misspelt in a text", "({services})", "({service})"),
    (
        "a day in another form",
        "as_of: 2026-11-02",
        "as_of: 2.11.2026",
    ),
    (
        "a sign the wrong way round",
        "conditions_met: \">= 2\"",
        "conditions_met: \"=> 2\"",
    ),
    ("a name with capitals", "id: sample", "id: Sample Rubric"),
];

#[test]
fn each_mistake_of_an_author_is_told_once_with_its_place_and_what_to_write() {
    let sound = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/rubrics/sound.yaml");
    let sound = fs::read_to_string(sound).expect("the fixture");
    let folder = tempfile::tempdir().expect("a directory");
    let mut page = String::new();
    for (what, from, to) in MISTAKES {
        assert!(sound.contains(from), "{from}");
        fs::write(folder.path().join("ours.yaml"), sound.replacen(from, to, 1)).expect("written");
        let mut command = mesh_advisor(&["rubric", "check", "ours.yaml", "--as-of", "2026-11-26"]);
        let run = finish(command.current_dir(folder.path()));
        assert_ne!(run.code, 0, "{what}");
        let said = format!("{}{}", run.out, run.err);
        // What was proved of the rest is another matter.
        let findings = said.lines().take_while(|line| !line.contains(" sheets: "));
        let findings: Vec<&str> = findings
            .filter(|line| !line.trim_matches([' ', '|']).is_empty())
            .collect();
        let errors = findings
            .iter()
            .filter(|line| line.starts_with("error"))
            .count();
        assert_eq!(errors, 1, "{what}: {said}");
        page += &format!("# {what}\n{}\n\n", findings.join("\n"));
    }
    insta::assert_snapshot!("mistakes", page);
}
