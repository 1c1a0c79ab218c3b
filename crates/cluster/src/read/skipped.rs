//! What was not read, and why.

use std::collections::BTreeMap;

use crate::Place;

/// How many places are kept for each reason.
const MOST_EXAMPLES: usize = 3;

/// Why a part of the input was not read as an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// A template of Helm or another tool, which is no YAML until it is rendered.
    Template,
    /// It is no YAML or JSON.
    Syntax,
    /// It ends in the middle.
    Truncated,
    /// It is no UTF-8.
    NotUtf8,
    /// It holds bytes that no text has.
    Binary,
    /// It is compressed.
    Compressed,
    /// One object is larger than what is kept in memory at once.
    TooLarge,
    /// Its brackets are nested too deeply, or its aliases repeat too much.
    TooDeep,
    /// Text between values, such as the log of the tool that wrote them.
    TextBetween,
    /// It has no `apiVersion` and `kind`: a file of values, or of another tool.
    NoKind,
    /// It has a kind and no name.
    NoName,
    /// It cannot be opened or read.
    Unreadable,
    /// It is a link, which is not followed.
    Link,
    /// It is neither a file nor a directory.
    NotAFile,
}

impl Reason {
    /// The stable name of the reason.
    pub fn id(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Syntax => "syntax",
            Self::Truncated => "truncated",
            Self::NotUtf8 => "not-utf8",
            Self::Binary => "binary",
            Self::Compressed => "compressed",
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::TextBetween => "text-between",
            Self::NoKind => "no-kind",
            Self::NoName => "no-name",
            Self::Unreadable => "unreadable",
            Self::Link => "link",
            Self::NotAFile => "not-a-file",
        }
    }

    /// The reason in words, after "skipped:".
    pub fn words(self) -> &'static str {
        match self {
            Self::Template => "a template, not plain YAML; render it first",
            Self::Syntax => "not well-formed YAML or JSON",
            Self::Truncated => "cut off in the middle",
            Self::NotUtf8 => "not UTF-8",
            Self::Binary => "not a text",
            Self::Compressed => "compressed; unpack it first",
            Self::TooLarge => "one object larger than 64 MiB",
            Self::TooDeep => "nested too deeply, or aliases that repeat too much",
            Self::TextBetween => "text between the values",
            Self::NoKind => "no apiVersion and kind",
            Self::NoName => "no name",
            Self::Unreadable => "cannot be read",
            Self::Link => "a symbolic link, which is not followed",
            Self::NotAFile => "neither a file nor a directory",
        }
    }
}

/// What was skipped for one reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skips {
    /// How often.
    pub count: u64,
    /// The first few places.
    pub examples: Vec<Place>,
}

/// Everything that was skipped, by reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Skipped(BTreeMap<Reason, Skips>);

impl Skipped {
    /// Counts one more.
    pub fn add(&mut self, reason: Reason, place: Place) {
        let skips = self.0.entry(reason).or_default();
        skips.count += 1;
        if skips.examples.len() < MOST_EXAMPLES {
            skips.examples.push(place);
        }
    }

    /// The reasons that occurred, in the order of [`Reason`].
    pub fn iter(&self) -> impl Iterator<Item = (Reason, &Skips)> {
        self.0.iter().map(|(reason, skips)| (*reason, skips))
    }

    /// How often something was skipped for this reason.
    pub fn count(&self, reason: Reason) -> u64 {
        self.0.get(&reason).map_or(0, |skips| skips.count)
    }
}
