//! `rubric test`: cases of the rubric and of files, and new ones that exercise the rest.

use std::fs;
use std::path::Path;

use serde_json::Value;
use verdict::cases::{Exercise, Outcome, suggest, suggest_sides};
use verdict::engine::{Budget, Proofs};
use verdict::rubric::{Case, Rubric};
use verdict::text::Source;

use crate::exact::{default_pair, random_pairs};
use crate::oracle;
use crate::program::{file, path, run};

const SOUND: &str = "tests/fixtures/rubrics/sound.yaml";

#[test]
fn the_cases_of_the_built_in_rubric_and_of_the_examples_pass() {
    for arguments in [
        vec!["rubric", "test"],
        vec!["rubric", "test", "--rubric", "examples/rubrics/kafka.yaml"],
    ] {
        let run = run(&arguments);
        assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
        assert!(!run.out.contains("FAILS"), "{}", run.out);
    }
}

#[test]
fn a_failing_case_is_shown_with_its_place_what_was_expected_and_the_rule_that_fired() {
    let cases = file(
        "cases:\n- {id: fine, answers: {services: 5}, recommend: no-mesh}\n\n\
         - id: by-another\n  answers: {services: 5}\n  recommend: no-mesh\n  rule: too-little\n\
         - {id: wrong, answers: {services: 5}, recommend: mesh}\n",
    );
    let run = run(&["rubric", "test", path(&cases), "--rubric", SOUND]);
    assert_eq!((run.code, run.err.as_str()), (1, ""));
    let said: String = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        format!(
            "{}:4: by-another: expected `no-mesh` by the rule `too-little`, got `no-mesh` by the rule `nobody`",
            path(&cases)
        ),
        format!("{}:8: wrong: expected `mesh`, got `no-mesh` by the rule `nobody`", path(&cases)),
        "FAILS wrong no-mesh by nobody".into(),
        "3 of 5 cases pass".into(),
        "Not exercised by any case - the rule `too-little` - the rule `otherwise` - signal 2 of the question `needs`"
            .into(),
    ] {
        assert!(said.contains(&words), "{words} in {said}");
    }
}

#[test]
fn mistakes_in_a_file_of_cases_are_all_reported_at_their_places() {
    let cases = file(
        "cases:\n- {id: a, answers: {service: 5}, recommend: no-mesh}\n- {id: b, answers: {mandate: al}, recommend: none}\n\
         - {id: a, answers: {}, recommend: mesh, rule: nobdy}\n",
    );
    let run = run(&["rubric", "test", path(&cases), "--rubric", SOUND]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    for words in [":2:21", ":3:30", ":3:46", ":4:8", ":4:47", "5 mistakes"] {
        assert!(run.err.contains(words), "{words} in {}", run.err);
    }
}

#[test]
fn suggested_cases_can_be_pasted_and_exercise_the_rest() {
    for rubric in [
        "rubric/service-mesh.yaml",
        SOUND,
        "examples/rubrics/kafka.yaml",
    ] {
        let first = run(&["rubric", "test", "--suggest", "--rubric", rubric]);
        assert_eq!((first.code, first.err.as_str()), (0, ""));
        // The built-in rubric has all the cases that it needs.
        if rubric == "rubric/service-mesh.yaml" {
            let is_whole = first.out.contains("# No new case is needed.");
            assert!(is_whole, "{}", first.out);
            continue;
        }
        assert!(first.out.contains("\ncases:\n"), "{}", first.out);
        let cases = file(&first.out);
        let second = run(&[
            "rubric",
            "test",
            path(&cases),
            "--suggest",
            "--rubric",
            rubric,
        ]);
        assert_eq!((second.code, second.err.as_str()), (0, ""));
        assert!(
            second
                .out
                .contains("every rule, condition and signal is exercised"),
            "{}",
            second.out
        );
        assert!(
            second.out.contains("# No new case is needed."),
            "{}",
            second.out
        );
    }
}

#[test]
fn the_json_object_holds_cases_what_is_missing_and_suggestions() {
    let run = run(&[
        "rubric",
        "test",
        "--suggest",
        "--format",
        "json",
        "--rubric",
        SOUND,
    ]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(report["schema"], "mesh-advisor/rubric-test/1");
    assert_eq!(
        (report["passed"].as_u64(), report["failed"].as_u64()),
        (Some(2), Some(0))
    );
    assert_eq!(
        report["cases"][1]["got"],
        serde_json::json!({"recommendation": "mesh", "rule": "both"})
    );
    assert_eq!(
        report["unexercised"]["rules"],
        serde_json::json!(["too-little", "otherwise"])
    );
    assert_eq!(
        report["unexercised"]["signals"][0],
        serde_json::json!({"question": "needs", "index": 1})
    );
    let suggestions = report["suggestions"].as_array().expect("a list");
    let beside = |one: &&Value| !one["threshold"].is_null();
    assert_eq!(suggestions.iter().filter(|one| !beside(one)).count(), 2);
    assert_eq!(
        suggestions.iter().find(beside).expect("one")["threshold"],
        serde_json::json!({"fact": "services", "below": 29, "above": 30})
    );
    assert_eq!(
        suggestions[1]["flips"],
        serde_json::json!({"case": "small", "fact": "mandate", "value": "none"})
    );
}

#[test]
fn a_search_that_costs_too_much_says_so() {
    let run = run(&["rubric", "test", "--suggest", "--steps", "20"]);
    assert_eq!(run.code, 1);
    assert!(
        run.out
            .contains("No cases are suggested: more than 20 steps of work are needed"),
        "{}",
        run.out
    );
}

#[test]
fn suggestions_exercise_everything_that_can_be_and_none_is_needless() {
    let pairs = [default_pair()]
        .into_iter()
        .chain(random_pairs().map(|(_, pair)| pair));
    for pair in pairs {
        let mut rubric = pair.rubric.clone();
        rubric.cases.clear();
        let proofs = Proofs::new(&rubric, &Budget::default()).expect("small enough");
        let suggestions = suggest(&rubric, &proofs, &[]).expect("small enough");
        let cases: Vec<Case> = suggestions
            .iter()
            .map(|suggestion| suggestion.case.clone())
            .collect();
        let outcomes: Vec<Outcome<'_>> = cases
            .iter()
            .map(|case| Outcome::of(&rubric, case))
            .collect();
        assert!(outcomes.iter().all(Outcome::passes));
        let missing = Exercise::of(&rubric, &outcomes).missing(&rubric);
        let impossible = pair.oracle.dead_rules().len()
            + pair.oracle.conditions_never().len()
            + pair.oracle.signals_never().len();
        assert_eq!(missing.len(), impossible, "{missing:?}");
        for needless in 0..outcomes.len() {
            let rest = outcomes
                .iter()
                .enumerate()
                .filter(|(position, _)| *position != needless)
                .map(|(_, one)| one);
            assert!(Exercise::of(&rubric, rest).missing(&rubric).len() > impossible);
        }
        for suggestion in suggestions {
            let Some(flip) = suggestion.flips else {
                continue;
            };
            let other = cases
                .iter()
                .find(|case| case.id == flip.case)
                .expect("the other case");
            let (one, other) = (
                Outcome::of(&rubric, &suggestion.case),
                Outcome::of(&rubric, other),
            );
            assert_ne!(one.recommendation(), other.recommendation());
            let mut sheet = one.sheet.clone();
            sheet.set(&flip.fact, Some(flip.value));
            assert_eq!(sheet, other.sheet);
        }
    }
}

#[test]
fn suggestions_stand_on_both_sides_of_every_threshold_that_moves_something() {
    for (_, pair) in random_pairs().take(60) {
        let mut rubric = pair.rubric.clone();
        rubric.cases.clear();
        let proofs = Proofs::new(&rubric, &Budget::default()).expect("small enough");
        let suggestions = suggest_sides(&rubric, &proofs, &[]).expect("small enough");
        let outcomes: Vec<Outcome<'_>> = suggestions
            .iter()
            .map(|suggestion| Outcome::of(&rubric, &suggestion.case))
            .collect();
        assert!(outcomes.iter().all(Outcome::passes));
        let at = |cells: &[usize]| pair.oracle.recommendation_at(cells).map(str::to_owned);
        for (place, cells) in pair.oracle.every_cell().iter().enumerate() {
            let fact = rubric.fact(&cells.fact.id).expect("a fact");
            for edge in cells.cells.windows(2).enumerate() {
                let (lower, [below, above]) = edge else {
                    unreachable!("windows of two")
                };
                let (Some(oracle::Value::Count(below)), Some(oracle::Value::Count(above))) =
                    (below.last(), above.first())
                else {
                    continue;
                };
                let is_moved = pair.oracle.all_cells().any(|own| {
                    let mut other = own.clone();
                    other[place] = lower + 1;
                    let differ =
                        matches!((at(&own), at(&other)), (Some(one), Some(two)) if one != two);
                    own[place] == lower && differ
                });
                for (value, beyond) in [(*below, *above), (*above, *below)] {
                    let is_guarded = outcomes.iter().any(|outcome| {
                        let mut sheet = outcome.sheet.clone();
                        sheet.set(fact, Some(verdict::rubric::Value::Count(beyond)));
                        let given = verdict::engine::evaluate(&rubric, &sheet).recommendation;
                        outcome.sheet.value(fact) == Some(verdict::rubric::Value::Count(value))
                            && given.is_some()
                            && outcome.recommendation().is_some()
                            && given != outcome.recommendation()
                    });
                    assert_eq!(
                        is_guarded, is_moved,
                        "{} at {value}\n{}",
                        fact.id, pair.yaml
                    );
                }
            }
        }
        // None stands where nothing is moved, and each says beside what it stands.
        assert!(suggestions.iter().all(|one| one.threshold.is_some()));
    }
}

#[test]
fn options_whose_names_yaml_reads_as_something_else_are_quoted() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(SOUND)).expect("read");
    let text = text
        .replace(
            "{id: all, title: everywhere}",
            "{id: 'null', title: everywhere}",
        )
        .replace("mandate: all", "mandate: 'null'");
    let rubric = file(&text);
    assert!(Rubric::parse(&Source::new("r", text)).is_ok());
    let run = run(&["rubric", "test", "--suggest", "--rubric", path(&rubric)]);
    assert!(
        run.out.contains("mandate: \"null\""),
        "{}{}",
        run.out,
        run.err
    );
}
