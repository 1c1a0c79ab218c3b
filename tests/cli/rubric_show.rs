//! `rubric show`: the whole rubric fits the page, the JSON and the drawing hold the whole diagram.

use serde_json::Value;

use crate::program::{finish, mesh_advisor, run};

const SOUND: &str = "tests/fixtures/rubrics/sound.yaml";

#[test]
fn the_whole_rubric_fits_80_columns_and_60() {
    for columns in ["80", "60"] {
        let run = finish(mesh_advisor(&["rubric", "show"]).env("COLUMNS", columns));
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let widest = run
            .out
            .lines()
            .map(|line| line.chars().count())
            .max()
            .expect("a line");
        assert!(widest <= columns.parse().expect("a number"), "{widest}");
        for words in [
            "nothing-would-change",
            "platform_team",
            "polyglot-across-teams",
            "l7-work",
            "more-sidecar-reasons",
        ] {
            assert!(run.out.contains(words), "{words}");
        }
    }
}

#[test]
fn tests_stand_there_in_words() {
    let run = run(&["rubric", "show", "--rubric", SOUND]);
    for words in [
        "  too-little   not obliged and score < 2     no-mesh",
        "  more-services        raising services never lowers the recommendation",
        "  obliged-means-mesh   never no-mesh when mandate is all",
        "2 cases, 1 source",
    ] {
        assert!(run.out.contains(words), "{words} in {}", run.out);
    }
}

#[test]
fn the_json_holds_the_file_and_its_diagram() {
    let run = run(&["rubric", "show", "--format", "json", "--rubric", SOUND]);
    let shown: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(shown["schema"], "mesh-advisor/rubric/1");
    assert_eq!(shown["rubric"]["conditions"][0]["id"], "large");
    // Down the diagram with a mandate, in a large fleet.
    let mut place = &shown["diagram"]["root"];
    while let Some(node) = place["node"].as_u64() {
        let node = &shown["diagram"]["nodes"][usize::try_from(node).expect("small")];
        let wanted = match node["fact"].as_str().expect("a fact") {
            "services" => "100 or more",
            "teams" => "5 or more",
            "mandate" => "all",
            "owner" => "no",
            other => panic!("{other} is asked"),
        };
        let cells = node["cells"].as_array().expect("a list");
        place = &cells
            .iter()
            .find(|cell| cell["values"] == wanted)
            .expect("the cell")["leads_to"];
    }
    assert_eq!(place["rule"], "both");
}

#[test]
fn the_drawing_has_every_rule_and_only_names_that_it_defines() {
    let run = run(&["rubric", "show", "--format", "dot", "--rubric", SOUND]);
    assert!(run.out.starts_with("digraph \"sample\" {\n") && run.out.ends_with("}\n"));
    for rule in ["nobody", "too-little", "both", "otherwise"] {
        assert!(
            run.out.contains(&format!("\\n{rule}\"];")),
            "{rule} in {}",
            run.out
        );
    }
    let defined: Vec<&str> = run
        .out
        .lines()
        .filter(|line| line.contains("[label=") || line.contains("shape=box"))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    for line in run.out.lines().filter(|line| line.contains(" -> ")) {
        let names: Vec<&str> = line.split_whitespace().collect();
        assert!(
            defined.contains(&names[0]) && defined.contains(&names[2]),
            "{line}"
        );
    }
}
