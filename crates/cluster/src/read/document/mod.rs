//! From a piece of text to the objects in it: single objects, lists of them, and lists whose items leave it to the list
//! to say what they are.
//!
//! An object is read in one pass when its type is known before its contents are met. Where `kind` stands later, what
//! stands before it is passed over; only if a rule reads that, the text is read once more, now with the types known.

mod block;
mod looks;
mod reading;
mod unfinished;

use super::skipped::Reason;
use super::sniff::Syntax;
use crate::object::{Object, TypeName};
use looks::{is_nested_too_deeply, is_template};
use reading::Reading;

/// What stands in a piece of text.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) objects: Vec<Object>,
    /// Mappings without `apiVersion` and `kind`.
    pub(crate) kindless: u64,
    /// Something in it has no type or no name, and the text holds an action of a template. It may still be YAML, by
    /// accident: `name: {{ .name }}` is a mapping whose key is a mapping.
    pub(crate) is_template: bool,
    /// What the last list with a frame makes of items that do not say it themselves.
    pub(crate) list: Option<TypeName>,
    /// The types of everything that can be an object, in the order in which they begin.
    types: Vec<Option<TypeName>>,
    /// Something was passed over that a rule reads.
    is_incomplete: bool,
}

impl Documents {
    /// Whether it is a mapping that does not say what it is, and nothing else.
    pub(crate) fn is_kindless(&self) -> bool {
        self.kindless == 1 && self.objects.is_empty()
    }

    fn is_without_type_or_name(&self) -> bool {
        let has_no_name = |object: &Object| object.meta.name.is_empty();
        self.kindless > 0 || self.objects.iter().any(has_no_name)
    }
}

/// Reads a piece of text. `item_type` is what the list around it says of its items.
///
/// # Errors
/// Why it cannot be read. What the parser says is not told: it may hold a value of the text.
pub(crate) fn read(
    text: &[u8],
    syntax: Syntax,
    item_type: Option<&TypeName>,
) -> Result<Documents, Reason> {
    match syntax {
        Syntax::Json => read_twice(item_type, |reading| match std::str::from_utf8(text) {
            // Checked once as a whole, not string by string.
            Ok(text) => read_json(reading, serde_json::Deserializer::from_str(text)),
            Err(_) => read_json(reading, serde_json::Deserializer::from_slice(text)),
        })
        .or_else(|reason| match reason {
            // What is not quite JSON may be YAML in the same brackets.
            Reason::Syntax => read(text, Syntax::Yaml, item_type),
            reason => Err(reason),
        }),
        Syntax::Yaml => {
            let text = std::str::from_utf8(text).map_err(|_| Reason::NotUtf8)?;
            read_yaml(text, item_type)
                .map(|read| Documents {
                    is_template: read.is_without_type_or_name() && is_template(text),
                    ..read
                })
                .map_err(|reason| {
                    if is_template(text) {
                        Reason::Template
                    } else {
                        reason
                    }
                })
        }
    }
}

fn read_json<'de>(
    reading: &mut Reading<'_>,
    mut deserializer: serde_json::Deserializer<impl serde_json::de::Read<'de>>,
) -> Result<(), Reason> {
    reading
        .read(&mut deserializer)
        .and_then(|()| deserializer.end())
        .map_err(|error| of_json(&error))
}

fn read_yaml(text: &str, item_type: Option<&TypeName>) -> Result<Documents, Reason> {
    if let Ok(read) = read_twice(item_type, |reading| reading.read_block(text)) {
        return Ok(read);
    }
    if is_nested_too_deeply(text.as_bytes()) {
        return Err(Reason::TooDeep);
    }
    read_twice(item_type, |reading| reading.read_yaml(text))
}

fn read_twice<E>(
    item_type: Option<&TypeName>,
    read: impl Fn(&mut Reading<'_>) -> Result<(), E>,
) -> Result<Documents, E> {
    let mut first = Reading::begin(item_type, &[]);
    read(&mut first)?;
    if !first.documents.is_incomplete {
        return Ok(first.documents);
    }
    let types = first.documents.types;
    let mut second = Reading::begin(item_type, &types);
    read(&mut second)?;
    Ok(second.documents)
}

fn of_json(error: &serde_json::Error) -> Reason {
    if error.is_eof() {
        Reason::Truncated
    } else if error.to_string().starts_with("recursion limit") {
        Reason::TooDeep
    } else {
        Reason::Syntax
    }
}
