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
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().is_file())
        .map(|entry| format!("{folder}/{}", entry.file_name().to_string_lossy()))
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

/// What the program prints as JSON, by the name of its schema.
fn printed() -> Vec<(&'static str, Vec<String>, Value)> {
    let mut runs: Vec<(&str, Vec<String>)> = Vec::new();
    let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
    for file in files("examples/answers") {
        let rubric = if file.contains("kafka") {
            " --rubric examples/rubrics/kafka.yaml"
        } else {
            ""
        };
        runs.push(("advice", words(&format!("advise --answers {file}{rubric}"))));
    }
    for line in [
        "advise --set services=unknown",
        "advise --set pods=400 --set nodes=20 --set waypoints=20 --set vcpu_month_cost=25",
        "advise --answers examples/answers/regulated-bank.yaml --set services=1",
    ] {
        runs.push(("advice", words(line)));
    }
    for line in [
        "check examples/adr",
        "check tests/fixtures/records",
        "check README.md --allow-none",
        "check examples/adr --manifests examples/clusters/unused-mesh.yaml",
    ] {
        runs.push(("check", words(line)));
    }
    for file in files("examples/clusters") {
        runs.push(("inspection", words(&format!("inspect {file}"))));
        runs.push(("inspection", words(&format!("inspect {file} --hide-names"))));
    }
    let run_one = |(schema, arguments): (&'static str, Vec<String>)| {
        let mut all: Vec<&str> = arguments.iter().map(String::as_str).collect();
        all.extend(["--format", "json"]);
        let run = run(&all);
        let value = serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{error}: {arguments:?}: {}", run.err));
        (schema, arguments, value)
    };
    runs.into_iter().map(run_one).collect()
}

#[test]
fn everything_that_is_printed_as_json_is_valid() {
    let schemas = ["advice", "check", "inspection"].map(|name| (name, schema(&["--for", name])));
    for (name, arguments, value) in printed() {
        let (_, schema) = schemas.iter().find(|(own, _)| *own == name).expect("one");
        assert_eq!(value["schema"], format!("mesh-advisor/{name}/1"));
        assert_eq!(mistakes(schema, &value), [""; 0], "{arguments:?}");
        // A schema that takes anything would be valid as well.
        for key in value.as_object().expect("an object").keys() {
            let mut less = value.clone();
            less.as_object_mut().expect("an object").remove(key);
            assert_ne!(mistakes(schema, &less), [""; 0], "{name} without {key}");
            // Any value is one of some fact.
            if key == "assumed" {
                continue;
            }
            let mut other = value.clone();
            other[key] = serde_json::json!({ "of": "another type" });
            assert_ne!(
                mistakes(schema, &other),
                [""; 0],
                "{name} with another {key}"
            );
        }
    }
}

#[test]
fn records_are_valid_and_an_editor_marks_mistakes_in_them() {
    let schema = schema(&["--for", "record"]);
    let block = |text: &str| {
        let (_, rest) = text.split_once("```yaml mesh-advisor\n")?;
        Some(rest.split_once("```")?.0.to_owned())
    };
    let mut count = 0;
    for file in files("examples/adr") {
        let Some(record) = block(&read(&file)) else {
            continue;
        };
        assert_eq!(mistakes(&schema, &yaml(&record)), [""; 0], "{file}");
        for (from, to) in [
            ("decision: ", "decision: un"),
            ("schema: 1", "schema: 2"),
            ("rubric: service-mesh@", "rubric: kafka@"),
            ("  services: ", "  servces: "),
            ("decided: ", "decides: "),
        ] {
            let wrong = record.replacen(from, to, 1);
            assert_ne!(wrong, record, "{from}");
            assert_ne!(mistakes(&schema, &yaml(&wrong)), [""; 0], "{file}: {to}");
        }
        count += 1;
    }
    assert!(count >= 5, "{count} records");
}

#[test]
fn the_schemas_in_the_book_are_current() {
    for name in ["advice", "check", "inspection", "record"] {
        let path = format!("docs/src/schemas/{name}-1.json");
        let printed = run(&["rubric", "schema", "--for", name]).out;
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            fs::write(&path, &printed).expect("written");
        }
        assert!(
            read(&path) == printed,
            "run: mesh-advisor rubric schema --for {name} > {path}"
        );
    }
}
