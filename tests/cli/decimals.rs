//! Counts with decimals and units: exact at every last digit, and said with their unit wherever they are said.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use serde_json::{Value, json};
use serde_yaml::Value as Yaml;
use verdict::rubric::{Kind, Rubric};
use verdict::text::Source;

use crate::oracle;
use crate::program::{Run, file, finish, mesh_advisor, path, run};

const RUBRIC: &str = "tests/fixtures/rubrics/promise.yaml";

fn with(arguments: &[&str]) -> Run {
    run(&[&["--rubric", RUBRIC], arguments].concat())
}

fn text() -> String {
    fs::read_to_string(RUBRIC).expect("the fixture")
}

/// A number of tenths as a person writes it: by hand, without the program's own reading.
fn tenths(number: i64) -> String {
    format!("{}.{}", number / 10, number % 10)
}

#[test]
fn every_number_falls_on_the_side_of_the_threshold_on_which_it_is() {
    let (mut sheets, mut expected) = (String::new(), Vec::new());
    for availability in 9_900..=10_000 {
        for latency in [5, 994, 995, 996, 1_000] {
            let (whole, part) = (availability / 100, availability % 100);
            writeln!(
                sheets,
                "{{\"answers\": {{\"availability\": {whole}.{part:02}, \"latency\": {}, \"notice\": 30.0}}}}",
                tenths(latency)
            )
            .unwrap();
            let is_promised = availability >= 9_995 && latency <= 995;
            expected.push(if is_promised { "promise" } else { "wait" });
        }
    }
    let sheets = file(sheets);
    let advice = with(&["advise", "--each", path(&sheets)]);
    assert_eq!(advice.code, 0, "{}", advice.err);
    let given: Vec<Value> = advice
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["recommendation"].clone())
        .collect();
    assert_eq!(given, expected);
}

#[test]
fn the_rubric_passes_its_check_and_proves_its_guarantees() {
    let check = with(&["rubric", "check"]);
    assert_eq!(check.code, 0, "{}", check.out);
    for said in [
        "8 sheets",
        "all three guarantees proved; all three cases pass",
        "nothing found",
    ] {
        assert!(check.out.contains(said), "{}", check.out);
    }
}

#[test]
fn a_number_has_its_unit_behind_it_wherever_it_is_said() {
    let answers: Vec<&str> = "--set availability=99.96 --set latency=120.50 --set notice=90"
        .split(' ')
        .collect();
    let advise = |more: &[&str]| with(&[&["advise"], &answers[..], more].concat()).out;
    for (shown, said) in [
        (
            advise(&[]),
            "availability: 99.96 %, latency: 120.5 ms, notice: 90 days",
        ),
        (advise(&[]), "latency       P 0.5–99.5 ms  [W] 99.6+ ms"),
        (advise(&["--full"]), "It was available enough: 99.96 %."),
        (advise(&["--format", "markdown"]), "99.6\\+ ms"),
        (
            advise(&["--format", "html"]),
            "step=\"0.1\" value=\"120.5\"",
        ),
        (advise(&["--format", "html"]), "<code>latency</code>, in ms"),
        (
            with(&["explain", "latency"]).out,
            "a number from 0.5 to 60000 ms, with at most one decimal",
        ),
        (with(&["rubric", "show"]).out, "availability >= 99.95 %"),
        (
            with(&["rubric", "show", "--format", "dot"]).out,
            "99.95 or more %",
        ),
    ] {
        assert!(shown.contains(said), "{said} in {shown}");
    }
}

#[test]
fn json_holds_numbers_as_they_are_written() {
    let advice = with(&[
        "advise",
        "--set",
        "availability=99.95",
        "--set",
        "latency=120.5",
        "--set",
        "notice=30",
        "--format",
        "json",
    ]);
    let advice: Value = serde_json::from_str(&advice.out).expect("JSON");
    assert_eq!(
        advice["questions"][0]["answers"],
        json!({"availability": 99.95, "latency": 120.5, "notice": 30})
    );
    assert_eq!(advice["what_if"][1]["cells"][0]["from"], json!(0.5));
    assert_eq!(advice["what_if"][1]["cells"][1]["from"], json!(99.6));
    let schema = with(&["rubric", "schema", "--for", "answers"]).out;
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let latency = &schema["properties"]["answers"]["properties"]["latency"]["anyOf"][0]["anyOf"][0];
    assert_eq!(
        *latency,
        json!({"type": "number", "minimum": 0.5, "maximum": 60000})
    );
}

#[test]
fn a_number_with_too_many_decimals_is_refused_and_never_rounded() {
    for (setting, allowed) in [
        (
            "availability=99.955",
            "a number from 0 to 100 %, with at most 2 decimals",
        ),
        ("latency=0.4", "a number from 0.5 to 60000 ms"),
        ("notice=29.5", "a whole number from 0 to 3650 days"),
    ] {
        let advice = with(&["advise", "--set", setting]);
        assert_eq!(advice.code, 2, "{}", advice.out);
        assert!(advice.err.contains(allowed), "{}", advice.err);
    }
    for (from, to, said) in [
        (
            "availability: \">= 99.95\"",
            "availability: \">= 99.955\"",
            "with at most 2 decimals",
        ),
        (
            "notice: \"< 30\"",
            "notice: \"< 29.5\"",
            "a whole number after",
        ),
        (
            "\"0.5..99.5\"",
            "\"0.5..99.55\"",
            "two numbers with at most one decimal",
        ),
        ("digits: 2", "digits: 7", "a whole number from 0 to 6"),
        (
            "min: 0.5",
            "min: 0.55",
            "of at most 15 figures, with at most one decimal",
        ),
        (
            "from: 99.95",
            "from: 99.951",
            "number of at most 15 figures, with at most 2 decimals",
        ),
    ] {
        let rubric = text().replacen(from, to, 1);
        assert_ne!(rubric, text(), "{from}");
        let rubric = file(rubric);
        let check = run(&["rubric", "check", path(&rubric)]);
        assert_eq!(check.code, 1, "{}", check.out);
        let out = check.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(out.contains(said), "{said} in {out}");
    }
}

#[test]
fn the_questionnaire_takes_decimals_and_keeps_them() {
    let folder = tempfile::tempdir().expect("a directory");
    let saved = folder.path().join("answers.yaml");
    let saved = saved.to_str().expect("UTF-8");
    let rubric = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(RUBRIC);
    let rubric = rubric.to_str().expect("UTF-8");
    let arguments = ["ask", "--plain", "--rubric", rubric, "--save", saved];
    let asked = finish(
        mesh_advisor(&arguments).write_stdin("99.955\n99.\n99,96\n99.96\n1,250.5\n29.5\n29\n\n"),
    );
    for said in [
        "A number from 0 to 100 %, with at most 2 decimals.",
        "\"99.955\" is not a number",
        "\"99.\" ends with its point",
        "\"29.5\" is not a whole number from 0 to 3650 days",
    ] {
        let err = asked.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains(said), "{said} in {err}");
    }
    let written = fs::read_to_string(saved).expect("saved");
    for said in ["availability: 99.96", "latency: 1250.5", "notice: 29"] {
        assert!(written.contains(said), "{written}");
    }
    let advice = with(&["advise", "--answers", saved]);
    assert!(
        advice
            .out
            .contains("customers get a notice of 29 days only"),
        "{}",
        advice.out
    );
}

#[test]
fn another_unit_or_fewer_decimals_make_another_fact_of_it() {
    let step = |from: &str, to: &str| {
        let new = text().replacen(from, to, 1);
        assert_ne!(new, text(), "{from}");
        let new = file(new);
        with(&["rubric", "diff", RUBRIC, path(&new)]).out
    };
    for (from, to, wanted) in [
        ("unit: ms, digits: 1", "unit: s, digits: 1", "2.0.0"),
        (
            "unit: ms, digits: 1, min: 0.5",
            "unit: ms, digits: 2, min: 0.5",
            "2.0.0",
        ),
        ("unit: days, max: 3650", "unit: days, max: 3649", "2.0.0"),
        ("max: 60000, ask", "max: 60000.5, ask", "1.1.0"),
    ] {
        let diff = step(from, to);
        assert!(diff.contains(wanted), "{to}: {diff}");
    }
    let diff = step(
        "unit: ms, digits: 1, min: 0.5",
        "unit: ms, digits: 2, min: 0.5",
    );
    assert!(
        diff.contains("only the new rubric has the facts `latency`"),
        "{diff}"
    );
}

/// A rubric whose counts are in tenths of what they were: 30 is 3.0 in it, wherever it stands.
fn in_tenths(yaml: &Yaml, counts: &BTreeSet<String>) -> Yaml {
    match yaml {
        Yaml::Sequence(items) => items.iter().map(|item| in_tenths(item, counts)).collect(),
        Yaml::Mapping(entries) => {
            let is_count = yaml["kind"] == "count";
            let entry = |(key, value): (&Yaml, &Yaml)| {
                let name = key.as_str().unwrap();
                let is_number = counts.contains(name)
                    || (is_count && ["min", "max", "assume"].contains(&name))
                    || name == "from";
                let value = match is_number {
                    true => number_in_tenths(value),
                    false => in_tenths(value, counts),
                };
                (key.clone(), value)
            };
            let digits = is_count.then(|| ("digits".into(), 1.into()));
            Yaml::Mapping(entries.iter().map(entry).chain(digits).collect())
        }
        other => other.clone(),
    }
}

/// `30` and `">= 30"` in tenths.
fn number_in_tenths(yaml: &Yaml) -> Yaml {
    match (yaml.as_i64(), yaml.as_str()) {
        (Some(number), _) => serde_yaml::from_str(&tenths(number)).unwrap(),
        (_, Some(text)) => {
            let (sign, number) =
                text.split_at(text.find(|own: char| own.is_ascii_digit()).unwrap());
            format!("{sign}{}", tenths(number.parse().unwrap())).into()
        }
        _ => panic!("no number: {yaml:?}"),
    }
}

fn rubric(yaml: &str) -> Rubric {
    let source = Source::new("rubric.yaml", yaml);
    Rubric::parse(&source).unwrap_or_else(|problems| panic!("{problems:#?}\n{yaml}"))
}

/// With the tests of exactness on the rubrics in whole numbers, this says the same of those in tenths.
#[test]
fn a_rubric_in_tenths_is_held_as_the_same_rubric() {
    let mut seen = 0;
    for seed in 0..40 {
        let text = match oracle::random_rubric(seed) {
            text if seed % 20 > 0 => text,
            text => oracle::with_likely(&text, seed),
        };
        let whole = rubric(&text);
        let counts = whole
            .facts
            .iter()
            .filter(|fact| matches!(fact.kind, Kind::Count { .. }));
        let counts: BTreeSet<String> = counts.map(|fact| fact.id.to_string()).collect();
        seen += counts.len();
        let twin = in_tenths(&serde_yaml::from_str(&text).unwrap(), &counts);
        let twin = rubric(&serde_yaml::to_string(&twin).unwrap());
        for (one, other) in whole.facts.iter().zip(twin.facts.iter()) {
            match (&one.kind, &other.kind) {
                (
                    Kind::Count { min, max, .. },
                    Kind::Count {
                        min: least,
                        max: most,
                        digits,
                    },
                ) => {
                    assert_eq!(
                        (min, max, 1),
                        (least, most, digits.count()),
                        "{seed}: {}",
                        one.id
                    );
                }
                (kind, same) => assert_eq!(kind, same, "{seed}: {}", one.id),
            }
            assert_eq!(
                (&one.assume, &one.likely),
                (&other.assume, &other.likely),
                "{seed}"
            );
        }
        let named = whole.named.iter().map(|own| &own.when);
        assert!(named.eq(twin.named.iter().map(|own| &own.when)), "{seed}");
        let signals = whole.signals.iter().map(|own| &own.when);
        assert!(
            signals.eq(twin.signals.iter().map(|own| &own.when)),
            "{seed}"
        );
        let rules = whole.verdict.iter().map(|own| &own.when);
        assert!(rules.eq(twin.verdict.iter().map(|own| &own.when)), "{seed}");
    }
    assert!(seen > 40, "{seen} counts");
}
