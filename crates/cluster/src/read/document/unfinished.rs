//! An object while its keys come in.

use std::ops::Range;

use serde::de::{IgnoredAny, MapAccess};
use smol_str::SmolStr;

use super::reading::{Items, Reading};
use crate::object::tolerant::tolerant;
use crate::object::{Body, Labels, Meta, Object, TypeName};

/// How many keys that stand before the type of an object are remembered.
const MOST_KEYS_BEFORE: usize = 32;

/// An object while its keys come in.
pub(super) struct Unfinished {
    /// Its place among everything that can be an object.
    index: usize,
    api_version: SmolStr,
    kind: SmolStr,
    meta: Meta,
    /// The type by which its contents are read, once that is known or guessed.
    body: Option<(TypeName, Body)>,
    before: Vec<SmolStr>,
    /// The objects that are its items.
    items: Option<Range<usize>>,
}

impl Unfinished {
    pub(super) fn begin(reading: &mut Reading<'_>) -> Self {
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

    pub(super) fn take<'de, A: MapAccess<'de>>(
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

    pub(super) fn end(mut self, reading: &mut Reading<'_>) {
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
            self.meta.annotations = Labels::default();
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
        items: Range<usize>,
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
