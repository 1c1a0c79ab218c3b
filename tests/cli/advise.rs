//! `advise`: what it recommends for the examples, and the form of each format.

use mesh_advisor::embedded;
use serde_json::Value;

use crate::program::{finish, mesh_advisor, run};

fn json(arguments: &[&str]) -> Value {
    let run = run(&[&["advise", "--format", "json"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(run.err, "");
    serde_json::from_str(&run.out).expect("one JSON object")
}

fn example(name: &str) -> String {
    format!("examples/answers/{name}.yaml")
}

#[test]
fn each_example_gets_what_a_careful_reader_would_say() {
    let expected = [
        ("small-startup", "no-mesh", "small-fleet"),
        ("polyglot-150-services", "sidecarless", "worth-the-tax"),
        ("regulated-bank", "sidecarless", "worth-the-tax"),
        (
            "mandate-without-platform-team",
            "sidecarless",
            "worth-the-tax",
        ),
        (
            "one-language-1000-services",
            "no-mesh",
            "too-few-conditions",
        ),
        ("vms-off-the-cluster", "mesh", "reason-for-sidecars"),
        ("l7-zero-trust", "sidecarless", "worth-the-tax"),
        ("encryption-in-transit", "no-mesh", "too-few-conditions"),
        ("open-questions", "no-mesh", "does-not-add-up"),
    ];
    for (name, recommendation, rule) in expected {
        let advice = json(&["--answers", &example(name)]);
        assert_eq!(
            (&advice["recommendation"], &advice["rule"]),
            (&recommendation.into(), &rule.into()),
            "{name}"
        );
    }
    let files = std::fs::read_dir("examples/answers")
        .expect("the examples")
        .count();
    assert_eq!(
        files,
        expected.len() + 1,
        "every example is checked, and kafka.yaml below"
    );
}

#[test]
fn a_rubric_about_something_else_works_without_a_change() {
    let advice = json(&[
        "--rubric",
        "examples/rubrics/kafka.yaml",
        "--answers",
        &example("kafka"),
    ]);
    assert_eq!(advice["rubric"]["id"], "kafka");
    assert_eq!(advice["recommendation"], "kafka");
    let by_variable = finish(
        mesh_advisor(&["advise", "--brief", "--answers", &example("kafka")])
            .env("MESH_ADVISOR_RUBRIC", "examples/rubrics/kafka.yaml"),
    );
    assert_eq!(by_variable.code, 0, "{}", by_variable.err);
    assert!(
        !by_variable.out.to_lowercase().contains("mesh"),
        "{}",
        by_variable.out
    );
}

#[test]
fn the_json_has_every_field_of_the_contract_with_its_type() {
    let advice = json(&["--answers", &example("open-questions")]);
    assert_eq!(advice["schema"], "mesh-advisor/advice/1");
    for text in ["recommendation", "rule", "because", "strength"] {
        assert!(advice[text].is_string(), "{text}");
    }
    for list in [
        "possible",
        "deciding",
        "conditions",
        "questions",
        "changes",
        "prerequisites",
        "cautions",
        "plan",
    ] {
        assert!(advice[list].is_array(), "{list}");
    }
    assert_eq!(advice["rubric"]["id"], "service-mesh");
    assert!(
        advice["rubric"]["digest"]
            .as_str()
            .expect("text")
            .starts_with("sha256:")
    );
    assert_eq!(advice["provisional"], true);
    assert_eq!(advice["strength"], "provisional");
    assert_eq!(advice["questions"].as_array().expect("a list").len(), 6);
    assert_eq!(
        advice["questions"][2]["answers"]["mtls_mandate"],
        Value::Null
    );
    assert_eq!(advice["assumed"]["mtls_mandate"], "none");
    assert!(
        advice["conditions"]
            .as_array()
            .expect("a list")
            .iter()
            .any(|condition| condition["met"].is_null())
    );
    let change = &advice["changes"][0];
    assert!(
        change["facts"].is_u64() && change["options"][0].is_object(),
        "{change}"
    );
    let parts = ["questions", "follow_ups"]
        .map(|part| advice[part].as_array().expect("a list").clone())
        .concat();
    let points: i64 = parts
        .iter()
        .map(|question| question["points"].as_i64().expect("points"))
        .sum();
    assert_eq!(
        Some(points),
        advice["score"].as_i64(),
        "the points add up to the score"
    );
}

#[test]
fn set_goes_on_top_of_the_file_and_standard_input_is_read() {
    let small = example("small-startup");
    let advice = json(&[
        "--answers",
        &small,
        "--set",
        "mtls_mandate=every-workload",
        "--set",
        "sidecar_reasons=[spire-ca]",
    ]);
    assert_eq!(advice["recommendation"], "mesh");
    let advice = json(&["--answers", &small, "--set", "services=unknown"]);
    assert_eq!(advice["assumed"]["services"], 1);
    let piped = finish(
        mesh_advisor(&["advise", "--brief", "--answers", "-"])
            .write_stdin("answers: {services: 3}"),
    );
    assert_eq!(piped.code, 0, "{}", piped.err);
    assert!(
        piped.out.starts_with("Open: ") && piped.out.contains("No mesh (provisional)\n"),
        "{}",
        piped.out
    );
}

#[test]
fn text_fits_the_width_and_carries_no_colour_into_a_pipe() {
    for width in ["60", "80", "120"] {
        for name in ["small-startup", "vms-off-the-cluster", "open-questions"] {
            for extent in ["--brief", "--full"] {
                let run = finish(
                    mesh_advisor(&["advise", extent, "--answers", &example(name)])
                        .env("COLUMNS", width),
                );
                let width: usize = width.parse().expect("a number");
                for line in run.out.lines() {
                    let is_address = line.split_whitespace().any(|word| word.len() > 40);
                    assert!(
                        line.chars().count() <= width || is_address,
                        "{width} columns: {line}"
                    );
                }
                assert!(!run.out.contains('\u{1b}'));
            }
        }
    }
    let coloured = run(&[
        "advise",
        "--color",
        "always",
        "--answers",
        &example("small-startup"),
    ]);
    assert!(coloured.out.contains('\u{1b}'));
}

#[test]
fn brief_is_a_headline_and_three_lines() {
    let run = run(&[
        "advise",
        "--brief",
        "--answers",
        &example("polyglot-150-services"),
    ]);
    assert_eq!(run.out.lines().count(), 4, "{}", run.out);
}

#[test]
fn brief_has_at_most_four_lines_whatever_the_answers_and_the_width() {
    let mut tried = 0;
    for entry in std::fs::read_dir("examples/answers").expect("the examples") {
        let path = entry.expect("an entry").path();
        let answers = path.to_str().expect("UTF-8");
        let rubric = match answers.contains("kafka") {
            true => &["--rubric", "examples/rubrics/kafka.yaml"][..],
            false => &[],
        };
        for columns in ["40", "60", "80", "120"] {
            let arguments = [&["advise", "--brief", "--answers", answers], rubric].concat();
            let run = finish(mesh_advisor(&arguments).env("COLUMNS", columns));
            let lines = run.out.lines().count();
            assert!(
                (3..=4).contains(&lines),
                "{answers} at {columns}:\n{}{}",
                run.out,
                run.err
            );
            tried += 1;
        }
    }
    assert!(tried >= 40, "{tried}");
}

#[test]
fn brief_is_cut_for_a_terminal_only() {
    let answers = example("open-questions");
    let set = "installed=sidecars";
    let brief = ["advise", "--brief", "--answers", &answers, "--set", set];
    let piped = finish(mesh_advisor(&brief).env_remove("COLUMNS")).out;
    assert!(
        piped.lines().count() == 4 && !piped.contains('…'),
        "{piped}"
    );
    assert!(
        piped.contains("you run one and have not said which of its four gifts you use"),
        "{piped}"
    );
    let narrow = finish(mesh_advisor(&brief).env("COLUMNS", "60")).out;
    assert!(narrow.contains('…'), "{narrow}");
}

#[test]
fn a_page_and_the_whole_advice_are_as_reviewed() {
    let rubric = embedded::rubric().expect("it loads");
    let advise = |name: &str, format: &str, extent: &[&str]| {
        let answers = example(name);
        let common = [
            "advise",
            "--as-of",
            "2026-11-23",
            "--answers",
            &answers,
            "--format",
            format,
        ];
        let out = run(&[&common, extent].concat()).out;
        out.replace(&rubric.digest.to_string(), "sha256:(of the rubric)")
    };
    insta::assert_snapshot!("page", advise("open-questions", "text", &[]));
    insta::assert_snapshot!("whole", advise("vms-off-the-cluster", "text", &["--full"]));
    insta::assert_snapshot!("markdown", advise("regulated-bank", "markdown", &[]));
}

#[test]
fn many_sheets_come_out_in_order_and_bad_lines_do_not_stop_the_others() {
    let lines: Vec<String> = (0..5_000)
        .map(|line| {
            format!(
                "{{\"id\": {line}, \"answers\": {{\"services\": {}}}}}",
                line + 1
            )
        })
        .collect();
    let many = finish(mesh_advisor(&["advise", "--each", "-"]).write_stdin(lines.join("\n")));
    assert_eq!(many.code, 0);
    let ids: Vec<i64> = many
        .out
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).expect("JSON")["id"]
                .as_i64()
                .expect("a number")
        })
        .collect();
    assert_eq!(ids, (0..5_000).collect::<Vec<_>>());

    let input = "{\"answers\": {\"services\": 12, \"teams\": 2}}\nnot json\n\n{\"id\": \"b\", \"answers\": {\"servces\": 1, \"teams\": 0}}\n{\"id\": \"c\"}\n";
    let mixed = finish(mesh_advisor(&["advise", "--each", "-"]).write_stdin(input));
    assert_eq!(mixed.code, 2);
    let lines: Vec<Value> = mixed
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(lines[0]["id"], 1);
    assert_eq!(lines[1]["line"], 2);
    let error = lines[2]["error"].as_str().expect("text");
    assert!(
        error.contains("did you mean `services`?")
            && error.contains("`0` is not a value of `teams`"),
        "{error}"
    );
    assert_eq!(lines[3]["id"], "c");

    let odd = finish(
        mesh_advisor(&["advise", "--each", "-"])
            .write_stdin("[1]\n{\"answers\": {\"teams\": 1, \"teams\": 2}}\n"),
    );
    assert_eq!(odd.code, 2);
    assert!(
        odd.out.contains("expected an object") && odd.out.contains("`teams` stands here twice"),
        "{}",
        odd.out
    );

    let long = format!("{{\"id\": \"{}\"}}\n{{\"id\": 2}}\n", "x".repeat(2_000_000));
    let long = finish(mesh_advisor(&["advise", "--each", "-"]).write_stdin(long));
    let answers = r#"{"answers": {"teams": {"value": 3, "sorce": "x"}, "services": {"value": 3, "as_of": "2026-02-30"}}}"#;
    let provenance = finish(mesh_advisor(&["advise", "--each", "-"]).write_stdin(answers));
    assert_eq!(provenance.code, 2);
    for part in [
        "`teams`: unknown key `sorce`",
        "did you mean `source`?",
        "`services`: found \\\"2026-02-30\\\"",
    ] {
        assert!(provenance.out.contains(part), "{part}: {}", provenance.out);
    }
    assert_eq!(long.code, 2);
    assert!(
        long.out
            .starts_with("{\"line\":1,\"error\":\"the line is longer than 1 MiB\"}\n{\"id\":2,"),
        "{}",
        long.out
    );
}

#[test]
fn each_gives_the_same_short_advice_as_the_whole_one() {
    for name in ["small-startup", "open-questions", "regulated-bank"] {
        let whole = json(&["--answers", &example(name)]);
        let mut answers = serde_json::Map::new();
        for part in ["questions", "follow_ups"] {
            for question in whole[part].as_array().expect("a list") {
                answers.extend(question["answers"].as_object().expect("answers").clone());
            }
        }
        let line = serde_json::json!({ "id": name, "answers": answers }).to_string();
        let short = finish(mesh_advisor(&["advise", "--each", "-"]).write_stdin(line.as_str()));
        let short: Value = serde_json::from_str(&short.out).expect("JSON");
        let fields = [
            "recommendation",
            "rule",
            "strength",
            "possible",
            "score",
            "conditions_met",
        ];
        for field in fields {
            assert_eq!(short[field], whole[field], "{name}: {field}");
        }
        assert_eq!(
            short.as_object().expect("an object").len(),
            fields.len() + 1
        );
        let more = ["advise", "--each", "-", "--shares"];
        let more = finish(mesh_advisor(&more).write_stdin(line));
        let more: Value = serde_json::from_str(&more.out).expect("JSON");
        assert_eq!(more["shares"], whole["shares"], "{name}");
    }
}

#[test]
fn shares_are_those_of_the_json_in_text_and_markdown() {
    let whole = json(&["--answers", &example("open-questions")]);
    let percent = |id: &str| {
        format!(
            "{:.0} %",
            whole["shares"][id].as_f64().expect("a share") * 100.0
        )
    };
    let near = format!(
        "could still be sidecarless mesh ({}) or sidecar mesh ({})",
        percent("sidecarless"),
        percent("mesh")
    );
    let all = format!("is: no mesh ({}), sidecarless mesh (", percent("no-mesh"));
    for arguments in [
        &["--format", "text"][..],
        &["--format", "markdown"],
        &["--brief"],
    ] {
        let out = run(&[
            &["advise", "--answers", &example("open-questions")],
            arguments,
        ]
        .concat())
        .out;
        let said = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(&near), "{near}\n{out}");
    }
    let full = run(&["advise", "--answers", &example("open-questions"), "--full"]).out;
    let said = full.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(&all), "{all}\n{full}");
    let sum: f64 = (whole["shares"].as_object().expect("shares").values())
        .map(|share| share.as_f64().expect("a number"))
        .sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
}
