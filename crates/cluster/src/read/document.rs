//! From a piece of text to the objects in it: single objects, lists of them, and lists whose items leave it to the list
//! to say what they are.
//!
//! An object is read in one pass when its type is known before its contents are met. Where `kind` stands later, what
//! stands before it is passed over; only if a rule reads that, the text is read once more, now with the types known.

use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};
use smol_str::SmolStr;

use super::essential::essential;
use super::skipped::Reason;
use super::sniff::Syntax;
use crate::object::tolerant::{Key, tolerant};
use crate::object::{Body, Meta, Object, TypeName};

/// How many lists are opened within each other.
const DEEPEST_LIST: u8 = 8;

/// How many keys that stand before the type of an object are remembered.
const MOST_KEYS_BEFORE: usize = 32;

/// How many brackets of YAML may be open at once. The parser looks at every open one for each token.
const DEEPEST_FLOW: usize = 512;

/// What stands in a piece of text.
#[derive(Debug, Default)]
pub(crate) struct Documents {
    pub(crate) objects: Vec<Object>,
    /// Mappings without `apiVersion` and `kind`.
    pub(crate) kindless: u64,
    /// The text holds an action of a template. It may still be YAML, by accident: `name: {{ .name }}` is a mapping whose
    /// key is a mapping.
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
        Syntax::Json => read_twice(item_type, Vec::new(), |reading| {
            let mut deserializer = serde_json::Deserializer::from_slice(text);
            reading
                .read(&mut deserializer)
                .and_then(|()| deserializer.end())
                .map_err(|error| of_json(&error))
        })
        .or_else(|reason| match reason {
            // What is not quite JSON may be YAML in the same brackets.
            Reason::Syntax => read(text, Syntax::Yaml, item_type),
            reason => Err(reason),
        }),
        Syntax::Yaml => {
            let text = std::str::from_utf8(text).map_err(|_| Reason::NotUtf8)?;
            let why = |reason| {
                if is_template(text) {
                    Reason::Template
                } else {
                    reason
                }
            };
            if is_nested_too_deeply(text.as_bytes()) {
                return Err(why(Reason::TooDeep));
            }
            let guess = guess(text);
            if let Some(read) = guess.as_ref().and_then(|guess| read_essential(text, guess)) {
                return Ok(read);
            }
            let guesses = vec![guess.or_else(|| item_type.cloned())];
            read_twice(item_type, guesses, |reading| reading.read_yaml(text))
                .map_err(why)
                .map(|read| Documents {
                    is_template: is_template(text),
                    ..read
                })
        }
    }
}

/// Reads what of an object is worth reading; `None` when that is not all there is to it after all.
fn read_essential(text: &str, type_name: &TypeName) -> Option<Documents> {
    let essential = essential(text, type_name)?;
    let guesses = [Some(type_name.clone())];
    let mut reading = Reading {
        item_type: None,
        guesses: &guesses,
        documents: Documents::default(),
        lists: 0,
    };
    reading.read_yaml(&essential).ok()?;
    let documents = reading.documents;
    let is_all = !documents.is_incomplete
        && documents
            .objects
            .iter()
            .map(|object| &object.type_name)
            .eq([type_name]);
    (is_all && documents.kindless == 0).then_some(documents)
}

fn read_twice(
    item_type: Option<&TypeName>,
    guesses: Vec<Option<TypeName>>,
    read: impl Fn(&mut Reading<'_>) -> Result<(), Reason>,
) -> Result<Documents, Reason> {
    let mut first = Reading {
        item_type,
        guesses: &guesses,
        documents: Documents::default(),
        lists: 0,
    };
    read(&mut first)?;
    if !first.documents.is_incomplete {
        return Ok(first.documents);
    }
    let types = first.documents.types;
    let mut second = Reading {
        item_type,
        guesses: &types,
        documents: Documents::default(),
        lists: 0,
    };
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

/// Whether a text that is no YAML holds an action of a template.
fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("{%")
}

/// Whether more brackets are open at once than the parser can be asked to follow. Brackets in strings count too: a text
/// with so many of them that are never closed is no manifest.
fn is_nested_too_deeply(text: &[u8]) -> bool {
    if memchr::memchr2_iter(b'{', b'[', text)
        .nth(DEEPEST_FLOW)
        .is_none()
    {
        return false;
    }
    let mut depth = 0_usize;
    text.iter().any(|byte| {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > DEEPEST_FLOW
    })
}

/// The type of the object that a YAML text holds, told by its lines. Whatever it says is compared with what is read.
fn guess(text: &str) -> Option<TypeName> {
    let first = text.lines().find(|line| {
        !matches!(
            line.trim_start().as_bytes().first(),
            None | Some(b'#' | b'-')
        )
    })?;
    let indent = first.len() - first.trim_start().len();
    let of = |key: &str| {
        let value = text
            .lines()
            .find_map(|line| line.get(indent..)?.strip_prefix(key)?.strip_prefix(": "))?;
        Some(value.trim().trim_matches(['"', '\'']))
    };
    Some(TypeName::new(of("apiVersion")?, of("kind")?))
}

/// The state of one pass over a text.
struct Reading<'a> {
    item_type: Option<&'a TypeName>,
    guesses: &'a [Option<TypeName>],
    documents: Documents,
    lists: u8,
}

impl Reading<'_> {
    fn read_yaml(&mut self, text: &str) -> Result<(), Reason> {
        for document in serde_yaml::Deserializer::from_str(text) {
            self.read(document).map_err(|error| of_yaml(&error))?;
        }
        Ok(())
    }

    fn read<'de, D: Deserializer<'de>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        Document(self).deserialize(deserializer)
    }
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

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        Ok(())
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        let (_, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant::<IgnoredAny>().map(drop)
    }
}

/// What stands under `items`: whether it is a list.
struct Items<'r, 'a>(&'r mut Reading<'a>);

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

    fn visit_bool<E: Error>(self, _: bool) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<bool, E> {
        Ok(false)
    }

    /// How an empty list of Go is printed, and what stands around a list whose items were taken out.
    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(true)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<bool, A::Error> {
        let (_, variant) = data.variant::<IgnoredAny>()?;
        variant.newtype_variant::<IgnoredAny>()?;
        Ok(false)
    }
}

/// An object while its keys come in.
struct Unfinished {
    /// Its place among everything that can be an object.
    index: usize,
    api_version: SmolStr,
    kind: SmolStr,
    meta: Meta,
    /// The type by which its contents are read, once that is known or guessed.
    body: Option<(TypeName, Body)>,
    before: Vec<SmolStr>,
    /// The objects that are its items.
    items: Option<std::ops::Range<usize>>,
}

impl Unfinished {
    fn begin(reading: &mut Reading<'_>) -> Self {
        let index = reading.documents.types.len();
        reading.documents.types.push(None);
        let inherited = reading.item_type.filter(|_| reading.lists == 0);
        let guess = reading
            .guesses
            .get(index)
            .and_then(Option::as_ref)
            .or(inherited);
        Self {
            index,
            api_version: SmolStr::default(),
            kind: SmolStr::default(),
            meta: Meta::default(),
            body: guess.map(|guess| (guess.clone(), Body::of(guess))),
            before: Vec::new(),
            items: None,
        }
    }

    fn take<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        reading: &mut Reading<'_>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match key {
            "apiVersion" => self.api_version = map.next_value_seed(tolerant())?,
            "kind" => self.kind = map.next_value_seed(tolerant())?,
            "metadata" => self.meta = map.next_value_seed(tolerant())?,
            "items" => {
                let start = reading.documents.types.len();
                if map.next_value_seed(Items(reading))? {
                    self.items = Some(start..reading.documents.types.len());
                }
            }
            key => return self.take_contents(key, map),
        }
        if self.body.is_none() {
            self.body = self.own_type().map(|own| (own.clone(), Body::of(&own)));
        }
        Ok(())
    }

    fn take_contents<'de, A: MapAccess<'de>>(
        &mut self,
        key: &str,
        map: &mut A,
    ) -> Result<(), A::Error> {
        match &mut self.body {
            Some((_, body)) => body.read(key, map),
            None => {
                if self.before.len() < MOST_KEYS_BEFORE {
                    self.before.push(key.into());
                }
                map.next_value::<IgnoredAny>().map(drop)
            }
        }
    }

    fn own_type(&self) -> Option<TypeName> {
        let is_said = !self.api_version.is_empty() && !self.kind.is_empty();
        is_said.then(|| TypeName::new(&self.api_version, &self.kind))
    }

    fn end(mut self, reading: &mut Reading<'_>) {
        if let Some(items) = self.items.take() {
            let item_type = self.own_type().and_then(|list| item_type(&list));
            self.name_items(items, item_type.as_ref(), reading);
            reading.documents.list = item_type;
            if self.kind.is_empty() || self.kind.ends_with("List") {
                return;
            }
        }
        let inherited = reading.item_type.filter(|_| reading.lists == 0);
        let said_by_list = || {
            reading
                .guesses
                .get(self.index)
                .cloned()
                .flatten()
                .filter(|_| reading.lists > 0)
        };
        let Some(type_name) = self
            .own_type()
            .or_else(|| inherited.cloned())
            .or_else(said_by_list)
        else {
            reading.documents.kindless += 1;
            return;
        };
        let is_of_type = self
            .body
            .as_ref()
            .is_some_and(|(known, _)| *known == type_name);
        let body = match self.body.take() {
            Some((_, body)) if is_of_type => body,
            _ => Body::of(&type_name),
        };
        let is_passed_over =
            self.before.len() == MOST_KEYS_BEFORE || self.before.iter().any(|key| body.reads(key));
        reading.documents.is_incomplete |= body != Body::Other && (!is_of_type || is_passed_over);
        if let Some(slot) = reading.documents.types.get_mut(self.index) {
            *slot = Some(type_name.clone());
        }
        if type_name.group.is_empty() && type_name.kind == "Secret" {
            self.meta.annotations = crate::object::Labels::default();
        }
        reading.documents.objects.push(Object {
            type_name,
            meta: self.meta,
            body,
        });
    }

    /// Gives the items that do not say what they are the type that the list has for them.
    fn name_items(
        &self,
        items: std::ops::Range<usize>,
        item_type: Option<&TypeName>,
        reading: &mut Reading<'_>,
    ) {
        let Some(item_type) = item_type else { return };
        for slot in reading.documents.types.get_mut(items).into_iter().flatten() {
            if slot.is_none() {
                *slot = Some(item_type.clone());
                reading.documents.is_incomplete = true;
            }
        }
    }
}

/// The type of the items of a typed list: of a `PodList`, `Pod`.
fn item_type(list: &TypeName) -> Option<TypeName> {
    let kind = list
        .kind
        .strip_suffix("List")
        .filter(|kind| !kind.is_empty())?;
    Some(TypeName {
        kind: kind.into(),
        ..list.clone()
    })
}
