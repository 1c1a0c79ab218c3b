//! What every object has: its type, its name, its labels and annotations, and who owns it.

use serde::de::{IgnoredAny, MapAccess};
use smol_str::SmolStr;

use super::tolerant::{Key, Tolerant, read_struct, tolerant};

/// The type of an object: API group (empty for the core), version and kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName {
    /// The API group; empty for the core.
    pub group: SmolStr,
    /// The version within the group, as written.
    pub version: SmolStr,
    /// The kind.
    pub kind: SmolStr,
}

impl TypeName {
    /// The type of an `apiVersion` (`apps/v1`, `v1`) and a `kind`.
    pub fn new(api_version: &str, kind: &str) -> Self {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        Self {
            group: group.into(),
            version: version.into(),
            kind: kind.into(),
        }
    }
}

read_struct! {
    /// The parts of `metadata` that a rule reads.
    Meta {
        name: SmolStr = "name",
        namespace: SmolStr = "namespace",
        labels: Labels = "labels",
        annotations: Labels = "annotations",
        owners: Vec<Owner> = "ownerReferences",
        resource_version: SmolStr = "resourceVersion",
        created: SmolStr = "creationTimestamp",
    }

    /// An object that made another one.
    Owner {
        kind: SmolStr = "kind",
        name: SmolStr = "name",
        controller: bool = "controller",
    }
}

impl Meta {
    /// The object that manages this one: its controller, else the first that owns it.
    pub(crate) fn owner(&self) -> Option<&Owner> {
        self.owners
            .iter()
            .find(|owner| owner.controller)
            .or(self.owners.first())
    }
}

/// Labels or annotations, sorted by key. A copy of the object within an annotation is left out: it may say something
/// else than the object.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Labels(Vec<(SmolStr, SmolStr)>);

impl Labels {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        let found = self
            .0
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
            .ok()?;
        self.0.get(found).map(|(_, value)| value.as_str())
    }

    /// Whether a key has this value.
    pub(crate) fn is(&self, key: &str, value: &str) -> bool {
        self.get(key) == Some(value)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether these labels hold every one of a selector's. A selector without entries is not a selector.
    pub(crate) fn satisfy(&self, selector: &Labels) -> bool {
        selector.iter().all(|(key, value)| self.is(key, value))
    }

    /// Only the entries that somebody asks for.
    pub(crate) fn keep(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|(key, _)| wanted(key));
        self.0.shrink_to_fit();
    }
}

impl FromIterator<(SmolStr, SmolStr)> for Labels {
    fn from_iter<I: IntoIterator<Item = (SmolStr, SmolStr)>>(entries: I) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        // Stable, and of equal keys the last one stays.
        entries.sort_by(|one, other| one.0.cmp(&other.0));
        entries.reverse();
        entries.dedup_by(|one, other| one.0 == other.0);
        entries.reverse();
        Self(entries)
    }
}

impl<'de> Tolerant<'de> for Labels {
    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut entries: Vec<(SmolStr, SmolStr)> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            if key == "kubectl.kubernetes.io/last-applied-configuration" {
                map.next_value::<IgnoredAny>()?;
            } else {
                entries.push((SmolStr::new(&key), map.next_value_seed(tolerant())?));
            }
        }
        Ok(entries.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_label_that_stands_twice_the_last_one_counts() {
        let labels: Labels = [("b", "1"), ("a", "2"), ("b", "3")]
            .map(|(k, v)| (k.into(), v.into()))
            .into_iter()
            .collect();
        assert_eq!(labels.iter().collect::<Vec<_>>(), [("a", "2"), ("b", "3")]);
        assert_eq!(labels.get("b"), Some("3"));
        assert_eq!(labels.get("c"), None);
    }
}
