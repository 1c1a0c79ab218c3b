//! `rubric new`: a rubric to begin with.

use std::fs;

use crate::program::run;

#[test]
fn a_new_rubric_passes_its_check_for_the_question_that_is_given() {
    let folder = tempfile::tempdir().expect("a directory");
    let path = folder.path().join("Our Queue.yaml");
    let path = path.to_str().expect("UTF-8");
    let question = "Should we adopt \"Kafka\": now?";
    let new = run(&["rubric", "new", path, "--question", question]);
    assert_eq!((new.code, new.out.as_str()), (0, ""));
    assert!(new.err.contains("mesh-advisor rubric check"), "{}", new.err);
    let check = run(&["rubric", "check", path, "--fail-on", "warning"]);
    assert_eq!(check.code, 0, "{}", check.out);
    assert!(check.out.ends_with("nothing found\n"), "{}", check.out);
    let shown = run(&["rubric", "show", "--rubric", path]);
    assert!(
        shown.out.contains(question) && shown.out.contains("our-queue 0.1.0"),
        "{}",
        shown.out
    );
    let advice = run(&["advise", "--rubric", path, "--set", "mandate=true"]);
    assert!(advice.out.starts_with("Adopt it"), "{}", advice.out);
}

#[test]
fn a_file_that_exists_is_never_overwritten() {
    let file = crate::program::file("mine\n");
    let run = run(&["rubric", "new", crate::program::path(&file)]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("exists"), "{}", run.err);
    assert_eq!(
        fs::read_to_string(file.path()).expect("it is there"),
        "mine\n"
    );
}

#[test]
fn the_words_of_the_field_are_explained() {
    for (word, meaning) in [
        ("sheet", "A value for every fact."),
        ("cell", "no test of the rubric can tell apart"),
    ] {
        let run = run(&["explain", word]);
        assert_eq!(run.code, 0, "{}", run.err);
        let said = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(meaning), "{said}");
    }
}
