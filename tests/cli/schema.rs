//! The schemas for editors: the committed one is current, and they accept what the program accepts.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::oracle;
use crate::program::run;

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the file")
}

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

fn schema(arguments: &[&str]) -> jsonschema::Validator {
    let run = run(&[&["rubric", "schema"], arguments].concat());
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&run.out).expect("JSON");
    jsonschema::validator_for(&schema).expect("a valid schema whose references resolve")
}

fn mistakes(schema: &jsonschema::Validator, value: &Value) -> Vec<String> {
    schema
        .iter_errors(value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

fn files(folder: &str) -> Vec<String> {
    let entries =
        fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("the folder");
    entries
        .map(|entry| {
            format!(
                "{folder}/{}",
                entry.expect("an entry").file_name().to_string_lossy()
            )
        })
        .collect()
}

#[test]
fn the_committed_schema_is_current() {
    let run = run(&["rubric", "schema"]);
    let committed = read("rubric/rubric.schema.json");
    assert!(
        run.out == committed,
        "run: mesh-advisor rubric schema > rubric/rubric.schema.json"
    );
    assert!(
        read("rubric/service-mesh.yaml")
            .starts_with("# yaml-language-server: $schema=rubric.schema.json\n")
    );
}

#[test]
fn every_rubric_that_is_read_is_valid() {
    let schema = schema(&[]);
    let mut rubrics: Vec<(String, String)> = files("examples/rubrics")
        .into_iter()
        .map(|path| (path.clone(), read(&path)))
        .collect();
    for path in [
        "rubric/service-mesh.yaml",
        "tests/fixtures/rubrics/sound.yaml",
    ] {
        rubrics.push((path.into(), read(path)));
    }
    rubrics.extend((0..50).map(|seed| (format!("seed {seed}"), oracle::random_rubric(seed))));
    for (name, text) in rubrics {
        assert_eq!(mistakes(&schema, &yaml(&text)), [""; 0], "{name}");
    }
}

#[test]
fn an_editor_marks_what_the_loader_refuses() {
    let schema = schema(&[]);
    let sound = read("tests/fixtures/rubrics/sound.yaml");
    for (from, to) in [
        ("schema: 1", "schema: 2"),
        ("id: sample", "id: Sample_Rubric"),
        ("version: 1.0.0", "version: '1.0'"),
        ("as_of: 2026-11-02", "as_of: yesterday"),
        ("{id: services, kind: count", "{id: score, kind: count"),
        ("kind: count", "kind: number"),
        ("points: 2", "points: many"),
        ("points: 2", "points: 2000000"),
        ("score: \"< 2\"", "score: few"),
        ("conditions_met: \">= 2\"", "conditions_met: \"=> 2\""),
        ("when: {mandate: all}, points", "when: {}, points"),
        ("when: {mandate: all}, points", "when: {any: []}, points"),
        (
            "when: {mandate: all}, points",
            "wen: {mandate: all}, points",
        ),
        ("recommendation: mesh", "recommendation: true"),
        ("direction: up", "direction: sideways"),
        ("answers: {services: 5}", "answers: {services: {value: 5}}"),
    ] {
        assert!(sound.contains(from), "{from}");
        let text = sound.replacen(from, to, 1);
        assert_ne!(mistakes(&schema, &yaml(&text)), [""; 0], "{to}");
    }
}

#[test]
fn every_example_of_answers_is_valid_for_its_rubric() {
    let default = schema(&["--for", "answers"]);
    let kafka = schema(&[
        "--for",
        "answers",
        "--rubric",
        "examples/rubrics/kafka.yaml",
    ]);
    let mut count = 0;
    for path in files("examples/answers") {
        let answers = yaml(&read(&path));
        let is_kafka = answers["rubric"]
            .as_str()
            .is_some_and(|rubric| rubric.starts_with("kafka"));
        let (own, other) = if is_kafka {
            (&kafka, &default)
        } else {
            (&default, &kafka)
        };
        assert_eq!(mistakes(own, &answers), [""; 0], "{path}");
        assert_ne!(mistakes(other, &answers), [""; 0], "{path}");
        count += 1;
    }
    assert!(count >= 10, "only {count} examples");
    for wrong in [
        "answers: {services: 0}",
        "answers: {servces: 3}",
        "answers: {canary: [none]}",
        "answer: {}",
    ] {
        assert_ne!(mistakes(&default, &yaml(wrong)), [""; 0], "{wrong}");
    }
}
