//! What a reader of the book and of the READMEs follows and types: links that lead somewhere, commands that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::program::run;

/// The pages that people read, from the root of the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages = Vec::new();
    for folder in [
        ".",
        "docs/src",
        "examples/kubernetes",
        "examples/spark",
        "benches",
    ] {
        let entries = fs::read_dir(folder).expect("a folder of the repository");
        let paths = entries.map(|entry| entry.expect("an entry").path());
        pages.extend(paths.filter(|path| path.extension().is_some_and(|end| end == "md")));
    }
    pages.sort();
    assert!(pages.len() > 20, "{pages:?}");
    pages
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a page")
}

/// What a page says, and what it shows letter by letter: the lines of blocks and what stands between backticks.
fn prose_and_code(text: &str) -> (String, String) {
    let (mut prose, mut code) = (String::new(), String::new());
    let mut is_block = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            is_block = !is_block;
        } else if is_block {
            code += &format!("{line}\n");
        } else {
            for (nth, part) in line.split('`').enumerate() {
                let kind = if nth % 2 == 0 { &mut prose } else { &mut code };
                *kind += &format!("{part}\n");
            }
        }
    }
    (prose, code)
}

/// Where the links of a page lead.
fn links(text: &str) -> Vec<String> {
    let (prose, _) = prose_and_code(text);
    let ends = prose.split("](").skip(1);
    let addresses = ends.filter_map(|rest| rest.split_once(')').map(|(address, _)| address));
    addresses.map(str::to_owned).collect()
}

/// The name that a heading is linked by, as mdBook and GitHub make it.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_within_the_repository_leads_to_a_page_and_a_heading() {
    let mut followed = 0;
    for page in pages() {
        let text = read(&page);
        for link in links(&text)
            .into_iter()
            .filter(|link| !link.contains("://"))
        {
            let (path, name) = link.split_once('#').unwrap_or((&link, ""));
            let target = match path {
                "" => page.clone(),
                path => page.parent().expect("a folder").join(path),
            };
            assert!(target.exists(), "{}: {link}", page.display());
            if !name.is_empty() {
                let text = read(&target);
                let headings = text.lines().filter(|line| line.starts_with('#'));
                let names: BTreeSet<String> = headings
                    .map(|line| anchor(line.trim_start_matches('#')))
                    .collect();
                assert!(names.contains(name), "{}: {link}", page.display());
            }
            followed += 1;
        }
    }
    assert!(followed > 50, "{followed}");
}

/// The commands of this program on a page: lines of blocks, and what stands between backticks.
fn commands(text: &str) -> Vec<String> {
    let (_, code) = prose_and_code(text);
    let lines = code.lines().map(|line| line.trim_start_matches("$ "));
    let own = lines.filter(|line| line.starts_with("mesh-advisor "));
    own.map(str::to_owned).collect()
}

/// The words of a command up to a pipe, a redirection or a comment; `...` and the like stand for nothing.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in command.chars() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(own), c) if own == c => quote = None,
            (None, ' ') => words.push(String::new()),
            (_, c) => words.last_mut().expect("one at least").push(c),
        }
    }
    let words = words.into_iter().skip(1).filter(|word| !word.is_empty());
    words
        .take_while(|word| !matches!(word.as_str(), "|" | ">" | ">>" | "<" | "#" | "&&" | "\\"))
        .collect()
}

#[test]
fn every_command_that_is_written_down_is_one_that_the_program_takes() {
    let mut seen = BTreeSet::new();
    for page in pages() {
        for command in commands(&read(&page)) {
            let words = words(&command);
            // Names in capitals stand for words of the reader's own, and an option's value may be one that is checked.
            let is_pattern = words.iter().any(|word| {
                word.contains('…')
                    || word == "..."
                    || ["COMMAND", "SHELL", "NAME"].contains(&word.as_str())
            });
            if is_pattern || !seen.insert(words.clone()) {
                continue;
            }
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            words.push("--help");
            let run = run(&words);
            assert_eq!(run.code, 0, "{}: {command}\n{}", page.display(), run.err);
        }
    }
    assert!(seen.len() > 30, "{seen:?}");
}
