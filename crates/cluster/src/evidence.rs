//! How strong evidence is, and the objects that bear it.

use std::fmt;

use smol_str::SmolStr;

use crate::place::Place;

/// What a statement rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// The input cannot show it. Never "no".
    NotVisible,
    /// A label, an annotation or a policy asks for it.
    Declared,
    /// A running object shows it.
    Observed,
    /// A policy makes it binding.
    Enforced,
}

impl Strength {
    /// The word for it in every output.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotVisible => "not-visible",
            Self::Declared => "declared",
            Self::Observed => "observed",
            Self::Enforced => "enforced",
        }
    }
}

/// What an object is called: `Kind/namespace/name`, with `-` where no namespace is written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectName {
    /// Its kind.
    pub kind: SmolStr,
    /// Its namespace; empty where none is written, be it that it has none.
    pub namespace: SmolStr,
    /// Its name.
    pub name: SmolStr,
}

impl ObjectName {
    /// A name of these parts.
    pub fn new(kind: &str, namespace: &str, name: &str) -> Self {
        Self {
            kind: kind.into(),
            namespace: namespace.into(),
            name: name.into(),
        }
    }
}

impl fmt::Display for ObjectName {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let namespace = if self.namespace.is_empty() {
            "-"
        } else {
            &self.namespace
        };
        write!(formatter, "{}/{}/{}", self.kind, namespace, self.name)
    }
}

/// An object that bears a statement out, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Witness {
    /// The object.
    pub object: ObjectName,
    /// Where it stands.
    pub place: Place,
}
