//! What most objects are to the rules: a `spec`.

use serde::de::{IgnoredAny, MapAccess};

use super::tolerant::{Key, Tolerant, tolerant};

const SPEC: &str = "spec";

/// An object of which rules read nothing beside its `spec`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(crate) struct Specified<T> {
    pub(crate) spec: T,
}

impl<T> Specified<T> {
    /// Takes the value of this key, or passes it over.
    pub(crate) fn read_entry<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<(), A::Error>
    where
        T: Tolerant<'de>,
    {
        if key == SPEC {
            self.spec = map.next_value_seed(tolerant())?;
        } else {
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

impl<'de, T: Tolerant<'de>> Tolerant<'de> for Specified<T> {
    fn reads(key: &str) -> bool {
        key == SPEC
    }

    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut read = Self::default();
        while let Some(Key(key)) = map.next_key()? {
            read.read_entry(&key, &mut map)?;
        }
        Ok(read)
    }
}
