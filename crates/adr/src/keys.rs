//! The keys at the top of a YAML or JSON text, told without parsing it: a file with mistakes has keys as well.

use crate::lines::{lines, slice, text_start};

/// A key and what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key<'t> {
    /// The key without quotes.
    pub name: &'t str,
    /// The text after its colon, blanks and an opening quote left out.
    pub rest: &'t str,
}

/// The keys of the mapping that a text is, those of its first document where there are several.
pub fn top_level_keys(text: &str) -> Vec<Key<'_>> {
    let text = slice(text, text_start(text)..text.len());
    if text.trim_start().starts_with('[') {
        Vec::new()
    } else if text.trim_start().starts_with('{') {
        in_braces(text)
    } else {
        in_lines(text)
    }
}

fn key<'t>(text: &'t str, name: &'t str, colon: usize) -> Key<'t> {
    let rest = slice(text, colon + 1..text.len());
    Key {
        name: name.trim().trim_matches(['"', '\'']),
        rest: rest.trim_start_matches([' ', '\t', '\n', '\r', '"', '\'']),
    }
}

/// Block style: a key begins in the first column.
fn in_lines(text: &str) -> Vec<Key<'_>> {
    let mut found = Vec::new();
    for line in lines(text, 0..text.len()) {
        let words = line.text(text);
        let is_marker = words.starts_with("---") || words.starts_with("...");
        if is_marker && !found.is_empty() {
            break;
        }
        if words.starts_with([' ', '\t', '#', '-', '.', '%']) {
            continue;
        }
        let colon = words.match_indices(':').map(|(at, _)| at).find(|at| {
            let after = slice(words, at + 1..words.len());
            after.is_empty() || after.starts_with([' ', '\t'])
        });
        found.extend(colon.map(|colon| key(text, slice(words, 0..colon), line.start + colon)));
    }
    found
}

/// JSON and flow style: a key stands one brace deep.
fn in_braces(text: &str) -> Vec<Key<'_>> {
    let (mut depth, mut start, mut quote) = (0usize, 0, None);
    let mut is_escaped = false;
    let mut found = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            _ if is_escaped => is_escaped = false,
            (Some(b'"'), b'\\') => is_escaped = true,
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if slice(text, start..at).trim().is_empty() || depth != 1 => {
                quote = Some(byte)
            }
            (None, b'{' | b'[') => {
                depth += 1;
                start = at + 1;
            }
            (None, b'}' | b']') => depth = depth.saturating_sub(1),
            (None, b',') if depth == 1 => start = at + 1,
            (None, b':') if depth == 1 && start <= at => {
                found.push(key(text, slice(text, start..at), at));
                // Up to the next comma there is no other key.
                start = at + 1;
            }
            _ => {}
        }
        if depth == 0 && byte == b'}' {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn names(text: &str) -> Vec<&str> {
        top_level_keys(text)
            .into_iter()
            .map(|key| key.name)
            .collect()
    }

    #[test]
    fn only_keys_at_the_top_count() {
        assert_eq!(
            names("# c\nschema: 1\n\"decision\": mesh\nanswers:\n  teams: 3\n- a: b\n"),
            ["schema", "decision", "answers"]
        );
        assert_eq!(names("---\na: 1\n---\nb: 1\n"), ["a"]);
        assert_eq!(
            names(
                "{\"a\": {\"decision\": 1, \"answers\": []}, \"b\": [1, {\"c\": 2}], \"d\": \"e: f\"}"
            ),
            ["a", "b", "d"]
        );
        assert_eq!(
            names("{schema: 1, decision: mesh, answers: {teams: 3}}"),
            ["schema", "decision", "answers"]
        );
        assert_eq!(names("\u{feff}{\"a\\\"b\": 1}"), ["a\\\"b"]);
        assert_eq!(names("[{\"decision\": 1}]"), Vec::<&str>::new());
        assert_eq!(names("just words: of\n  prose"), ["just words"]);
    }

    #[test]
    fn a_value_begins_after_its_quote() {
        let text = "{ \"schema\": \"mesh-advisor/check/1\" }";
        assert!(
            top_level_keys(text)[0]
                .rest
                .starts_with("mesh-advisor/check")
        );
        assert!(
            top_level_keys("schema: 'mesh-advisor/x'")[0]
                .rest
                .starts_with("mesh-advisor/")
        );
    }

    proptest! {
        #[test]
        fn any_text_has_keys_without_a_panic(text in "([{}\\[\\]:,\"'\\\\ a\n]|(?s).){0,60}") {
            let _ = top_level_keys(&text);
        }
    }
}
