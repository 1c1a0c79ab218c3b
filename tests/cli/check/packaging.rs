//! What others install and copy: the action, the hook, the pipelines, and the example records.

use std::fs;

use serde_yaml::Value;

use super::{check, report};
use crate::program::{finish, mesh_advisor};

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap())
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_examples_are_sound_records_with_different_outcomes() {
    let run = check(&["examples/adr", "--fail-on", "warning"]);
    assert_eq!(run.code, 0, "{}", run.out);
    let found = report(&["examples/adr"]);
    let records = found["records"].as_array().unwrap();
    let outcomes: Vec<String> = records
        .iter()
        .map(|one| {
            ["status", "decision", "recommendation"]
                .map(|key| one[key].as_str().unwrap())
                .join(" ")
        })
        .collect();
    assert_eq!(
        outcomes,
        [
            "accepted no-mesh no-mesh",
            "accepted no-mesh no-mesh",
            "accepted sidecarless no-mesh",
            "proposed no-mesh no-mesh",
            "accepted sidecarless sidecarless",
        ]
    );
    assert_eq!(found["findings"][0]["rule"], "unsettled");
}

/// The text between two others, the first time that they stand around something.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(text, _)| text)
}

#[test]
fn the_examples_say_what_record_writes_today() {
    let mut compared = 0;
    for entry in fs::read_dir("examples/adr").unwrap() {
        let path = entry.unwrap().path();
        let example = fs::read_to_string(&path).unwrap();
        // One is written by hand around its record.
        let Some(subject) = between(&example, "This is about ", ". ") else {
            continue;
        };
        let record: Value =
            serde_yaml::from_str(between(&example, "```yaml mesh-advisor\n", "```").unwrap())
                .unwrap();
        let answers = between(&example, "\nanswers:\n", "\n```").unwrap();
        let answers: Vec<&str> = answers
            .lines()
            .take_while(|line| line.starts_with(' '))
            .collect();
        let answers = format!("subject: {subject}\nanswers:\n{}\n", answers.join("\n"));

        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("examples/adr")).unwrap();
        fs::write(folder.path().join("answers.yaml"), answers).unwrap();
        let mut command = mesh_advisor(&[
            "record",
            path.to_str().unwrap(),
            "--answers",
            "answers.yaml",
        ]);
        command
            .current_dir(&folder)
            .args(["--as-of", record["decided"].as_str().unwrap()]);
        if let Some(exception) = record.get("exception") {
            command.args(["--decision", record["decision"].as_str().unwrap()]);
            command.args(["--because", exception["because"].as_str().unwrap()]);
            command.args(["--until", exception["until"].as_str().unwrap()]);
        }
        let run = finish(&mut command);
        assert_eq!(run.code, 0, "{}: {}", path.display(), run.err);
        let written = fs::read_to_string(folder.path().join(&path)).unwrap();
        // A person has accepted it since, and may have added to it.
        for line in written.lines().filter(|line| !line.starts_with("status:")) {
            assert!(
                example.lines().any(|own| own == line),
                "{} has no line: {line}",
                path.display()
            );
        }
        compared += 1;
    }
    assert!(compared >= 4, "only {compared} examples were compared");
}

#[test]
fn no_input_of_the_action_is_pasted_into_a_script() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let scripts: Vec<&str> = steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .collect();
    assert!(
        scripts.len() >= 2 && scripts.iter().all(|script| !script.contains("${{")),
        "{scripts:?}"
    );
    let used: String = steps
        .iter()
        .map(|step| {
            let env = serde_yaml::to_string(&step["env"]).unwrap();
            env + step["working-directory"].as_str().unwrap_or_default()
        })
        .collect();
    for input in action["inputs"].as_mapping().unwrap().keys() {
        let name = input.as_str().unwrap();
        assert!(
            used.contains(&format!("inputs.{name} ")),
            "{name} is not used"
        );
    }
}

#[test]
fn the_hooks_and_the_pipelines_run_check() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in hooks.as_sequence().unwrap() {
        assert_eq!(hook["entry"].as_str(), Some("mesh-advisor check"));
        // The arguments are some that the program takes.
        let arguments: Vec<&str> = hook["args"]
            .as_sequence()
            .into_iter()
            .flatten()
            .map(|argument| match argument.as_str().unwrap() {
                "docs/decisions" => "examples/adr",
                "deploy" => "examples/clusters/unused-mesh.yaml",
                option => option,
            })
            .collect();
        let run = check(&[&["--exit-zero"], arguments.as_slice()].concat());
        assert_eq!(run.code, 0, "{hook:?}: {}", run.err);
    }
    let languages: Vec<_> = hooks
        .as_sequence()
        .unwrap()
        .iter()
        .map(|hook| hook["language"].as_str().unwrap())
        .collect();
    assert_eq!(languages, ["rust", "system", "rust"]);
    let mut count = 0;
    for entry in fs::read_dir("examples/ci").unwrap() {
        let path = entry.unwrap().path();
        assert!(
            yaml(path.to_str().unwrap()).is_mapping(),
            "{}",
            path.display()
        );
        count += 1;
    }
    assert_eq!(count, 6);
}

#[test]
fn the_action_and_the_pipelines_take_manifests() {
    for (file, text) in [
        ("action.yml", "arguments+=(--manifests \"$path\")"),
        ("examples/ci/github-drift.yml", "manifests: deploy"),
        (
            "examples/ci/gitlab.yml",
            "${MANIFESTS:+--manifests \"$MANIFESTS\"}",
        ),
        (
            "examples/ci/pre-commit.yml",
            "args: [docs/decisions, --manifests, deploy]",
        ),
    ] {
        assert!(fs::read_to_string(file).unwrap().contains(text), "{file}");
    }
}
