//! Texts with placeholders: `{services}` in a reason stands for the answer, `{namespace}` in a starter for what its
//! reader gives.

use serde::{Deserialize, Serialize};
use smallvec::{SmallVec, smallvec};

use super::Words;
use crate::ids::FactId;

/// A text whose placeholders are known to name things of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "I: Serialize",
    deserialize = "'de: 'static, I: Deserialize<'de>"
))]
pub struct Template<I>(SmallVec<[Piece<I>; 1]>);

/// A text whose placeholders name facts.
pub type Text = Template<FactId>;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(
    serialize = "I: Serialize",
    deserialize = "'de: 'static, I: Deserialize<'de>"
))]
enum Piece<I> {
    Literal(Words),
    /// What stands for the thing that is named.
    Named(I),
}

impl<I> Default for Template<I> {
    fn default() -> Self {
        Self(SmallVec::new())
    }
}

/// What is said of something that holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Wording {
    /// Where the answers show that it holds.
    pub known: Text,
    /// Where it holds only because something is assumed.
    pub assumed: Option<Text>,
}

impl Wording {
    /// The texts that there are.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        std::iter::once(&self.known).chain(&self.assumed)
    }
}

impl<I: Copy> Template<I> {
    /// Reads a text; `named` knows the things by id. `{{` and `}}` stand for braces, and braces around anything that
    /// is not written like such an id are left as they are.
    ///
    /// # Errors
    /// The names in placeholders that name nothing.
    pub fn parse(text: &str, named: impl Fn(&str) -> Option<I>) -> Result<Self, Vec<String>> {
        if !text.contains(['{', '}']) {
            return Ok(Self(smallvec![Piece::Literal(text.into())]));
        }
        let mut pieces = SmallVec::new();
        let mut unknown = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(brace) = rest.find(['{', '}']) {
            let (before, from_brace) = rest.split_at(brace);
            literal.push_str(before);
            if let Some(after) = from_brace.strip_prefix("{{") {
                literal.push('{');
                rest = after;
            } else if let Some(after) = from_brace.strip_prefix("}}") {
                literal.push('}');
                rest = after;
            } else if let Some((name, after)) = placeholder(from_brace) {
                match named(name) {
                    Some(named) => {
                        pieces.push(Piece::Literal(std::mem::take(&mut literal).into()));
                        pieces.push(Piece::Named(named));
                    }
                    None => unknown.push(name.to_owned()),
                }
                rest = after;
            } else {
                let (brace, after) = from_brace.split_at(1);
                literal.push_str(brace);
                rest = after;
            }
        }
        literal.push_str(rest);
        pieces.push(Piece::Literal(literal.into()));
        if unknown.is_empty() {
            Ok(Self(pieces))
        } else {
            Err(unknown)
        }
    }

    /// The things that it names.
    pub fn names(&self) -> impl Iterator<Item = I> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Named(named) => Some(*named),
            Piece::Literal(_) => None,
        })
    }

    /// The text with each placeholder replaced by what `value` says of the thing that it names.
    pub fn fill(&self, value: impl Fn(I) -> String) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Literal(text) => text.to_string(),
                Piece::Named(named) => value(*named),
            })
            .collect()
    }
}

/// The name in `{name}` at the start of `text`, and what follows it.
fn placeholder(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix('{')?.split_once('}')?;
    let is_name = name.starts_with(|character: char| character.is_ascii_lowercase())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    is_name.then_some((name, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{Id, Table};

    fn facts(name: &str) -> Option<FactId> {
        let known: Table<FactId, &str> = ["services", "teams"].into_iter().collect();
        known.find(|fact| *fact == name)
    }

    #[test]
    fn placeholders_are_filled_and_other_braces_left_alone() {
        let text = Text::parse("{services} by {teams}: GET /{Id}, {{x}} {", facts).expect("valid");
        assert_eq!(
            text.fill(|fact| format!("<{}>", fact.position())),
            "<0> by <1>: GET /{Id}, {x} {"
        );
    }

    #[test]
    fn unknown_names_are_all_reported() {
        assert_eq!(
            Text::parse("{service} {teams} {tems}", facts),
            Err(vec!["service".into(), "tems".into()])
        );
    }
}
