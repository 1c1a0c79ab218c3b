//! A YAML or JSON value as it stands in the file: keys in order, repeated keys kept.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};
use smol_str::SmolStr;

use super::Step;

/// A value as written. Unlike `serde_yaml::Value` it keeps the order of keys and does not refuse repeated ones, so that
/// every mistake in a file can be reported at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Tree {
    /// Nothing, `null` or `~`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(SmolStr),
    /// A list.
    List(Vec<Tree>),
    /// A mapping, in file order.
    Map(Vec<(SmolStr, Tree)>),
}

impl Tree {
    /// The value in a few words, for messages: `` `true` ``, `"abc"`, `a list`.
    pub fn describe(&self) -> String {
        match self {
            Self::Null => "nothing".into(),
            Self::Bool(value) => format!("`{value}`"),
            Self::Integer(value) => format!("`{value}`"),
            Self::Float(value) => format!("`{value}`"),
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
            Self::Float(value) => Some(value.to_string()),
            Self::Text(text) => Some(text.to_string()),
            Self::Null | Self::List(_) | Self::Map(_) => None,
        }
    }

    /// The value under `key`, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        match self {
            Self::Map(entries) => entries
                .iter()
                .find(|(name, _)| name == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// Whether this word stands anywhere in the value, as a key or as a text.
    pub fn mentions(&self, word: &str) -> bool {
        match self {
            Self::Text(text) => text == word,
            Self::List(items) => items.iter().any(|item| item.mentions(word)),
            Self::Map(entries) => entries
                .iter()
                .any(|(key, value)| key == word || value.mentions(word)),
            Self::Null | Self::Bool(_) | Self::Integer(_) | Self::Float(_) => false,
        }
    }

    /// How deep lists and mappings are nested: 0 for a single value.
    pub(super) fn depth(&self) -> usize {
        match self {
            Self::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Map(entries) => {
                1 + entries
                    .iter()
                    .map(|(_, value)| value.depth())
                    .max()
                    .unwrap_or(0)
            }
            _ => 0,
        }
    }

    /// Whether some mapping holds a key twice.
    pub(super) fn has_repeated_keys(&self) -> bool {
        match self {
            Self::List(items) => items.iter().any(Self::has_repeated_keys),
            Self::Map(entries) => {
                let keys: BTreeSet<&str> = entries.iter().map(|(key, _)| key.as_str()).collect();
                keys.len() < entries.len()
                    || entries.iter().any(|(_, value)| value.has_repeated_keys())
            }
            _ => false,
        }
    }

    /// Removes and returns what the steps lead to.
    pub(super) fn remove(&mut self, steps: &[Step]) -> Option<Tree> {
        let (step, rest) = steps.split_first()?;
        match (self, step) {
            (Self::Map(entries), Step::Key(key)) => {
                let position = entries.iter().rposition(|(name, _)| name == key)?;
                if rest.is_empty() {
                    return Some(entries.remove(position).1);
                }
                entries.get_mut(position)?.1.remove(rest)
            }
            (Self::List(items), Step::Index(index)) if *index < items.len() => {
                if rest.is_empty() {
                    return Some(items.remove(*index));
                }
                items.get_mut(*index)?.remove(rest)
            }
            _ => None,
        }
    }

    /// Adds every `id` in this value, at any depth.
    pub(super) fn collect_ids(&self, ids: &mut BTreeSet<String>) {
        match self {
            Self::Map(entries) => {
                for (key, value) in entries {
                    if let ("id", Self::Text(id)) = (key.as_str(), value) {
                        ids.insert(id.to_string());
                    }
                    value.collect_ids(ids);
                }
            }
            Self::List(items) => items.iter().for_each(|item| item.collect_ids(ids)),
            _ => {}
        }
    }
}

/// The text cut to a length that fits a message.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or("")),
        None => text.to_owned(),
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Tree, D::Error> {
        Tree::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(i64::try_from(value).map_or(Tree::Float(value as f64), Tree::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = access.next_entry::<Tree, Tree>()? {
            let key = match key {
                Tree::Text(key) => key,
                Tree::Null => "null".into(),
                key => key
                    .word()
                    .ok_or_else(|| A::Error::custom("a list or mapping cannot be a key here"))?
                    .into(),
            };
            entries.push((key, value));
        }
        Ok(Tree::Map(entries))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, access: A) -> Result<Tree, A::Error> {
        // A YAML tag such as `!thing value`: the tag says nothing here, the value is what counts.
        let (_tag, content) = access.variant::<String>()?;
        serde::de::VariantAccess::newtype_variant(content)
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(items) => serializer.collect_seq(items),
            Self::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key.as_str(), value)?;
                }
                map.end()
            }
        }
    }
}
