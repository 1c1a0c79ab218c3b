//! What others install and copy: the action, the hook, the pipelines, and the example records.

use std::fs;

use serde_yaml::Value;

use super::{check, report};

fn yaml(path: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn the_examples_are_sound_records_with_different_outcomes() {
    let run = check(&["examples/adr", "--fail-on", "warning"]);
    assert_eq!(run.code, 0, "{}", run.out);
    let found = report(&["examples/adr"]);
    let records = found["records"].as_array().unwrap();
    let outcomes: Vec<String> = records
        .iter()
        .map(|one| ["status", "decision", "recommendation"].map(|key| one[key].as_str().unwrap()).join(" "))
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

#[test]
fn no_input_of_the_action_is_pasted_into_a_script() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let scripts: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    assert!(scripts.len() >= 2 && scripts.iter().all(|script| !script.contains("${{")), "{scripts:?}");
    let used: String = steps.iter().map(|step| serde_yaml::to_string(&step["env"]).unwrap()).collect();
    for input in action["inputs"].as_mapping().unwrap().keys() {
        let name = input.as_str().unwrap();
        assert!(used.contains(&format!("inputs.{name} ")), "{name} is not used");
    }
}

#[test]
fn the_hook_and_the_pipelines_run_check() {
    let hook = &yaml(".pre-commit-hooks.yaml")[0];
    assert_eq!((hook["entry"].as_str(), hook["language"].as_str()), (Some("mesh-advisor check"), Some("rust")));
    let mut count = 0;
    for entry in fs::read_dir("examples/ci").unwrap() {
        let path = entry.unwrap().path();
        assert!(yaml(path.to_str().unwrap()).is_mapping(), "{}", path.display());
        count += 1;
    }
    assert_eq!(count, 5);
}
