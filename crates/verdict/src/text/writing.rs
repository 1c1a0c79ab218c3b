//! Values as YAML for people: as few quotes as can be, and nothing that two readers would take for two things.
//!
//! serde_yaml writes by YAML 1.1, in which U+0085, U+2028 and U+2029 are line feeds; by YAML 1.2 they are not.

use std::fmt::Write;

use super::parse::plain;
use super::{Entry, Tree};

/// A mapping in block style, its entries' own mappings too; what is deeper in one line.
pub fn block(tree: &Tree) -> String {
    let Tree::Map(entries) = tree else {
        return flow(tree);
    };
    let mut text = String::new();
    for Entry { key, value, .. } in entries {
        match &value.tree {
            Tree::Map(inner) if !inner.is_empty() => {
                text += &format!("{key}:\n");
                for Entry { key, value, .. } in inner {
                    text += &format!("  {key}: {}\n", flow(&value.tree));
                }
            }
            value => text += &format!("{key}: {}\n", flow(value)),
        }
    }
    text
}

/// A value in one line, as it is written between others.
pub fn flow(tree: &Tree) -> String {
    match tree {
        Tree::Null => "null".into(),
        Tree::Bool(value) => value.to_string(),
        Tree::Integer(value) => value.to_string(),
        Tree::Number(text) => text.to_string(),
        Tree::Text(text) if is_plain(text) => text.to_string(),
        Tree::Text(text) => quoted(text),
        Tree::List(items) => format!(
            "[{}]",
            items
                .iter()
                .map(|item| flow(&item.tree))
                .collect::<Vec<_>>()
                .join(", ")
        ),
        Tree::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key, flow(&entry.value.tree)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// Whether a text stands for itself without quotes: one word that no reader takes for something else.
fn is_plain(text: &str) -> bool {
    let is_word = text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@'));
    is_word && plain(text) == Tree::Text(text.into())
}

/// A text in double quotes; what cannot be seen is spelled out.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Document, Source};

    #[test]
    fn words_that_mean_something_else_are_quoted() {
        for text in [
            "true", "null", "14", "1.5", "2e3", "~", "", "a b", "a: b", "@x", "# x", "-", "no\ttab",
        ] {
            assert!(flow(&Tree::Text(text.into())).starts_with('"'), "{text:?}");
        }
        for text in ["no-mesh", "2026-11-20", "service-mesh@1.0.0", "unknown"] {
            assert_eq!(flow(&Tree::Text(text.into())), text);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_back_as_it_was(text in "(?s).{0,40}") {
            let written = format!("a: {}\n", flow(&Tree::Text((&text).into())));
            let theirs: Tree = serde_yaml::from_str(&written).expect("valid");
            let ours = Document::read(&Source::new("a", written)).expect("valid");
            let text = Tree::Text(text.into());
            prop_assert_eq!((theirs.get("a"), ours.get("a")), (Some(&text), Some(&text)));
        }
    }
}
