//! Documented public decisions, read where they lie beside the repository (they are not ours to copy): each comes out as
//! a careful reader expects. The rubric keeps their facts among its cases; here is what they expect.

use std::path::Path;

use serde::Deserialize;
use verdict::answers::{Answers, Sheet};
use verdict::engine::evaluate;
use verdict::text::{Problem, Route, Tree};

use crate::assumptions::advice;
use crate::exact::default_pair;
use crate::program::run;

#[derive(Deserialize)]
struct PublicCase {
    id: String,
    answers: Tree,
    expect: Vec<String>,
    #[serde(default)]
    possible_has: Vec<String>,
}

fn cases() -> Option<Vec<PublicCase>> {
    let folder = ["../shared", "../../shared"].map(Path::new).into_iter();
    let Some(folder) = folder
        .into_iter()
        .find(|folder| folder.join("cases.yaml").is_file())
    else {
        eprintln!("NOT TESTED: the public cases (../shared/cases.yaml) are not here");
        return None;
    };
    let read = |name: &str| -> Vec<PublicCase> {
        let text = std::fs::read_to_string(folder.join(name)).expect("the cases");
        serde_yaml::from_str(&text).expect("cases")
    };
    Some(
        read("cases.yaml")
            .into_iter()
            .chain(read("cases-2.yaml"))
            .collect(),
    )
}

#[test]
fn every_public_case_comes_out_as_one_of_what_is_expected() {
    let pair = default_pair();
    for case in cases().into_iter().flatten() {
        let mut answers = Answers::none(&pair.rubric);
        let problems: Vec<Problem> = answers.read(&case.answers, &Route::nowhere(), &pair.rubric);
        assert!(problems.is_empty(), "{}: {problems:?}", case.id);
        let sheet = answers.sheet();
        let evaluation = evaluate(&pair.rubric, &sheet.assuming(&pair.rubric));
        let name = |own| pair.rubric.recommendations[own].id.to_string();
        let given = name(evaluation.recommendation.expect("a rule holds"));
        assert!(case.expect.contains(&given), "{}: {given}", case.id);
        let possible: Vec<String> = pair.reasoning.possible(&sheet).iter().map(name).collect();
        for expected in &case.possible_has {
            assert!(possible.contains(expected), "{}: {expected}", case.id);
        }
    }
}

/// In the rubric's own cases, which hold what documented decisions state.
#[test]
fn a_need_that_is_open_is_asked_for_before_any_shape() {
    let pair = default_pair();
    let (mut needs, mut shapes) = (0, 0);
    for case in &pair.rubric.cases {
        let mut sheet = Sheet::unknown(&pair.rubric);
        for (fact, value) in &case.answers {
            sheet.set(&pair.rubric.facts[*fact], Some(*value));
        }
        let deciding = pair.reasoning.deciding(&sheet);
        let is_shape: Vec<bool> = deciding.iter().map(|one| one.fact.is_follow_up).collect();
        assert!(is_shape.is_sorted(), "{}: {deciding:?}", case.id);
        match is_shape.first() {
            Some(false) => needs += 1,
            Some(true) => shapes += 1,
            None => {}
        }
    }
    assert!(
        needs >= 30,
        "{needs} ask for a need first, {shapes} have only the shape to ask"
    );
}

#[test]
fn the_public_examples_say_what_advise_says_today() {
    let mut compared = 0;
    for entry in std::fs::read_dir("examples/public").expect("the examples") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "yaml") {
            continue;
        }
        let answers = path.to_str().expect("UTF-8");
        let run = run(&[
            "advise",
            "--answers",
            answers,
            "--format",
            "markdown",
            "--as-of",
            "2026-11-26",
        ]);
        assert_eq!(run.code, 0, "{answers}: {}", run.err);
        let kept = path.with_extension("md");
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            std::fs::write(&kept, &run.out).expect("written");
        }
        let text = std::fs::read_to_string(&kept).expect("the advice");
        assert_eq!(
            text, run.out,
            "{answers}: write it again with UPDATE_EXAMPLES=1"
        );
        compared += 1;
    }
    assert_eq!(compared, 3);
}

#[test]
fn a_mesh_without_a_use_case_is_said_in_the_first_three_lines() {
    let used: &[(&str, bool)] = &[
        ("[]", true),
        ("[l7-traffic-policy]", true),
        ("[mtls, identity-authorization]", false),
    ];
    for installed in ["sidecars", "sidecarless", "in-house", "retired-product"] {
        for (gifts, is_said) in used {
            let run = run(&[
                "advise",
                "--answers",
                "examples/answers/small-startup.yaml",
                "--set",
                &format!("installed={installed}"),
                "--set",
                &format!("gifts_used={gifts}"),
            ]);
            let lines: Vec<&str> = run.out.lines().take(3).collect();
            let first = lines.join(" ");
            assert_eq!(
                first.contains("a mesh without a use case"),
                *is_said,
                "{gifts}: {first}"
            );
        }
    }
}

#[test]
fn a_need_is_asked_for_before_the_shape_in_nine_of_ten_public_cases() {
    let pair = default_pair();
    let (mut all, mut needs) = (0, 0);
    for case in cases().into_iter().flatten() {
        let mut answers = Answers::none(&pair.rubric);
        let problems = answers.read(&case.answers, &Route::nowhere(), &pair.rubric);
        assert!(problems.is_empty(), "{}: {problems:?}", case.id);
        let advice = advice(pair, &answers);
        let shape = [
            "sidecar_reasons",
            "sidecar_scope",
            "pods_may_net_admin",
            "cni",
        ];
        let first = advice.ask_first.first();
        all += 1;
        needs += usize::from(first.is_some_and(|open| !shape.contains(&open.fact.id.as_str())));
    }
    // One of the 36 has nothing left to ask for, and one nothing but the shape.
    assert!(needs * 10 >= all * 9, "{needs} of {all}");
}
