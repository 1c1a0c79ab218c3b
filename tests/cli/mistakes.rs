//! Bad input: a clear message with its place, exit code 2, nothing on standard output, and never a long wait.

use crate::program::{Run, file, run};

fn advise(answers: &[u8]) -> Run {
    let file = file(answers);
    let run = run(&["advise", "--answers", file.path().to_str().expect("UTF-8")]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    run
}

fn advise_by(rubric: &[u8]) -> Run {
    let file = file(rubric);
    let path = file.path().to_str().expect("UTF-8");
    let run = run(&["--rubric", path, "advise", "--set", "size=1"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{}", run.err);
    run
}

/// A small rubric without mistakes; `from` is replaced by `to`.
fn rubric_with(from: &str, to: &str) -> String {
    let rubric = "\
schema: 1
id: small
version: 1.0.0
title: Which?
sources:
- {id: book, title: A book, where: the shelf}
recommendations:
- {id: less, title: Less, summary: Little.}
- {id: more, title: More, summary: Much.}
questions:
- id: how-much
  ask: How much?
  why: It matters.
  facts:
  - {id: size, kind: count, ask: How large?, assume: 1, min: 1, max: 100}
  - {id: shape, kind: choice, ask: Which?, assume: round, options: [{id: round, title: Round}, {id: square, title: Square}]}
  signals:
  - {when: {size: \">= 10\"}, points: 1, reason: \"It is {size}.\", source: book}
conditions:
- {id: large, title: Large, when: {size: \">= 50\"}, source: book}
definitions:
- {id: odd, when: {shape: square}}
verdict:
- {id: large-and-odd, when: {large: true, odd: true}, recommend: more, because: It is.}
- {id: otherwise, recommend: less, because: It is not.}
";
    assert!(from.is_empty() || rubric.contains(from), "{from}");
    rubric.replacen(from, to, usize::from(!from.is_empty()))
}

#[test]
fn cases_of_a_rule_that_was_lost_to_a_mistake_make_none_of_their_own() {
    let rubric = rubric_with("assume: 1,", "assume: 0,")
        + "cases:\n- {id: c, answers: {}, recommend: more, rule: large-and-odd}\n";
    let run = advise_by(rubric.as_bytes());
    assert!(
        run.err.contains("`0` is not a value of `size`"),
        "{}",
        run.err
    );
    assert!(run.err.contains("1 mistake in"), "{}", run.err);
}

#[test]
fn a_day_on_the_command_line_has_its_form_in_the_message() {
    let run = run(&["advise", "--set", "services=1", "--as-of", "2026-13-01"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("YYYY-MM-DD"), "{}", run.err);
}

#[test]
fn the_small_rubric_is_sound() {
    let file = file(rubric_with("", "").as_bytes());
    let run = run(&[
        "--rubric",
        file.path().to_str().expect("UTF-8"),
        "advise",
        "--set",
        "size=1",
    ]);
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn each_mistake_in_a_rubric_is_named_with_its_place_and_what_is_allowed() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "schema: 1",
            "schema: 2",
            &["schema 2 is not known", ":1:9", "allowed: 1"],
        ),
        (
            "version: 1.0.0",
            "version: one",
            &["\"one\" is not a version", ":3:10"],
        ),
        (
            "title: Which?\n",
            "title: Which?\ntitel: x\n",
            &["unknown key `titel`", ":5:1", "did you mean `title`?"],
        ),
        (
            "id: otherwise",
            "id: large-and-odd",
            &["the id `large-and-odd` is taken", ":25:8"],
        ),
        (
            "kind: choice",
            "kind: choise",
            &["unknown value `choise`", "did you mean `choice`?"],
        ),
        (
            "assume: 1, min",
            "assume: 0, min",
            &["`0` is not a value of `size`", "from 1 to 100", ":15:54"],
        ),
        (
            "assume: round",
            "assume: rund",
            &[
                "`rund` is not an option of `shape`",
                "did you mean `round`?",
            ],
        ),
        (
            "size: \">= 10\"",
            "size: \"=> 10\"",
            &[
                "\"=> 10\" is not a comparison",
                "such as \">= 30\"",
                ":18:19",
            ],
        ),
        (
            "when: {size: \">= 10\"}",
            "when: {sise: \">= 10\"}",
            &["`sise` is not a fact", "did you mean `size`?", ":18:13"],
        ),
        (
            "when: {size: \">= 10\"}",
            "when: {score: 1}",
            &["`score` cannot be read in a signal", "only in the verdict"],
        ),
        (
            "shape: square",
            "shape: sqare",
            &[
                "`sqare` is not an option",
                "did you mean `square`?",
                ":22:27",
            ],
        ),
        (
            "{shape: square}",
            "{odd: true}",
            &["`odd` is defined by way of itself"],
        ),
        (
            "recommend: more",
            "recommend: mor",
            &["`mor` is not a recommendation", "did you mean `more`?"],
        ),
        (
            "- {id: otherwise, rec",
            "- {id: otherwise, when: {size: 1}, rec",
            &["no rule holds for every sheet", ":25:19"],
        ),
        (
            "source: book}\ncond",
            "source: bok}\ncond",
            &["`bok` is not a source", "did you mean `book`?"],
        ),
        (
            "It is {size}",
            "It is {siez}",
            &["`{siez}` names no fact", "did you mean `size`?"],
        ),
        (
            "It is {size}",
            "It is {size}.\", assumed: \"It may be {siez}",
            &["`{siez}` names no fact", "did you mean `size`?"],
        ),
        (
            "points: 1",
            "points: many",
            &["found \"many\", expected a whole number"],
        ),
        (
            "min: 1, max: 100",
            "min: 9, max: 3",
            &["the smallest value 9 is above the largest, 3"],
        ),
        (
            "title: Less, summary: Little.",
            "title: Less",
            &["the key `summary` is missing", ":8:3"],
        ),
        (
            "id: how-much",
            "id: How much",
            &["`How much` is not a name"],
        ),
    ];
    for (from, to, expected) in cases {
        let run = advise_by(rubric_with(from, to).as_bytes());
        for words in *expected {
            assert!(
                run.err.contains(words),
                "{to}: {words} is not in\n{}",
                run.err
            );
        }
        assert!(
            run.err.contains("1 mistake in"),
            "{to}: one mistake is one message\n{}",
            run.err
        );
    }
}

#[test]
fn all_mistakes_of_a_rubric_are_reported_together() {
    let text = rubric_with("schema: 1", "schema: 3")
        .replace("shape: square", "shape: sqare")
        .replace("recommend: less", "recommend: lss")
        .replace("kind: count", "knd: count");
    let run = advise_by(text.as_bytes());
    for words in ["schema 3", "`sqare`", "`lss`", "unknown key `knd`"] {
        assert!(run.err.contains(words), "{words} is not in\n{}", run.err);
    }
}

#[test]
fn each_mistake_in_answers_is_named_with_its_place_and_what_is_allowed() {
    let cases: &[(&str, &[&str])] = &[
        (
            "answers: {servces: 3}",
            &[
                "`servces` is not a fact",
                ":1:11",
                "did you mean `services`?",
            ],
        ),
        (
            "answers: {services: three}",
            &[
                "\"three\" is not a value of `services`",
                "whole number from 1",
                ":1:21",
            ],
        ),
        (
            "answers: {services: 0}",
            &["`0` is not a value of `services`"],
        ),
        ("answers: {services: 1.5}", &["`1.5` is not a value"]),
        ("answers: {shared_http_client: maybe}", &["true or false"]),
        (
            "answers: {canary: cohort-flet}",
            &["did you mean `cohort-fleet`?", "edge-weighted"],
        ),
        (
            "answers: {sidecar_reasons: spire-ca}",
            &["a list of any of"],
        ),
        (
            "answers: {sidecar_reasons: [spire]}",
            &["did you mean `spire-ca`?"],
        ),
        (
            "answers: {teams: {value: 3, form: x}}",
            &["unknown key `form`", "value, source, as_of"],
        ),
        (
            "answers: {teams: {value: 3, as_of: yesterday}}",
            &["YYYY-MM-DD", ":1:36"],
        ),
        (
            "answers: {teams: {source: x}}",
            &["the key `value` is missing"],
        ),
        (
            "answers: {teams: 1, teams: 2}",
            &["the key `teams` stands here twice", ":1:21"],
        ),
        (
            "rubric: kafka",
            &["these answers are for the rubric `kafka`", "`service-mesh`"],
        ),
        (
            "answer: {services: 3}",
            &["unknown key `answer`", "did you mean `answers`?"],
        ),
        ("[1, 2]", &["found a list, expected a mapping"]),
        ("answers: [1, 2]", &["found a list, expected answers"]),
        ("answers: {services: 3", &["not valid YAML"]),
        (
            "answers: {services: 3}\n---\nanswers: {}\n",
            &["a second document"],
        ),
    ];
    for (text, expected) in cases {
        let run = advise(text.as_bytes());
        for words in *expected {
            assert!(
                run.err.contains(words),
                "{text}: {words} is not in\n{}",
                run.err
            );
        }
    }
}

#[test]
fn settings_on_the_command_line_are_checked_too() {
    let run = run(&[
        "advise",
        "--set",
        "servces=3",
        "--set",
        "teams",
        "--set",
        "teams=none",
    ]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    for words in [
        "did you mean `services`?",
        "there is no `=`",
        "\"none\" is not a value of `teams`",
    ] {
        assert!(run.err.contains(words), "{words} is not in\n{}", run.err);
    }
}

#[test]
fn hostile_files_get_a_clear_message_quickly() {
    let bomb = {
        let mut text = "a: &a [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
        for (name, before) in ('b'..='i').zip('a'..) {
            let list = vec![format!("*{before}"); 10].join(", ");
            text += &format!("{name}: &{name} [{list}]\n");
        }
        text
    };
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "an alias bomb",
            bomb.into_bytes(),
            "aliases repeat more than 1 MiB",
        ),
        (
            "nested brackets",
            "[".repeat(100_000).into_bytes(),
            "not valid YAML: recursion limit exceeded",
        ),
        (
            "nested braces",
            "{a: ".repeat(100_000).into_bytes(),
            "recursion limit",
        ),
        (
            "nested dashes",
            "- ".repeat(100_000).into_bytes(),
            "nested deeper than 64 levels",
        ),
        (
            "a 50 MB file",
            vec![b'#'; 50 * 1024 * 1024],
            "larger than 4 MiB",
        ),
        (
            "invalid UTF-8",
            b"answers:\n  subject: \xff\xfe\n".to_vec(),
            "line 2 is not valid UTF-8",
        ),
        (
            "many keys",
            (0..300_000)
                .map(|key| format!("k{key}: 1\n"))
                .collect::<String>()
                .into_bytes(),
            "more than 200000 values",
        ),
        (
            "control characters",
            b"answers: {\"\\e[2Jservices\": 3}".to_vec(),
            "is not a fact",
        ),
    ];
    for (name, bytes, words) in cases {
        let run = advise(&bytes);
        assert!(run.err.contains(words), "{name}: {}", run.err);
        assert!(!run.err.contains('\u{1b}'), "{name}: {}", run.err);
        assert!(
            run.err.len() < 4_000,
            "{name}: a message of {} bytes",
            run.err.len()
        );
    }
}

#[test]
fn a_directory_and_a_missing_file_are_told_apart() {
    let directory = run(&["advise", "--answers", "examples"]);
    assert_eq!((directory.code, directory.out.as_str()), (2, ""));
    assert!(
        directory.err.contains("it is a directory"),
        "{}",
        directory.err
    );
    let missing = run(&["advise", "--answers", "nowhere.yaml"]);
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
    assert!(
        missing.err.contains("cannot open nowhere.yaml"),
        "{}",
        missing.err
    );
}

#[test]
fn lines_of_each_keep_their_id_and_an_empty_input_is_said_to_be_empty() {
    let each = |text: &str| {
        let file = file(text.as_bytes());
        run(&["advise", "--each", file.path().to_str().expect("UTF-8")])
    };
    let long = "x".repeat(100_000);
    let run = each(&format!(
        "\u{feff}{{\"id\": 18446744073709551615}}\n{{\"id\": \"a\", \"answers\": {{\"services\": \"{long}\"}}}}\n\
         {{\"services\": 4}}\n{{\"id\": 184467440737095516159}}\n{{\"id\": 5, \"{long}\": 1}}\n"
    ));
    assert_eq!((run.code, run.err.as_str()), (2, ""));
    let lines: Vec<&str> = run.out.lines().collect();
    for (line, start) in lines.iter().zip([
        "{\"id\":18446744073709551615,\"recommendation\":",
        "{\"line\":2,\"id\":\"a\",\"error\":",
        "{\"line\":3,\"error\":\"the fact `services` stands at the top; put the facts under",
        "{\"line\":4,\"error\":\"the id 1.8",
        "{\"line\":5,\"id\":5,\"error\":",
    ]) {
        assert!(line.starts_with(start), "{line:.200}");
        assert!(line.len() < 5_000, "{} bytes", line.len());
    }
    assert_eq!(lines.len(), 5);
    let empty = each("");
    assert_eq!((empty.code, empty.out.as_str()), (2, ""));
    assert!(empty.err.contains("there is nothing in"), "{}", empty.err);
}

#[test]
fn flags_are_set_without_brackets_and_deep_nesting_is_refused() {
    let set = |value: &str| run(&["advise", "--format", "json", "--set", value]);
    let several = set("sidecar_reasons=spire-ca,envoy-filters");
    assert_eq!(several.code, 0, "{}", several.err);
    assert_eq!(
        several.out,
        set("sidecar_reasons=[spire-ca, envoy-filters]").out
    );
    let deep = set(&format!("services={}", "[".repeat(10_000)));
    assert_eq!(deep.code, 2);
    assert!(
        deep.err.contains("is not a value of `services`"),
        "{:.300}",
        deep.err
    );
}
