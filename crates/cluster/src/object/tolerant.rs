//! Reading that a wrong type cannot stop: what does not fit is passed over, and its neighbours are kept.
//!
//! A manifest is untrusted, and real ones hold quantities where numbers belong, `null` where a list belongs and template
//! leftovers anywhere. Only a mistake of syntax comes back as an error; a value of another type reads as nothing.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess,
    SeqAccess, VariantAccess, Visitor,
};
use smol_str::SmolStr;

/// A value that is read from whatever stands in its place; each form that it does not know reads as the default.
pub(crate) trait Tolerant<'de>: Default {
    /// Whether a rule may read what stands under this key of an object.
    fn reads(_key: &str) -> bool {
        true
    }

    fn from_text(_: &str) -> Self {
        Self::default()
    }

    fn from_bool(_: bool) -> Self {
        Self::default()
    }

    fn from_integer(_: i64) -> Self {
        Self::default()
    }

    fn from_float(_: f64) -> Self {
        Self::default()
    }

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }

    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Self::default())
    }
}

/// Reads one tolerant value.
pub(crate) fn tolerant<T>() -> Reading<T> {
    Reading(PhantomData)
}

/// How serde asks for a tolerant value.
pub(crate) struct Reading<T>(PhantomData<T>);

impl<'de, T: Tolerant<'de>> DeserializeSeed<'de> for Reading<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de, T: Tolerant<'de>> Visitor<'de> for Reading<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Ok(T::from_bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Ok(T::from_integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Ok(i64::try_from(value).map_or_else(|_| T::default(), T::from_integer))
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        Ok(T::from_float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Ok(T::from_text(value))
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        Ok(T::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<T, A::Error> {
        T::from_list(list)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::from_map(map)
    }

    /// A YAML value with a tag: nothing in Kubernetes has one.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<T, A::Error> {
        let (_, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant::<IgnoredAny>()?;
        Ok(T::default())
    }
}

/// The key of an entry, borrowed from the input where that is possible.
pub(crate) struct Key<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }

            fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(value)))
            }

            fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(value.to_owned())))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(value.to_string())))
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(value.to_string())))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(value.to_string())))
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(format!("{value:?}"))))
            }

            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed("")))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Key(Cow::Borrowed("")))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Key(Cow::Borrowed("")))
            }
        }

        deserializer.deserialize_any(KeyVisitor)
    }
}

impl Tolerant<'_> for SmolStr {
    fn from_text(text: &str) -> Self {
        SmolStr::new(text)
    }

    fn from_bool(value: bool) -> Self {
        SmolStr::new_static(if value { "true" } else { "false" })
    }

    fn from_integer(value: i64) -> Self {
        smol_str::format_smolstr!("{value}")
    }

    fn from_float(value: f64) -> Self {
        smol_str::format_smolstr!("{value:?}")
    }
}

/// A number as text counts too: `"3"`; `${replicas}` does not.
impl Tolerant<'_> for Option<i64> {
    fn from_text(text: &str) -> Self {
        text.trim().parse().ok()
    }

    fn from_integer(value: i64) -> Self {
        Some(value)
    }

    fn from_float(value: f64) -> Self {
        // Whole numbers that a tool wrote as `3.0`; beyond 2^53 a float no longer tells neighbours apart.
        #[expect(clippy::cast_possible_truncation, reason = "whole and within 2^53")]
        (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as i64)
    }
}

impl Tolerant<'_> for bool {
    fn from_text(text: &str) -> Self {
        text == "true"
    }

    fn from_bool(value: bool) -> Self {
        value
    }
}

impl Tolerant<'_> for Option<bool> {
    fn from_text(text: &str) -> Self {
        text.parse().ok()
    }

    fn from_bool(value: bool) -> Self {
        Some(value)
    }
}

impl<'de, T: Tolerant<'de>> Tolerant<'de> for Vec<T> {
    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(tolerant())? {
            items.push(item);
        }
        Ok(items)
    }
}

impl<'de, T: Tolerant<'de>> Tolerant<'de> for Box<T> {
    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::from_map(map).map(Box::new)
    }
}

/// A mapping that is there, were it empty: `{}` is not the same as nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Tolerant<'de>> Tolerant<'de> for Maybe<T> {
    fn from_text(text: &str) -> Self {
        Self(Some(T::from_text(text)))
    }

    fn from_bool(value: bool) -> Self {
        Self(Some(T::from_bool(value)))
    }

    fn from_integer(value: i64) -> Self {
        Self(Some(T::from_integer(value)))
    }

    fn from_float(value: f64) -> Self {
        Self(Some(T::from_float(value)))
    }

    fn from_list<A: SeqAccess<'de>>(list: A) -> Result<Self, A::Error> {
        T::from_list(list).map(|value| Self(Some(value)))
    }

    fn from_map<A: MapAccess<'de>>(map: A) -> Result<Self, A::Error> {
        T::from_map(map).map(|value| Self(Some(value)))
    }
}

/// Whether something stands there that is neither null, nor false, nor empty. What it is, no rule asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct Given(pub(crate) bool);

impl<'de> Tolerant<'de> for Given {
    fn from_text(text: &str) -> Self {
        Self(!text.is_empty())
    }

    fn from_bool(value: bool) -> Self {
        Self(value)
    }

    fn from_integer(_: i64) -> Self {
        Self(true)
    }

    fn from_float(_: f64) -> Self {
        Self(true)
    }

    fn from_list<A: SeqAccess<'de>>(mut list: A) -> Result<Self, A::Error> {
        let mut given = false;
        while list.next_element::<IgnoredAny>()?.is_some() {
            given = true;
        }
        Ok(Self(given))
    }

    fn from_map<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut given = false;
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            given = true;
        }
        Ok(Self(given))
    }
}

/// Declares structs that are read tolerantly, each field from the key beside it. A key that is written twice counts
/// as it stands the last time.
macro_rules! read_struct {
    ($(
        $(#[$meta:meta])*
        $name:ident { $( $(#[$field_meta:meta])* $field:ident: $type:ty = $key:literal, )* }
    )*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
        pub(crate) struct $name {
            $( $(#[$field_meta])* pub(crate) $field: $type, )*
        }

        impl $name {
            /// Takes the value of this key, or passes it over.
            pub(crate) fn read_entry<'de, A: serde::de::MapAccess<'de>>(
                &mut self,
                key: &str,
                map: &mut A,
            ) -> Result<(), A::Error> {
                match key {
                    $( $key => self.$field = map.next_value_seed($crate::object::tolerant::tolerant())?, )*
                    _ => { map.next_value::<serde::de::IgnoredAny>()?; }
                }
                Ok(())
            }
        }

        impl<'de> $crate::object::tolerant::Tolerant<'de> for $name {
            fn reads(key: &str) -> bool {
                matches!(key, $($key)|*)
            }

            fn from_map<A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                let mut read = Self::default();
                while let Some(key) = map.next_key::<$crate::object::tolerant::Key<'de>>()? {
                    read.read_entry(&key.0, &mut map)?;
                }
                Ok(read)
            }
        }
    )*};
}

pub(crate) use read_struct;
