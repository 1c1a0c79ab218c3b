//! The texts of a rubric as they are kept: an id, a title, a sentence.
//!
//! They are used where they stand in the program because that is measured to be worth it. Unpacking the built-in rubric,
//! which each start does, takes 656,000 instructions; with texts of their own, copied and allocated where they are longer
//! than 23 bytes, 892,000 (a program that does nothing else, `opt-level = 2`, x86-64, `valgrind --tool=callgrind`; the
//! difference between unpacking twice and once).

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use smol_str::SmolStr;

/// A text that costs nothing to copy. One that was read from a file is its own; one that comes with the program is used
/// where it stands in the program, which is why these texts, and all that is made of them, can only be deserialised
/// from data that lives as long as the program.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Words(SmolStr);

impl Words {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Words {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<String> for Words {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&String> for Words {
    fn from(text: &String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<Words> for SmolStr {
    fn from(words: Words) -> Self {
        words.0
    }
}

impl PartialEq<str> for Words {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Words {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<String> for Words {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl PartialEq<Words> for &str {
    fn eq(&self, other: &Words) -> bool {
        other == self
    }
}

impl PartialEq<Words> for String {
    fn eq(&self, other: &Words) -> bool {
        other == self
    }
}

impl fmt::Display for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de: 'static> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WordsVisitor;

        impl<'de: 'static> Visitor<'de> for WordsVisitor {
            type Value = Words;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text")
            }

            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Words, E> {
                Ok(Words(SmolStr::new_static(text)))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Words, E> {
                Ok(Words(SmolStr::new(text)))
            }
        }

        deserializer.deserialize_str(WordsVisitor)
    }
}
