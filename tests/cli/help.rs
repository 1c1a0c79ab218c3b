//! The help of every command, as a stranger reads it, also in a narrow terminal.

use std::collections::BTreeMap;

use crate::program::{finish, mesh_advisor};

/// The help of a command, such as `rubric check`, laid out for so many columns.
fn help(command: &str, columns: usize) -> String {
    let words: Vec<&str> = command.split_whitespace().chain(["--help"]).collect();
    let run = finish(mesh_advisor(&words).env("COLUMNS", columns.to_string()));
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{command}");
    run.out
}

/// The commands that a help lists, each with what is said of it there.
fn listed(help: &str) -> BTreeMap<String, String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in lines.take_while(|line| !line.is_empty()) {
        match (line.strip_prefix("   "), commands.last_mut()) {
            (Some(more), Some((_, about))) => *about += &format!(" {}", more.trim()),
            _ => {
                let (name, about) = line
                    .trim()
                    .split_once(' ')
                    .expect("a name and what it does");
                commands.push((name.to_owned(), about.trim().to_owned()));
            }
        }
    }
    commands
        .into_iter()
        .filter(|(name, _)| name != "help")
        .collect()
}

/// Every command with what is said of it where it is listed.
fn commands() -> BTreeMap<String, String> {
    let mut all = listed(&help("", 100));
    let below = listed(&help("rubric", 100)).into_iter();
    all.extend(below.map(|(name, about)| (format!("rubric {name}"), about)));
    assert!(all.len() >= 16, "{all:?}");
    all
}

#[test]
fn the_help_of_a_command_begins_with_what_is_said_of_it_where_it_is_listed() {
    for (command, about) in commands() {
        let text = help(&command, 100);
        let first: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).collect();
        assert_eq!(first.join(" "), about, "{command}");
        assert!(text.contains("\nUsage: mesh-advisor "), "{command}");
    }
}

#[test]
fn the_help_fits_sixty_columns_but_for_what_has_no_blanks() {
    for command in commands().into_keys().chain([String::new()]) {
        for line in help(&command, 60).lines() {
            let can_break = !line.starts_with("Usage: ")
                && line
                    .split_whitespace()
                    .all(|word| word.chars().count() < 50);
            let width = line.chars().count();
            assert!(width <= 60 || !can_break, "{command}: {line}");
        }
    }
}
