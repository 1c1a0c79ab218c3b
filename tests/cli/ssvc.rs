//! A published decision table as a rubric: SSVC's Deployer Patch Application Priority 1.0.0 (CERT/CC). Its 72 outcomes stand
//! here once more, in another form.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::program::{Run, file, finish, mesh_advisor, path, run};

const RUBRIC: &str = "examples/rubrics/ssvc-deployer.yaml";

/// For each exploitation and exposure what comes out for a human impact from low to very high, by its first letter: of
/// what cannot be automated, and of what can.
const OUTCOMES: [(&str, &str, &str, &str); 9] = [
    ("none", "small", "DDSS", "DSSS"),
    ("none", "controlled", "DSSS", "SSSS"),
    ("none", "open", "DSSS", "SSSO"),
    ("public-poc", "small", "DSSS", "SSSS"),
    ("public-poc", "controlled", "DSSS", "SSSO"),
    ("public-poc", "open", "SSSO", "SSOO"),
    ("active", "small", "SSOO", "SOOO"),
    ("active", "controlled", "SSOO", "OOOO"),
    ("active", "open", "SOOI", "OOII"),
];

const IMPACTS: [&str; 4] = ["low", "medium", "high", "very-high"];

fn text() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(RUBRIC)).expect("the example")
}

fn check(rubric: &str) -> Run {
    let file = file(rubric);
    run(&[
        "rubric",
        "check",
        "--rubric",
        path(&file),
        "--format",
        "json",
    ])
}

/// The findings, each as its kind and its line.
fn found(rubric: &str) -> Vec<(String, u64)> {
    let report: Value = serde_json::from_str(&check(rubric).out).expect("JSON");
    let findings = report["findings"].as_array().expect("a list").iter();
    findings
        .map(|one| {
            (
                one["rule"].as_str().expect("an id").to_owned(),
                one["line"].as_u64().expect("a line"),
            )
        })
        .collect()
}

/// The line of a row, counted from 1.
fn line(text: &str, row: &str) -> u64 {
    let lines: Vec<&str> = text.lines().collect();
    let place = lines
        .iter()
        .rposition(|line| line.split_whitespace().collect::<String>() == row);
    place.expect("the row") as u64 + 1
}

#[test]
fn all_72_outcomes_are_those_of_the_published_table() {
    let (mut sheets, mut expected) = (String::new(), Vec::new());
    for (exploitation, exposure, by_hand, automated) in OUTCOMES {
        for (automatable, outcomes) in [(false, by_hand), (true, automated)] {
            for (impact, outcome) in IMPACTS.iter().zip(outcomes.chars()) {
                sheets += &format!(
                    "{{\"answers\": {{\"exploitation\": \"{exploitation}\", \"system_exposure\": \"{exposure}\", \
                     \"automatable\": {automatable}, \"human_impact\": \"{impact}\"}}}}\n"
                );
                expected.push(match outcome {
                    'D' => "defer",
                    'S' => "scheduled",
                    'O' => "out-of-cycle",
                    _ => "immediate",
                });
            }
        }
    }
    let sheets = file(sheets);
    let run = run(&["advise", "--rubric", RUBRIC, "--each", path(&sheets)]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let lines = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let given: Vec<String> = lines
        .map(|one| one["recommendation"].as_str().expect("an id").to_owned())
        .collect();
    assert_eq!(given, expected);
    assert_eq!(given.len(), 72);
}

#[test]
fn the_table_is_complete_and_unique() {
    let run = run(&["rubric", "check", "--rubric", RUBRIC]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    assert_eq!(
        run.out,
        "72 sheets: defer 9.7 %, scheduled 58.3 %, out-of-cycle 27.8 %, immediate 4.2 %\n\
         all 72 rules can fire; all four guarantees proved; all three cases pass\nnothing found\n"
    );
}

#[test]
fn a_missing_row_is_an_error_at_the_row_before_it() {
    let text = text();
    for (row, before) in [
        (
            "-[active,open,no,medium,out-of-cycle]",
            "-[active,open,no,low,scheduled]",
        ),
        (
            "-[public-poc,controlled,yes,very-high,out-of-cycle]",
            "-[public-poc,controlled,yes,high,scheduled]",
        ),
    ] {
        let is_kept = |line: &&str| line.split_whitespace().collect::<String>() != row;
        let short: String = text
            .lines()
            .filter(is_kept)
            .flat_map(|line| [line, "\n"])
            .collect();
        let expected = ("verdict-incomplete".to_owned(), line(&short, before));
        assert_eq!(found(&short), [expected], "{row}");
        let short = file(short);
        let run = run(&[
            "advise",
            "--rubric",
            path(&short),
            "--set",
            "exploitation=none",
        ]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert!(
            run.err
                .contains("`complete: true`, but no rule covers {exploitation: "),
            "{}",
            run.err
        );
    }
}

#[test]
fn a_conflicting_row_is_an_error_at_its_line_and_one_that_agrees_is_no_conflict() {
    let text = text();
    let with =
        |row: &str| text.replace("\n\nguarantees:", &format!("\n    - {row}\n\nguarantees:"));
    let conflict = with("[active, open, no, low, immediate]");
    let expected = (
        "rules-conflict".to_owned(),
        line(&conflict, "-[active,open,no,low,immediate]"),
    );
    assert_eq!(found(&conflict), [expected]);
    let twice = with("[active, open, no, low, scheduled]");
    let expected = (
        "rule-duplicate".to_owned(),
        line(&twice, "-[active,open,no,low,scheduled]"),
    );
    assert_eq!(found(&twice), [expected]);
}

#[test]
fn a_table_and_the_rules_that_it_stands_for_differ_in_nothing() {
    let text = text();
    let head = text.split("verdict:").next().expect("the head");
    let tail = text.split("\nguarantees:").nth(1).expect("the tail");
    let because = text
        .split("because: >-")
        .nth(1)
        .and_then(|rest| rest.split("  source:").next());
    let because = because
        .expect("the reason")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let rows = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- [")?.strip_suffix(']'));
    let rule = |(index, row): (usize, &str)| {
        let cells: Vec<&str> = row.split(',').map(str::trim).collect();
        let facts = [
            "exploitation",
            "system_exposure",
            "automatable",
            "human_impact",
        ];
        let test: Vec<String> = facts
            .iter()
            .zip(&cells)
            .map(|(fact, cell)| format!("{fact}: {cell}"))
            .collect();
        format!(
            "{{id: row-{}, when: {{{}}}, recommend: {}, because: \"{because}\", source: ssvc}}",
            index + 1,
            test.join(", "),
            cells[4]
        )
    };
    let rules: Vec<String> = rows.enumerate().map(rule).collect();
    assert_eq!(rules.len(), 72);
    let rules = format!("[{}]", rules.join(", "));
    let list = format!(
        "{head}verdict: {{complete: true, unique: true, rules: {rules}}}\nguarantees:{tail}"
    );
    let list = file(list);
    let run = run(&["rubric", "diff", RUBRIC, path(&list)]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
}

#[test]
fn the_verdict_is_shown_as_the_table_that_it_is() {
    let shown = run(&["rubric", "show", "--rubric", RUBRIC]).out;
    let line = |first: &str| {
        let mut lines = shown
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>());
        lines
            .find(|words| words.first() == Some(&first))
            .expect("the line")
    };
    assert_eq!(line("row-1")[1..], ["none", "small", "no", "low", "defer"]);
    assert_eq!(
        line("row-72")[1..],
        ["active", "open", "yes", "very-high", "immediate"]
    );
    // A verdict of few and unlike tests stays a list of sentences.
    let shown = run(&["rubric", "show", "--rubric", "examples/rubrics/kafka.yaml"]).out;
    let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        shown.contains("adds-up conditions met >= 2 and score >= 3 kafka"),
        "{shown}"
    );
}

#[test]
fn rows_that_only_move_up_are_no_changes_of_the_table() {
    let rows = "    - [none,       open,       no,  medium,    scheduled]\n    - [none,       open,       no,  high,      \
                scheduled]\n";
    let shorter = text().replace(rows, "    - [none, open, no, [medium, high], scheduled]\n");
    assert_ne!(shorter, text());
    let shorter = file(shorter);
    let diff = run(&["rubric", "diff", RUBRIC, path(&shorter)]).out;
    for said in [
        "72 sheets: none gets another recommendation",
        "3 changes in the file\n  - verdict.row-18\n  - verdict.row-19\n  + verdict.row-18\n",
    ] {
        assert!(diff.contains(said), "{diff}");
    }
}

#[test]
fn the_diagram_names_what_is_asked_and_what_comes_out_by_their_titles() {
    let dot = run(&["rubric", "show", "--format", "dot", "--rubric", RUBRIC]).out;
    for said in [
        "[shape=box, label=\"Out of cycle\\nrow-",
        "[label=\"Who can reach it?\\nsystem_exposure\"]",
        "[label=\"Can everything from finding\\nthe system to exploiting it\\nrun without a person?\\nautomatable\"]",
    ] {
        assert!(dot.contains(said), "{said} in {dot}");
    }
}

/// What no output of a rubric without scores, boxes or meshes says.
fn assert_has_no_foreign_word(said: &str, whose: &str) {
    let said = said
        .replace("mesh-advisor", "")
        .replace("meshAdvisor", "")
        .to_lowercase();
    for word in [
        "mesh",
        "sidecar",
        "score",
        "boxes",
        "points",
        "core",
        "nothing to do",
    ] {
        assert!(!said.contains(word), "{whose}: {word}: {said}");
    }
}

#[test]
fn the_questionnaire_a_record_its_check_and_scaffold_speak_of_nothing_else_either() {
    let folder = tempfile::tempdir().expect("a directory");
    let rubric = Path::new(env!("CARGO_MANIFEST_DIR")).join(RUBRIC);
    let rubric = rubric.to_str().expect("UTF-8");
    let at_work = |arguments: &[&str], typed: &str| {
        let arguments = [arguments, &["--rubric", rubric]].concat();
        let mut command = mesh_advisor(&arguments);
        finish(command.current_dir(folder.path()).write_stdin(typed))
    };
    // Active, open, cannot be automated, high; then the summary, and no record yet.
    let asked = at_work(
        &["ask", "--plain", "--save", "answers.yaml"],
        "3\n3\n2\n3\n\n1\n",
    );
    assert_eq!(asked.code, 0, "{}", asked.err);
    assert!(
        asked
            .err
            .contains("Settled: Out of cycle, whatever else you answer\n"),
        "{}",
        asked.err
    );
    assert_has_no_foreign_word(&(asked.out + &asked.err), "ask");

    let recorded = at_work(&["record", "patch.md", "--answers", "answers.yaml"], "");
    assert_eq!(recorded.code, 0, "{}", recorded.err);
    let record = folder.path().join("patch.md");
    let text = fs::read_to_string(&record).expect("written");
    assert!(text.contains("decision: out-of-cycle"), "{text}");
    assert_has_no_foreign_word(&text.replace("yaml mesh-advisor", ""), "record");

    let checked = at_work(&["check", "patch.md"], "");
    assert_eq!(
        (checked.code, checked.out.as_str()),
        (0, "checked 1 record: nothing found\n")
    );
    let accepted = text.replace("status: \"proposed\"", "status: \"accepted\"");
    fs::write(
        &record,
        accepted.replace("exploitation: active", "exploitation: none"),
    )
    .expect("written");
    let changed = at_work(&["check", "patch.md"], "");
    assert_eq!(changed.code, 1, "{}", changed.out);
    assert!(
        changed
            .out
            .contains("The decision is out-of-cycle, its answers give scheduled (rule row-19)"),
        "{}",
        changed.out
    );
    assert_has_no_foreign_word(&(changed.out + &changed.err), "check");

    let begun = at_work(
        &["scaffold", "--answers", "answers.yaml", "--out", "begin"],
        "",
    );
    assert_eq!((begun.code, begun.out.as_str()), (3, ""));
    assert_has_no_foreign_word(&begun.err, "scaffold");
    assert!(!folder.path().join("begin").exists());
}

#[test]
fn no_command_speaks_of_meshes_scores_or_boxes_where_the_rubric_has_none() {
    let answers =
        file("subject: the payroll server\nanswers: {exploitation: active, human_impact: high}\n");
    let mut commands = vec![
        vec!["rubric", "show"],
        vec!["rubric", "show", "--format", "dot"],
        vec!["rubric", "test", "--suggest"],
        vec!["explain", "exploitation"],
        vec!["explain", "row-1"],
    ];
    for format in ["text", "markdown", "html"] {
        commands.push(vec![
            "advise",
            "--answers",
            path(&answers),
            "--format",
            format,
        ]);
    }
    commands.push(vec!["advise", "--answers", path(&answers), "--full"]);
    commands.push(vec!["advise", "--answers", path(&answers), "--brief"]);
    for command in commands {
        let run = finish(&mut mesh_advisor(
            &[&command[..], &["--rubric", RUBRIC]].concat(),
        ));
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{command:?}");
        let said = run
            .out
            .replace("mesh-advisor", "")
            .replace("meshAdvisor", "")
            .to_lowercase();
        for word in [
            "mesh",
            "service-",
            "sidecar",
            "score 0",
            "0 of 0",
            "nothing to do",
        ] {
            let place = said.find(word);
            let around = place.and_then(|place| said.get(place.saturating_sub(60)..place + 60));
            assert!(place.is_none(), "{command:?}: {word}: {around:?}");
        }
    }
}
