//! `rubric diff`: what changes, for all sheets and for given ones, and which version step that calls for.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::program::{Run, file, path, run};

const SOUND: &str = "tests/fixtures/rubrics/sound.yaml";

fn sound() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SOUND)).expect("the fixture")
}

/// The sound rubric compared with itself after replacements; each must replace something.
fn diff(replacements: &[(&str, &str)], more: &[&str]) -> (Run, Value) {
    let mut text = sound();
    for (from, to) in replacements {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    let new = file(&text);
    let mut arguments = vec!["rubric", "diff", SOUND, path(&new), "--format", "json"];
    arguments.extend(more);
    let run = run(&arguments);
    assert_eq!(run.err, "");
    let report = serde_json::from_str(&run.out).expect("JSON");
    (run, report)
}

#[test]
fn layout_and_comments_are_no_change() {
    let (run, report) = diff(
        &[(
            "  - {id: small, answers: {services: 5},",
            "  # small\n  - {answers: {services: 5}, id: small,",
        )],
        &[],
    );
    assert_eq!(run.code, 0);
    assert_eq!(
        (&report["changed"], &report["step"], &report["edits"]),
        (&json!(false), &json!("none"), &json!([]))
    );
    assert_eq!(report["sheets"], "36");
}

#[test]
fn texts_call_for_a_patch() {
    let (run, report) = diff(
        &[
            ("summary: A proxy in every pod", "summary: One proxy a pod"),
            ("docs/notes.md", "docs/old.md"),
        ],
        &[],
    );
    assert_eq!(
        (run.code, &report["step"], &report["wanted"]),
        (1, &json!("patch"), &json!("1.0.1"))
    );
    assert_eq!(
        report["edits"][1],
        json!({"path": "recommendations.mesh.summary", "way": "changed", "nature": "text"})
    );
    let (_, taken) = diff(
        &[
            ("summary: A proxy in every pod", "summary: One"),
            ("1.0.0", "1.0.1"),
        ],
        &[],
    );
    assert_eq!(
        (&taken["taken"], &taken["wanted"]),
        (&json!("patch"), &Value::Null)
    );
}

#[test]
fn additions_and_logic_that_moves_nothing_call_for_a_minor_step() {
    let caution = "  - {id: more, when: {recommendation: mesh}, text: Mind this}\nguarantees:";
    for replacement in [
        ("guarantees:", caution),
        (
            "{id: some, title: some paths}",
            "{id: some, title: some paths}, {id: few, title: few paths}",
        ),
        (
            "{services: \"< 30\"}, points: -2",
            "{services: \"< 30\"}, points: -3",
        ),
        ("max: 1000}", "max: 2000}"),
        (
            "  - {id: big, answers: {services: 200, teams: 9, mandate: all}, recommend: mesh}\n",
            "",
        ),
    ] {
        let (run, report) = diff(&[replacement], &[]);
        assert_eq!(
            (run.code, &report["step"], &report["moved"]),
            (1, &json!("minor"), &json!("0")),
            "{replacement:?}"
        );
        assert_eq!(report["wanted"], "1.1.0");
    }
}

#[test]
fn other_recommendations_and_ids_that_go_call_for_a_major_step() {
    for (replacements, because) in [
        (
            vec![("score: \"< 2\"", "score: \"< 3\"")],
            "some sheets get another recommendation",
        ),
        (
            vec![(
                "cautions:\n  - {id: mind, when: {recommendation: mesh}, text: Mind the cost}\n",
                "",
            )],
            "`cautions.mind` is gone",
        ),
        (
            vec![
                (
                    "{id: none, title: no mandate}",
                    "{id: no, title: no mandate}",
                ),
                ("assume: none", "assume: no"),
            ],
            "options.none` is gone",
        ),
        (
            vec![("max: 50}", "max: 40}")],
            "`questions.fleet.facts.teams.max` changes",
        ),
        (
            vec![("assume: false", "assume: true")],
            "`questions.needs.facts.owner.assume` changes",
        ),
        (
            vec![("id: sample", "id: another")],
            "the rubric is called `another` now",
        ),
    ] {
        let (run, report) = diff(&replacements, &[]);
        assert_eq!(
            (run.code, &report["step"]),
            (1, &json!("major")),
            "{replacements:?}"
        );
        assert!(
            report["because"].to_string().contains(because),
            "{because} in {}",
            report["because"]
        );
        assert_eq!(report["wanted"], "2.0.0");
    }
}

#[test]
fn sheets_that_move_are_counted_with_the_smallest_example() {
    let (_, report) = diff(
        &[("conditions_met: \">= 2\"", "conditions_met: \">= 1\"")],
        &[],
    );
    let shift = &report["shifts"].as_array().expect("a list")[1];
    assert_eq!(
        (&shift["from"], &shift["to"]),
        (&json!("sidecarless"), &json!("mesh")),
        "{report}"
    );
    assert_eq!(
        shift["example"],
        json!([{"fact": "mandate", "value": "all", "known_to": "both"}])
    );
    assert_eq!(report["moved"], shift["sheets"]);
}

#[test]
fn facts_that_only_one_rubric_has_are_named() {
    let fact = "{id: owner, kind: yes_no, ask: Would somebody own it?, assume: false}";
    let more =
        format!("{fact}\n      - {{id: mood, kind: yes_no, ask: How are you?, assume: false}}");
    let signal = "      - {when: {mood: true}, points: 2, reason: Good mood}\nconditions:";
    let (_, report) = diff(&[(fact, &more), ("conditions:", signal)], &[]);
    assert_eq!(
        (&report["only_old"], &report["only_new"]),
        (&json!([]), &json!(["mood"]))
    );
    assert_eq!(report["sheets"], "72");
    assert!(
        report["shifts"]
            .to_string()
            .contains("\"known_to\":\"new\""),
        "{report}"
    );
}

#[test]
fn your_own_sheets_are_judged_by_both() {
    let small = file("answers: {services: 200, owner: true}\n");
    let narrow = file("answers: {teams: 45}\n");
    let same = file("answers: {mandate: all}\n");
    let (run, report) = diff(
        &[
            ("score: \"< 2\"", "score: \"< 4\""),
            ("max: 50}", "max: 40}"),
        ],
        &["--answers", path(&small), path(&narrow), path(&same)],
    );
    assert_eq!(run.code, 1);
    let sheets = &report["answers"];
    assert_eq!(
        (&sheets[0]["before"], &sheets[0]["after"]),
        (&json!("sidecarless"), &json!("no-mesh"))
    );
    assert_eq!(
        (&sheets[1]["after"], &sheets[1]["changed"]),
        (&Value::Null, &json!(true))
    );
    assert!(
        sheets[1]["mistakes"][0]
            .as_str()
            .expect("a text")
            .contains("`45` is not a value of `teams`")
    );
    assert_eq!(sheets[2]["changed"], json!(false));
}

#[test]
fn answers_that_do_not_fit_the_old_rubric_are_a_mistake() {
    let answers = file("answers: {servces: 3}\n");
    let run = run(&["rubric", "diff", SOUND, SOUND, "--answers", path(&answers)]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("did you mean `services`?"), "{}", run.err);
}

#[test]
fn the_text_says_what_moves_and_which_version_is_called_for() {
    let new = file(
        sound()
            .replace("score: \"< 2\"", "score: \"< 4\"")
            .replace("1.0.0", "1.0.1"),
    );
    let run = run(&["rubric", "diff", SOUND, path(&new)]);
    let expected = "\
sample 1.0.0 -> sample 1.0.1

4 of 36 sheets (11.1 %) get another recommendation
  - sidecarless -> no-mesh: 4 sheets (11.1 %), such as {services: 100, owner:
    true}
  What an example leaves out is as assumed.

1 change in the file
  ~ verdict.too-little.when

calls for a major step: some sheets get another recommendation
the version goes from 1.0.0 to 1.0.1, only a patch step; 2.0.0 is called for
";
    assert_eq!((run.out.as_str(), run.code), (expected, 1));
}

#[test]
fn a_comparison_that_costs_too_much_claims_nothing() {
    let run = run(&["rubric", "diff", SOUND, SOUND, "--steps", "10"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out.contains("The recommendations were not compared"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("none gets another"), "{}", run.out);
}

#[test]
fn recorded_decisions_that_are_in_force_are_judged_by_both() {
    let folder = tempfile::tempdir().expect("a folder");
    let record = |name: &str, status: &str, answers: &str| {
        let text = format!(
            "# A decision\n\n## Status\n\n{status}\n\n```yaml mesh-advisor\nschema: 1\nrubric: sample@1.0.0\n\
             decision: sidecarless\nanswers: {answers}\n```\n"
        );
        fs::write(folder.path().join(name), text).expect("written");
    };
    record("1.md", "Accepted", "{services: 200, owner: true}");
    record("2.md", "Superseded by 1", "{services: 200, owner: true}");
    record("3.md", "Accepted", "{mandate: all}");
    record("4.md", "Accepted", "{brokers: 3}");
    fs::write(folder.path().join("notes.md"), "# No record\n").expect("written");
    let place = folder.path().to_str().expect("UTF-8");
    let (_, report) = diff(
        &[("score: \"< 2\"", "score: \"< 4\"")],
        &["--records", place],
    );
    let sheets = report["answers"].as_array().expect("a list");
    assert_eq!(sheets.len(), 2, "{report}");
    assert!(
        sheets[0]["path"]
            .as_str()
            .expect("a text")
            .ends_with("1.md")
    );
    assert_eq!(
        (&sheets[0]["before"], &sheets[0]["after"]),
        (&json!("sidecarless"), &json!("no-mesh"))
    );
    assert_eq!(sheets[1]["changed"], json!(false));
    assert!(
        report["skipped"][0]["path"]
            .as_str()
            .expect("a text")
            .ends_with("4.md"),
        "{report}"
    );
}
