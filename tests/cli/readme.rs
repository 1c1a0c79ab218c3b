//! The README: every block in it is run or read.

use crate::program::{finish, mesh_advisor};

/// The blocks of a kind, such as `sh`.
fn blocks(kind: &str) -> Vec<String> {
    let text = std::fs::read_to_string("README.md").expect("the README");
    let mut blocks = Vec::new();
    let mut open: Option<(String, String)> = None;
    for line in text.lines() {
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(kind)) => open = Some((kind.to_owned(), String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some((_, block)), None) => *block += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks
        .into_iter()
        .filter(|(own, _)| own == kind)
        .map(|(_, block)| block)
        .collect()
}

#[test]
fn every_session_in_the_readme_is_what_the_program_prints() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .case("README.md");
}

#[test]
fn the_two_commands_are_the_set_up_and_the_check() {
    let commands = blocks("sh");
    assert!(commands.len() >= 2, "{commands:?}");
    let arguments: Vec<&str> = commands[0].split_whitespace().collect();
    assert_eq!(arguments[..3], ["cargo", "run", "--"]);
    let run = finish(&mut mesh_advisor(&arguments[3..]));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("First steps"));
    let check = std::fs::read_to_string(".ci/run").expect("the project's check");
    assert!(
        check.lines().any(|line| line == commands[1].trim()),
        "the check runs `{}`",
        commands[1].trim()
    );
}

#[test]
fn answers_in_the_readme_are_answers() {
    let answers: Vec<String> = blocks("yaml")
        .into_iter()
        .filter(|block| block.contains("answers:\n  services"))
        .collect();
    assert!(!answers.is_empty());
    for block in answers {
        let run = finish(mesh_advisor(&["advise", "--brief", "--answers", "-"]).write_stdin(block));
        assert_eq!(run.code, 0, "{}", run.err);
    }
}

#[test]
fn every_kind_of_block_is_checked() {
    let text = std::fs::read_to_string("README.md").expect("the README");
    let kinds = text
        .lines()
        .filter_map(|line| line.strip_prefix("```"))
        .filter(|kind| !kind.is_empty());
    for kind in kinds {
        assert!(
            ["console", "sh", "yaml"].contains(&kind),
            "nothing checks blocks of `{kind}`"
        );
    }
}
