//! `rubric check`: every planted fault is found at its line and nothing else is, alone and all together.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use mesh_advisor::lint::lint;
use serde_json::{Value, json};
use verdict::engine::Budget;
use verdict::text::Source;

use crate::program::{Run, run};

const FIXTURES: &str = "tests/fixtures/rubrics";

fn check(path: &str, format: &str) -> Run {
    run(&["rubric", "check", "--rubric", path, "--format", format])
}

/// The findings in a file, as line and rule.
fn found(path: &str) -> BTreeSet<(u64, String)> {
    let run = check(path, "json");
    let report: Value = serde_json::from_str(&run.out)
        .unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err));
    let findings = report["findings"].as_array().expect("a list");
    let has_errors = findings
        .iter()
        .any(|finding| finding["severity"] == "error");
    assert_eq!(run.code, i32::from(has_errors), "{path}");
    findings
        .iter()
        .map(|finding| {
            (
                finding["line"].as_u64().expect("a line"),
                finding["rule"].as_str().expect("an id").to_owned(),
            )
        })
        .collect()
}

/// The findings that comments in a file announce, each on its line.
fn announced(path: &str) -> BTreeSet<(u64, String)> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("the fixture");
    (1..)
        .zip(text.lines())
        .filter_map(|(line, text)| Some((line, text.split_once("# finds: ")?.1.to_owned())))
        .collect()
}

#[test]
fn a_sound_rubric_has_no_findings() {
    let path = format!("{FIXTURES}/sound.yaml");
    assert_eq!(found(&path), BTreeSet::new());
    let run = check(&path, "text");
    assert_eq!(
        run.out,
        "36 sheets: no-mesh 50.0 %, sidecarless 44.4 %, mesh 5.6 %\n\
         all four rules can fire; both guarantees proved; both cases pass\nnothing found\n"
    );
    assert_eq!((run.code, run.err.as_str()), (0, ""));
}

#[test]
fn each_planted_fault_is_found_at_its_line_and_nothing_else_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(FIXTURES)
        .join("faults");
    let mut files = 0;
    for entry in fs::read_dir(folder).expect("the folder") {
        let name = entry
            .expect("an entry")
            .file_name()
            .into_string()
            .expect("UTF-8");
        let path = format!("{FIXTURES}/faults/{name}");
        let expected = announced(&path);
        assert_eq!(
            expected.len(),
            if name == "all-fifteen.yaml" { 15 } else { 1 },
            "{name}"
        );
        assert_eq!(found(&path), expected, "{name}");
        files += 1;
    }
    assert_eq!(files, 46);
}

#[test]
fn signals_that_contradict_each_other_are_told_once_for_a_question() {
    let fixture = format!("{FIXTURES}/faults/signals-overlap.yaml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(fixture));
    // Two more, each against the second, the third and the fourth: with the planted pair seven in all.
    let text = text.expect("the fixture").replace(
        "  - id: needs\n",
        "      - {when: {teams: \">= 45\"}, points: 1, reason: Many teams}\n\
         \x20     - {when: {teams: \">= 46\"}, points: 1, reason: More teams}\n\
         \x20 - id: needs\n",
    );
    let file = crate::program::file(text);
    let run = check(crate::program::path(&file), "json");
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let told: Vec<_> = report["findings"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|finding| finding["rule"] == "signals-overlap")
        .map(|finding| (&finding["line"], finding["message"].as_str()))
        .collect();
    let message = "7 pairs of signals of the question `fleet` hold together on some sheets, one for and one against: \
                   1 and 3, 2 and 5, 3 and 5, 4 and 5, 2 and 6, and 2 more";
    assert_eq!(told, [(&json!(21), Some(message))]);
}

#[test]
fn a_complete_table_without_overlaps_has_no_findings_whether_or_not_it_says_otherwise() {
    let path = format!("{FIXTURES}/table.yaml");
    assert_eq!(found(&path), BTreeSet::new());
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
    let text = fs::read_to_string(fixture).expect("the fixture");
    let without = crate::program::file(text.replace("    - [\"-\", ~, no-mesh]\n", ""));
    assert_eq!(found(crate::program::path(&without)), BTreeSet::new());
    let slack = crate::program::file(text.replace("  complete: true\n", ""));
    let run = check(crate::program::path(&slack), "text");
    assert!(
        run.out
            .contains("leave out the `when` of the rule before it"),
        "{}",
        run.out
    );
}

#[test]
fn a_starter_is_read_beside_the_rubric_and_each_of_its_mistakes_is_told() {
    assert_eq!(
        found(&format!("{FIXTURES}/with-starter.yaml")),
        BTreeSet::new()
    );
    let folder = tempfile::tempdir().expect("a directory");
    let rubric = folder.path().join("ours.yaml");
    fs::copy(format!("{FIXTURES}/with-starter.yaml"), &rubric).expect("copied");
    fs::create_dir(folder.path().join("starters")).expect("created");
    let starter = folder.path().join("starters/first.yaml");
    fs::write(&starter, "a: {name}\n---\nb: \"{prot}\"\n").expect("written");
    let text = check(rubric.to_str().expect("UTF-8"), "text").out;
    for message in [
        "error[starter-broken]: the starter `first.yaml` cannot be used: line 1, column 5: `{name}` stands here without",
        "line 3, column 5: `{prot}` names no parameter (allowed: name, port), did you mean `port`?",
        "ours.yaml:53:64",
    ] {
        assert!(text.contains(message), "{message}\n{text}");
    }
}

#[test]
fn texts_for_assumptions_are_missed_where_one_is_needed_and_found_where_none_is_ever_said() {
    let path = format!("{FIXTURES}/assumed.yaml");
    assert_eq!(found(&path), announced(&path));
    let text = check(&path, "text").out;
    for message in [
        "signal 2 of the question `needs` can be said while `mandate` is unknown and could refute it, and has no `assumed`",
        "the caution `unowned` can be said while `owner` is unknown and could refute it",
        "the caution `printed` can be said while `teams`, which it prints, is unknown",
        "assumed.yaml:35:9",
    ] {
        assert!(text.contains(message), "{message}\n{text}");
    }
}

#[test]
fn a_finding_shows_its_line_with_a_mark_and_says_what_to_do() {
    let run = check(&format!("{FIXTURES}/faults/rule-covered.yaml"), "text");
    let expected = "\
error[rule-covered]: the rule `tiny` never fires: `nobody` holds wherever it does
  --> tests/fixtures/rubrics/faults/rule-covered.yaml:38:10
   |
38 |   - {id: tiny, when: {obliged: false, owner: false, teams: \"< 3\"}, recom...
   |          ^^^^
   |
   = help: Move it before the rules that take its sheets, narrow those, or delete it.

54 sheets: no-mesh 50.0 %, sidecarless 46.3 %, mesh 3.7 %
4 of 5 rules can fire; both guarantees proved; both cases pass
1 error
";
    assert_eq!(run.out, expected);
    assert_eq!(run.code, 1);
}

#[test]
fn messages_name_what_is_needed_to_act() {
    for (file, words) in [
        (
            "rule-covered-by-two",
            "`owned` and `not-owned` together take every sheet on which it holds",
        ),
        (
            "rule-contradicts-itself",
            "`services: \">= 100\"` and `services: \"< 30\"` never hold together",
        ),
        (
            "no-rule-holds",
            "no rule holds on 6 of 36 sheets, such as {services: 100, owner: true}, the rest as assumed",
        ),
        (
            "threshold-out-of-range",
            "`teams: \">= 200\"` never holds: `teams` lies between 1 and 50",
        ),
        (
            "sum-out-of-reach",
            "`score: \">= 40\"` never holds: the score lies between -2 and 6",
        ),
        (
            "score-contradiction",
            "`strict: true` and `score: \"< 1\"` never hold together",
        ),
        (
            "guarantee-broken",
            "raising `teams` from 4 to 5 moves the recommendation up, from `sidecarless` to `mesh`, on {services: 100, \
             mandate: all}, the rest as assumed",
        ),
        (
            "case-fails",
            "expected `mesh`, got `no-mesh` by the rule `nobody`",
        ),
        (
            "misspelt-option",
            "Did you mean `all`? Allowed: none, some, all",
        ),
    ] {
        let run = check(&format!("{FIXTURES}/faults/{file}.yaml"), "json");
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        let finding = &report["findings"][0];
        let said = format!("{} {}", finding["message"], finding["help"]).replace("\\\"", "\"");
        assert!(said.contains(words), "{file}: {said}");
    }
}

#[test]
fn the_json_object_holds_what_was_proved_and_what_breaks_a_guarantee() {
    let run = check(&format!("{FIXTURES}/faults/guarantee-broken.yaml"), "json");
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(report["schema"], "mesh-advisor/rubric-check/1");
    assert_eq!(
        (&report["sheets"], &report["uncovered"]),
        (&json!("36"), &json!("0"))
    );
    assert_eq!(
        report["recommendations"][0],
        json!({"id": "no-mesh", "sheets": "18", "share": 0.5})
    );
    assert_eq!(report["score"], json!({"least": -2, "most": 6}));
    assert_eq!(
        report["guarantees"][0],
        json!({"id": "obliged-means-mesh", "outcome": "proved", "counterexample": null})
    );
    assert_eq!(
        report["guarantees"][2]["counterexample"],
        json!({
            "answers": {"services": 100, "mandate": "all"},
            "recommendation": "sidecarless",
            "raised": {"fact": "teams", "before": 4, "after": 5, "recommendation": "mesh"},
        })
    );
}

#[test]
fn every_format_of_check_carries_the_findings() {
    let path = format!("{FIXTURES}/faults/rule-covered.yaml");
    let github = check(&path, "github");
    assert!(
        github
            .out
            .starts_with("::error file=tests/fixtures/rubrics/faults/rule-covered.yaml,line=38,"),
        "{}",
        github.out
    );
    let sarif: Value = serde_json::from_str(&check(&path, "sarif").out).expect("JSON");
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "rule-covered");
    let junit = check(&path, "junit");
    assert!(
        junit
            .out
            .contains("<failure message=\"the rule `tiny` never fires"),
        "{}",
        junit.out
    );
    for run in [github, junit] {
        assert_eq!((run.code, run.err.as_str()), (1, ""));
    }
}

#[test]
fn what_is_not_yaml_or_not_there_is_no_finding() {
    let missing = check("tests/fixtures/rubrics/no-such.yaml", "json");
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), "questions: [\n").expect("written");
    let broken = check(file.path().to_str().expect("UTF-8"), "text");
    assert_eq!((broken.code, broken.out.as_str()), (2, ""));
    assert!(broken.err.contains("not valid YAML"), "{}", broken.err);
    fs::write(file.path(), "schema: 1\n").expect("written");
    let empty = check(file.path().to_str().expect("UTF-8"), "text");
    assert_eq!((empty.code, empty.err.as_str()), (1, ""));
    assert!(
        empty
            .out
            .contains("error[mistake]: the key `id` is missing"),
        "{}",
        empty.out
    );
}

#[test]
fn checks_that_cost_too_much_are_named_and_fail_the_run() {
    let path = format!("{FIXTURES}/sound.yaml");
    let none = run(&["rubric", "check", "--rubric", &path, "--steps", "10"]);
    assert_eq!(none.code, 1);
    assert!(
        none.out
            .contains("checks incomplete; not checked: everything that is proved over all sheets"),
        "{}",
        none.out
    );
    assert!(
        !none.out.contains("proved;") && !none.out.contains("can fire"),
        "{}",
        none.out
    );
    let some = run(&["rubric", "check", "--rubric", &path, "--steps", "70"]);
    assert!(
        some.out
            .contains("not checked: whether rules have the same test"),
        "{}",
        some.out
    );
    assert!(some.out.contains("not decided"), "{}", some.out);
    assert_eq!(some.code, 1);
}

#[test]
fn thousands_of_thresholds_of_one_count_take_the_square_of_their_number_and_no_more() {
    // Steps, not seconds: the cube would be eight times as many for twice the thresholds.
    let head = "schema: 1\nid: x\nversion: 1.0.0\ntitle: T\nrecommendations: [{id: a, title: A, summary: x}, {id: b, title: B, \
                summary: x}]\nquestions:\n- id: q\n  ask: x\n  why: x\n  facts: [{id: n, kind: count, min: 0, max: 100000, ask: x, \
                assume: 0}]\n  signals:\n";
    let test = |form: &str, thresholds: usize| -> String {
        let all = (0..thresholds).map(|at| form.replace("AT", &at.to_string()));
        all.collect()
    };
    let signals = |thresholds: usize| {
        test(
            "  - {when: {n: '>= 1AT'}, points: 1, reason: at AT}\n",
            thresholds,
        ) + "verdict:\n- {id: r, when: {score: '> 3'}, recommend: b, because: x}\n"
    };
    let definitions = |thresholds: usize| {
        "  - {when: {n: '> 5'}, points: 1, reason: x}\ndefinitions:\n".to_owned()
            + &test("- {id: dAT, when: {n: '>= 1AT'}}\n", thresholds)
            + "verdict:\n"
            + &test(
                "- {id: rAT, when: {dAT: false}, recommend: b, because: x}\n",
                thresholds,
            )
    };
    let rules = |thresholds: usize| {
        "  - {when: {n: '> 5'}, points: 1, reason: x}\nverdict:\n".to_owned()
            + &test(
                "- {id: rAT, when: {n: '< 1AT'}, recommend: b, because: x}\n",
                thresholds,
            )
    };
    let spent = |rubric: String| {
        let text = head.to_owned() + &rubric + "- {id: last, recommend: a, because: y}\n";
        let source = Source::new("r.yaml", text);
        let budget = Budget::default();
        let no_file = |_: &str| Err("no file here".to_owned());
        let report = lint(&source, "r.yaml", &budget, date(2026, 12, 1), &no_file).expect("YAML");
        assert_eq!(report.left_out, 0, "{:?}", report.report.findings);
        assert_eq!(report.unchecked, []);
        budget.spent()
    };
    let forms: [&dyn Fn(usize) -> String; 3] = [&signals, &definitions, &rules];
    for form in forms {
        let (some, twice) = (spent(form(60)), spent(form(120)));
        assert!(twice < 5 * some, "{some} steps, then {twice}");
    }
}

#[test]
fn a_part_with_a_mistake_makes_no_findings_about_what_it_reads() {
    let sound = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join(FIXTURES)
            .join("sound.yaml"),
    )
    .expect("read");
    let text = sound.replace(
        "{mandate: some}, points: 1, reason: Some paths",
        "{mandate: some, owner: maybe}, points: 1, reason: x",
    );
    assert_ne!(text, sound);
    let file = tempfile::NamedTempFile::new().expect("a file");
    fs::write(file.path(), text).expect("written");
    let rules: Vec<String> = found(file.path().to_str().expect("UTF-8"))
        .into_iter()
        .map(|(_, rule)| rule)
        .collect();
    assert_eq!(rules, ["mistake"]);
}

#[test]
fn the_built_in_rubric_and_the_examples_have_no_faults() {
    for run in [
        run(&["rubric", "check"]),
        check("examples/rubrics/kafka.yaml", "text"),
    ] {
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
        assert!(!run.out.contains("error["), "{}", run.out);
    }
}
