//! A tree of settings (values of a chart, MeshConfig) laid flat: `meshConfig.rootNamespace` -> text.

use serde::de::{IgnoredAny, MapAccess, SeqAccess};
use smol_str::SmolStr;

use super::tolerant::{Key, Tolerant, tolerant};

/// The leaves of a tree of settings, by the path of their keys. Lists are leaves with the text `[]`, except that a
/// list that holds something has the text `[…]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Settings(Vec<(SmolStr, SmolStr)>);

/// Nobody asks for anything deeper, and a hostile file may nest without end.
const DEEPEST: usize = 6;

/// A chart's values have some hundred leaves; what has more is data.
const MOST_LEAVES: usize = 4096;

impl Settings {
    /// Reads a text of YAML (or JSON, which is YAML); nothing where it cannot be read.
    pub(crate) fn parse(text: &str) -> Self {
        use serde::de::DeserializeSeed;
        tolerant::<Self>()
            .deserialize(serde_yaml::Deserializer::from_str(text))
            .unwrap_or_default()
    }

    /// The text of a leaf.
    pub(crate) fn get(&self, path: &str) -> Option<&str> {
        self.0
            .iter()
            .rev()
            .find(|(known, _)| known == path)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a leaf says `true`.
    pub(crate) fn is_true(&self, path: &str) -> bool {
        self.get(path) == Some("true")
    }

    /// Whether something is set at this path or below it.
    pub(crate) fn holds(&self, path: &str) -> bool {
        self.0.iter().any(|(known, _)| {
            known
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// The keys at the top.
    pub(crate) fn top_keys(&self) -> impl Iterator<Item = &str> {
        self.0
            .iter()
            .map(|(path, _)| path.split('.').next().unwrap_or(path))
    }

    /// Lays other settings over these: where both set a leaf, the others hold.
    pub(crate) fn extend(&mut self, over: &Settings) {
        self.0.extend(over.0.iter().cloned());
    }

    /// Sets one leaf.
    pub(crate) fn set(&mut self, path: &str, value: &str) {
        self.0.push((path.into(), value.into()));
    }
}

/// A tree while it is being laid flat: a leaf, or the leaves of a subtree with their paths.
#[derive(Default)]
enum Tree {
    #[default]
    Nothing,
    Leaf(SmolStr),
    Branch(Vec<(String, SmolStr)>),
}

impl<'de> Tolerant<'de> for Tree {
    fn from_text(text: &str) -> Self {
        Self::Leaf(SmolStr::new(text))
    }

    fn from_bool(value: bool) -> Self {
        Self::Leaf(<SmolStr as Tolerant>::from_bool(value))
    }

    fn from_integer(value: i64) -> Self {
        Self::Leaf(<SmolStr as Tolerant>::from_integer(value))
    }

    fn from_float(value: f64) -> Self {
        Self::Leaf(<SmolStr as Tolerant>::from_float(value))
    }

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut text = "[]";
        while list.next_element::<IgnoredAny>()?.is_some() {
            text = "[…]";
        }
        Ok(Self::Leaf(SmolStr::new_static(text)))
    }

    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut leaves = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            if leaves.len() >= MOST_LEAVES {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            match map.next_value_seed(tolerant())? {
                Self::Nothing => {}
                Self::Leaf(value) => leaves.push((key.into_owned(), value)),
                Self::Branch(below) => leaves.extend(
                    below
                        .into_iter()
                        .filter(|(path, _)| path.matches('.').count() < DEEPEST)
                        .map(|(path, value)| (format!("{key}.{path}"), value)),
                ),
            }
        }
        Ok(Self::Branch(leaves))
    }
}

impl<'de> Tolerant<'de> for Settings {
    /// Values that a manifest carries as a block of text (Argo CD's `helm.values`).
    fn from_text(text: &str) -> Self {
        Self::parse(text)
    }

    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        Ok(match Tree::from_map(map)? {
            Tree::Branch(leaves) => Self(
                leaves
                    .into_iter()
                    .map(|(path, value)| (path.into(), value))
                    .collect(),
            ),
            Tree::Nothing | Tree::Leaf(_) => Self::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_is_laid_flat_and_later_settings_hold() {
        let mut values =
            Settings::parse("profile: ambient\ncni: {exclusive: false, bin: [a]}\nempty: []\n");
        assert_eq!(values.get("profile"), Some("ambient"));
        assert_eq!(values.get("cni.exclusive"), Some("false"));
        assert_eq!(values.get("cni.bin"), Some("[…]"));
        assert_eq!(values.get("empty"), Some("[]"));
        assert!(values.holds("cni") && !values.holds("cn"));
        values.extend(&Settings::parse("cni: {exclusive: true}"));
        assert!(values.is_true("cni.exclusive"));
    }

    #[test]
    fn a_text_that_is_no_yaml_has_no_settings() {
        assert_eq!(Settings::parse("{{ .Values }}: ["), Settings::default());
    }
}
