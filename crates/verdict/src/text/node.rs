//! A value as it stands in a file: keys in order, repeated keys kept, and the place of each key and value.

use std::collections::BTreeSet;
use std::ops::Range;

use smol_str::SmolStr;

use super::{Part, Route, Step};

/// A value and the bytes of the text it stands in; none for what comes from no text. Two are equal when they say the
/// same, wherever they stand.
#[derive(Clone, Debug, Default)]
pub struct Node {
    /// What it says.
    pub tree: Tree,
    /// Byte range in the text.
    pub span: Range<usize>,
}

/// A value as written. Unlike `serde_yaml::Value` it keeps the order of keys and does not refuse repeated ones, so that
/// every mistake in a file can be reported at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tree {
    /// Nothing, `null` or `~`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number, as it is written: `14.0`, `1e3`, `99999999999999999999`.
    Number(SmolStr),
    /// Text.
    Text(SmolStr),
    /// A list.
    List(Vec<Node>),
    /// A mapping, in file order.
    Map(Vec<Entry>),
}

/// An entry of a mapping.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key.
    pub key: SmolStr,
    /// Byte range of the key in the text.
    pub key_span: Range<usize>,
    /// The value.
    pub value: Node,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.tree == other.tree
    }
}

impl Eq for Node {}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

impl Eq for Entry {}

/// A value that comes from no text.
impl From<Tree> for Node {
    fn from(tree: Tree) -> Self {
        Self { tree, span: 0..0 }
    }
}

impl Node {
    /// The bytes of what `route` leads to, or of the nearest thing around it that exists. A value that is absent (`key:`)
    /// has no bytes of its own: its key stands for it.
    pub fn locate(&self, route: &Route, part: Part) -> Range<usize> {
        let mut here = self;
        let mut span = here.span.clone();
        for step in route.steps() {
            match (&here.tree, step) {
                (Tree::Map(entries), Step::Key(key)) => {
                    let Some(entry) = entries.iter().rfind(|entry| entry.key == *key) else {
                        return span;
                    };
                    here = &entry.value;
                    span = if part == Part::Key || here.span.is_empty() {
                        entry.key_span.clone()
                    } else {
                        here.span.clone()
                    };
                }
                (Tree::List(items), Step::Index(index)) => {
                    let Some(item) = items.get(*index) else {
                        return span;
                    };
                    here = item;
                    span = here.span.clone();
                }
                _ => return span,
            }
        }
        span
    }

    /// What `route` leads to.
    pub fn at(&self, route: &Route) -> Option<&Self> {
        let mut here = self;
        for step in route.steps() {
            here = match (&here.tree, step) {
                (Tree::Map(entries), Step::Key(key)) => {
                    &entries.iter().rfind(|entry| entry.key == *key)?.value
                }
                (Tree::List(items), Step::Index(index)) => items.get(*index)?,
                _ => return None,
            };
        }
        Some(here)
    }

    /// The keys of the mapping at `route`, in order; none when there is no mapping.
    pub fn keys(&self, route: &Route) -> Vec<&str> {
        match self.at(route).map(|node| &node.tree) {
            Some(Tree::Map(entries)) => entries.iter().map(|entry| entry.key.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// How many items the list at `route` has; 0 when there is no list.
    pub fn count(&self, route: &Route) -> usize {
        match self.at(route).map(|node| &node.tree) {
            Some(Tree::List(items)) => items.len(),
            _ => 0,
        }
    }

    /// Moves it and everything in it to one place.
    pub(super) fn move_to(&mut self, span: &Range<usize>) {
        self.span = span.clone();
        match &mut self.tree {
            Tree::List(items) => items.iter_mut().for_each(|item| item.move_to(span)),
            Tree::Map(entries) => entries.iter_mut().for_each(|entry| {
                entry.key_span = span.clone();
                entry.value.move_to(span);
            }),
            _ => {}
        }
    }

    /// Every key that a mapping holds twice, with the place of the later one and the route of its mapping.
    pub(super) fn repeated_keys(&self) -> Vec<(Route, SmolStr, Range<usize>)> {
        let mut found = Vec::new();
        self.collect_repeated(&Route::top(), &mut found);
        found
    }

    fn collect_repeated(&self, route: &Route, found: &mut Vec<(Route, SmolStr, Range<usize>)>) {
        match &self.tree {
            Tree::List(items) => {
                for (index, item) in items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| item.is_nested())
                {
                    item.collect_repeated(&route.index(index), found);
                }
            }
            Tree::Map(entries) => {
                let mut seen = BTreeSet::new();
                for entry in entries {
                    if !seen.insert(entry.key.as_str()) {
                        found.push((route.clone(), entry.key.clone(), entry.key_span.clone()));
                    }
                    if entry.value.is_nested() {
                        entry.value.collect_repeated(&route.key(&entry.key), found);
                    }
                }
            }
            _ => {}
        }
    }

    fn is_nested(&self) -> bool {
        matches!(self.tree, Tree::List(_) | Tree::Map(_))
    }

    /// Removes and returns what the steps lead to.
    pub(super) fn remove(&mut self, steps: &[Step]) -> Option<Node> {
        let (step, rest) = steps.split_first()?;
        match (&mut self.tree, step) {
            (Tree::Map(entries), Step::Key(key)) => {
                let position = entries.iter().rposition(|entry| entry.key == *key)?;
                if rest.is_empty() {
                    return Some(entries.remove(position).value);
                }
                entries.get_mut(position)?.value.remove(rest)
            }
            (Tree::List(items), Step::Index(index)) if *index < items.len() => {
                if rest.is_empty() {
                    return Some(items.remove(*index));
                }
                items.get_mut(*index)?.remove(rest)
            }
            _ => None,
        }
    }
}

impl Tree {
    /// A list of values that come from no text.
    pub fn list(items: impl IntoIterator<Item = Tree>) -> Self {
        Self::List(items.into_iter().map(Node::from).collect())
    }

    /// A mapping of values that come from no text.
    pub fn map(entries: impl IntoIterator<Item = (SmolStr, Tree)>) -> Self {
        let entry = |(key, tree)| Entry {
            key,
            key_span: 0..0,
            value: Node::from(tree),
        };
        Self::Map(entries.into_iter().map(entry).collect())
    }

    /// The value in a few words, for messages: `` `true` ``, `"abc"`, `a list`.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".into(),
            Self::Bool(value) => format!("`{value}`"),
            Self::Integer(value) => format!("`{value}`"),
            Self::Number(text) => format!("`{}`", shortened(text)),
            Self::Text(text) => format!("\"{}\"", shortened(text)),
            Self::List(_) => "a list".into(),
            Self::Map(_) => "a mapping".into(),
        }
    }

    /// The value as one bare word, when it is a scalar: what a person would call it in a message.
    pub fn word(&self) -> Option<String> {
        match self {
            Self::Bool(value) => Some(value.to_string()),
            Self::Integer(value) => Some(value.to_string()),
            Self::Number(text) | Self::Text(text) => Some(text.to_string()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The whole number that it is. `14.0` and `1e3` are whole numbers too, as they are by JSON Schema, as far as they
    /// stand for one number and no other.
    pub(crate) fn whole_number(&self) -> Option<i64> {
        /// Beyond 2^53 not every whole number has a form of its own.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::Integer(number) => Some(*number),
            Self::Number(text) => {
                let number: f64 = text.parse().ok()?;
                let is_whole = number.fract() == 0.0 && number.abs() <= EXACT;
                is_whole.then_some(number as i64)
            }
            _ => None,
        }
    }

    /// The value under `key`, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| &entry.value.tree),
            _ => None,
        }
    }

    /// Whether this word stands anywhere in the value, as a key or as a text.
    pub fn mentions(&self, word: &str) -> bool {
        match self {
            Self::Text(text) => text == word,
            Self::List(items) => items.iter().any(|item| item.tree.mentions(word)),
            Self::Map(entries) => entries
                .iter()
                .any(|entry| entry.key == word || entry.value.tree.mentions(word)),
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Number(_) => false,
        }
    }

    /// Every key at any depth.
    pub(crate) fn keys_below(&self) -> Vec<&SmolStr> {
        match self {
            Self::List(items) => items
                .iter()
                .flat_map(|item| item.tree.keys_below())
                .collect(),
            Self::Map(entries) => entries
                .iter()
                .flat_map(|entry| std::iter::once(&entry.key).chain(entry.value.tree.keys_below()))
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Adds every `id` in this value, at any depth.
    pub(super) fn collect_ids(&self, ids: &mut BTreeSet<String>) {
        match self {
            Self::Map(entries) => {
                for Entry { key, value, .. } in entries {
                    if let ("id", Self::Text(id)) = (key.as_str(), &value.tree) {
                        ids.insert(id.to_string());
                    }
                    value.tree.collect_ids(ids);
                }
            }
            Self::List(items) => items.iter().for_each(|item| item.tree.collect_ids(ids)),
            _ => {}
        }
    }
}

/// The text cut to a length that fits a message.
pub fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or("")),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_when_it_stands_for_one_whole_number() {
        for (text, whole) in [
            ("14.0", Some(14)),
            ("1e3", Some(1000)),
            ("-2.0", Some(-2)),
            ("9007199254740992.0", Some(9_007_199_254_740_992)),
            ("14.5", None),
            ("1e16", None),
            ("99999999999999999999", None),
            (".inf", None),
            (".nan", None),
        ] {
            assert_eq!(Tree::Number(text.into()).whole_number(), whole, "{text}");
        }
    }
}
