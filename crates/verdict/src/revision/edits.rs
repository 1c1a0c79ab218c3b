//! What changes between two files: things by their ids, not lines.
//!
//! Layout, comments and the order of keys are no changes. Signals and most rows of a table have no ids: two are the same
//! when their tests are.

use std::collections::BTreeSet;

use crate::rubric::name_of_row;
use crate::rubric::section::{SAID, Section};
use crate::text::{Entry, Node, Tree};

/// One change in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Where, by keys and ids: `verdict.small-fleet.because`.
    pub path: Vec<String>,
    /// What was done there.
    pub way: Way,
    /// What it touches.
    pub nature: Nature,
}

/// What was done to a part of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It has another value.
    Changed,
    /// Its items stand in another order.
    Reordered,
}

/// What a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// Texts, sources and figures: what is said.
    Text,
    /// Tests, points, domains: what is decided.
    Logic,
}

impl Edit {
    /// The place as it is written in messages: `questions.canary.signals[1].points`.
    pub fn place(&self) -> String {
        self.path.join(".").replace(".[", "[")
    }
}

/// The changes from one file to another, in the order of the files.
pub fn edits(old: &Tree, new: &Tree) -> Vec<Edit> {
    let mut edits = Vec::new();
    compare(&mut Vec::new(), old, new, &mut edits);
    edits.retain(|edit| !matches!(edit.path.as_slice(), [key] if key == "version"));
    edits
}

fn compare(path: &mut Vec<String>, old: &Tree, new: &Tree, edits: &mut Vec<Edit>) {
    match (old, new) {
        (Tree::Map(before), Tree::Map(after)) if !is_test(path) => {
            let is_new = |entry: &&Entry| old.get(&entry.key).is_none();
            // What is compared within a list has the same id, or none of its own.
            let is_told = |entry: &&Entry| path.is_empty() || entry.key != "id";
            let entries = before.iter().chain(after.iter().filter(is_new));
            let entries: Vec<&Entry> = entries.filter(is_told).collect();
            for Entry { key, .. } in entries {
                path.push(key.to_string());
                match (old.get(key), new.get(key)) {
                    (Some(old), Some(new)) => compare(path, old, new, edits),
                    // An empty list and none at all say the same.
                    (Some(one), None) | (None, Some(one)) => {
                        compare_absent(path, one, old.get(key).is_some(), edits)
                    }
                    (None, None) => {}
                }
                path.pop();
            }
        }
        (Tree::List(before), Tree::List(after))
            if !is_test(path) && has_names(before) && has_names(after) =>
        {
            lists(path, before, after, edits);
        }
        _ if old != new => edits.push(edit(path, Way::Changed)),
        _ => {}
    }
}

fn compare_absent(path: &mut Vec<String>, present: &Tree, is_old: bool, edits: &mut Vec<Edit>) {
    match present {
        Tree::Null => {}
        Tree::List(items) if items.is_empty() || has_names(items) => {
            let (before, after) = if is_old {
                (items.as_slice(), &[][..])
            } else {
                (&[][..], items.as_slice())
            };
            lists(path, before, after, edits);
        }
        _ => edits.push(edit(path, if is_old { Way::Removed } else { Way::Added })),
    }
}

/// Compares lists of things that have an id, or a test that stands for one.
fn lists(path: &mut Vec<String>, before: &[Node], after: &[Node], edits: &mut Vec<Edit>) {
    let (before, after) = (named(before), named(after));
    let find = |items: &[(String, String, &Tree)], name: &str| -> Option<usize> {
        items.iter().position(|(own, _, _)| own == name)
    };
    for (name, shown, old) in &before {
        path.push(shown.clone());
        match find(&after, name).and_then(|at| after.get(at)) {
            Some((_, _, new)) => compare(path, old, new, edits),
            None => edits.push(edit(path, Way::Removed)),
        }
        path.pop();
    }
    for (_, shown, _) in after
        .iter()
        .filter(|(name, _, _)| find(&before, name).is_none())
    {
        path.push(shown.clone());
        edits.push(edit(path, Way::Added));
        path.pop();
    }
    let shared =
        |items: &[(String, String, &Tree)], others: &[(String, String, &Tree)]| -> Vec<String> {
            items
                .iter()
                .map(|(name, _, _)| name.clone())
                .filter(|name| find(others, name).is_some())
                .collect()
        };
    if shared(&before, &after) != shared(&after, &before) {
        edits.push(edit(path, Way::Reordered));
    }
}

/// Each item with the name by which it is known and the one by which it is shown. A name that occurs again is numbered.
fn named(items: &[Node]) -> Vec<(String, String, &Tree)> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut named = Vec::new();
    for (index, item) in items.iter().map(|item| &item.tree).enumerate() {
        let id = item.get("id").and_then(Tree::word);
        let test = || serde_json::to_string(&item.get("when")).unwrap_or_default();
        let own = id.clone().filter(|id| *id != name_of_row(index));
        let mut name = own.unwrap_or_else(test);
        while !seen.insert(name.clone()) {
            name.push('+');
        }
        named.push((name, id.unwrap_or_else(|| format!("[{index}]")), item));
    }
    named
}

fn has_names(items: &[Node]) -> bool {
    items
        .iter()
        .all(|item| item.tree.get("id").is_some() || item.tree.get("when").is_some())
}

/// Whether the path leads into a test, whose parts say nothing by themselves.
fn is_test(path: &[String]) -> bool {
    path.last().is_some_and(|key| key == "when")
}

fn edit(path: &[String], way: Way) -> Edit {
    let last = path.last().map_or("", String::as_str);
    let is_of_tax = path.iter().any(|key| key == "tax");
    let is_text = is_of_tax
        || match way {
            Way::Reordered => Section::of_key(last).is_some_and(|section| !section.has_order()),
            Way::Added | Way::Removed | Way::Changed => {
                SAID.contains(&last)
                    || path.first().is_some_and(|key| {
                        [Section::Sources, Section::Parameters]
                            .iter()
                            .any(|said| key == said.key())
                    })
            }
        };
    Edit {
        path: path.to_vec(),
        way,
        nature: if is_text { Nature::Text } else { Nature::Logic },
    }
}
