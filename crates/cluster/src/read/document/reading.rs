//! One pass over a text: its documents, and the items of their lists.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::Documents;
use super::block::{self, Unusual};
use super::unfinished::Unfinished;
use crate::object::TypeName;
use crate::object::tolerant::Key;
use crate::read::skipped::Reason;

/// How many lists are opened within each other.
const DEEPEST_LIST: u8 = 8;

/// The state of one pass over a text.
pub(super) struct Reading<'a> {
    /// What the list around the text says of its items.
    pub(super) item_type: Option<&'a TypeName>,
    /// The types of everything that can be an object, as far as they are known before.
    pub(super) guesses: &'a [Option<TypeName>],
    pub(super) documents: Documents,
    /// How many lists are open.
    pub(super) lists: u8,
}

impl<'a> Reading<'a> {
    pub(super) fn begin(item_type: Option<&'a TypeName>, guesses: &'a [Option<TypeName>]) -> Self {
        Self {
            item_type,
            guesses,
            documents: Documents::default(),
            lists: 0,
        }
    }

    pub(super) fn read_yaml(&mut self, text: &str) -> Result<(), Reason> {
        for document in serde_yaml::Deserializer::from_str(text) {
            self.read(document).map_err(|error| of_yaml(&error))?;
        }
        Ok(())
    }

    /// Reads a text of one document, if it is written in the usual style.
    pub(super) fn read_block(&mut self, text: &str) -> Result<(), Unusual> {
        block::read(text, Document(self))
    }

    pub(super) fn read<'de, D: Deserializer<'de>>(
        &mut self,
        deserializer: D,
    ) -> Result<(), D::Error> {
        Document(self).deserialize(deserializer)
    }
}

fn of_yaml(error: &serde_yaml::Error) -> Reason {
    let message = error.to_string();
    let is_limit = ["recursion limit", "repetition limit"]
        .iter()
        .any(|limit| message.contains(limit));
    if is_limit {
        Reason::TooDeep
    } else {
        Reason::Syntax
    }
}
/// What every scalar reads as, and a value with a tag.
macro_rules! scalars_read_as {
    ($value:expr) => {
        scalars_read_as! { $value;
            visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_i128: i128, visit_u128: u128, visit_f64: f64,
            visit_str: &str
        }

        fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Self::Value, A::Error> {
            let (_, variant) = data.variant::<IgnoredAny>()?;
            variant.newtype_variant::<IgnoredAny>()?;
            Ok($value)
        }
    };
    ($value:expr; $($visit:ident: $scalar:ty),*) => {$(
        fn $visit<E: Error>(self, _: $scalar) -> Result<Self::Value, E> {
            Ok($value)
        }
    )*};
}

/// A value that may be an object, or a list.
struct Document<'r, 'a>(&'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut object = Unfinished::begin(self.0);
        while let Some(Key(key)) = map.next_key()? {
            object.take(&key, self.0, &mut map)?;
        }
        object.end(self.0);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        Items(self.0).visit_seq(list).map(drop)
    }

    scalars_read_as!(());

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// What stands under `items`: whether it is a list.
pub(super) struct Items<'r, 'a>(pub(super) &'r mut Reading<'a>);

impl<'de> DeserializeSeed<'de> for Items<'_, '_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Items<'_, '_> {
    type Value = bool;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<bool, A::Error> {
        self.0.lists += 1;
        if self.0.lists > DEEPEST_LIST {
            while list.next_element::<IgnoredAny>()?.is_some() {}
        }
        while list.next_element_seed(Document(self.0))?.is_some() {}
        self.0.lists -= 1;
        Ok(true)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<bool, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(false)
    }

    scalars_read_as!(false);

    /// How an empty list of Go is printed, and what stands around a list whose items were taken out.
    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(true)
    }
}
