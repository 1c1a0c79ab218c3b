//! Where each value stands in the text: the spans of keys and values, from a YAML event parser.

mod building;
mod offsets;

use std::collections::BTreeSet;
use std::ops::Range;

use saphyr_parser::{Parser, ScanError};

use building::Builder;
pub(super) use building::DEEPEST;
use offsets::Offsets;

use super::{Part, PlacedProblem, Problem, Route, Source, Step};

/// The places of a document's keys and values.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    span: Range<usize>,
    shape: Shape,
}

#[derive(Clone, Debug, Default)]
enum Shape {
    #[default]
    Scalar,
    List(Vec<Outline>),
    Map(Vec<Entry>),
}

#[derive(Clone, Debug)]
struct Entry {
    key: String,
    key_span: Range<usize>,
    value: Outline,
}

impl Outline {
    /// Reads the places of everything in `source`.
    ///
    /// # Errors
    /// The text is not YAML, is nested deeper than 64 levels, holds more than 200,000 values, or repeats more than 1 MiB
    /// by aliases.
    pub fn read(source: &Source) -> Result<Self, Box<PlacedProblem>> {
        let offsets = Offsets::of(&source.text);
        let mut builder = Builder::default();
        for event in Parser::new_from_str(&source.text) {
            let (event, span) = event.map_err(|error| syntax_problem(&error, &offsets))?;
            builder
                .take(event, offsets.range(span))
                .map_err(|message| refused(message, offsets.range(span)))?;
        }
        Ok(builder.finish())
    }

    /// The bytes of what `route` leads to, or of the nearest thing around it that exists.
    pub fn locate(&self, route: &Route, part: Part) -> Range<usize> {
        let mut here = self;
        let mut span = here.span.clone();
        for step in route.steps() {
            match (&here.shape, step) {
                (Shape::Map(entries), Step::Key(key)) => {
                    let Some(entry) = entries.iter().rfind(|entry| entry.key == *key) else {
                        return span;
                    };
                    here = &entry.value;
                    span = match part {
                        Part::Key => entry.key_span.clone(),
                        Part::Value => entry.value_span(),
                    };
                }
                (Shape::List(items), Step::Index(index)) => {
                    let Some(item) = items.get(*index) else {
                        return span;
                    };
                    here = item;
                    span = here.span.clone();
                }
                _ => return span,
            }
        }
        span
    }

    /// The keys of the mapping at `route`, in order; none when there is no mapping.
    pub fn keys(&self, route: &Route) -> Vec<&str> {
        match self.at(route).map(|outline| &outline.shape) {
            Some(Shape::Map(entries)) => entries.iter().map(|entry| entry.key.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// How many items the list at `route` has; 0 when there is no list.
    pub fn count(&self, route: &Route) -> usize {
        match self.at(route).map(|outline| &outline.shape) {
            Some(Shape::List(items)) => items.len(),
            _ => 0,
        }
    }

    /// Every key at any depth below `route`.
    pub fn keys_below(&self, route: &Route) -> Vec<&str> {
        self.at(route).map(Self::all_keys).unwrap_or_default()
    }

    /// Every key at any depth in the innermost item that holds this place, of a list under one of these keys.
    pub fn keys_around(&self, place: usize, lists: &[&str]) -> Vec<&str> {
        let mut here = self;
        let mut found = None;
        let mut is_list = false;
        loop {
            let next = match &here.shape {
                Shape::Scalar => None,
                Shape::List(items) => items
                    .iter()
                    .find(|item| item.span.contains(&place))
                    .map(|item| (item, false)),
                Shape::Map(entries) => {
                    let holds = |entry: &&Entry| {
                        entry.key_span.start <= place && place <= entry.value.span.end
                    };
                    let entry = entries
                        .iter()
                        .find(|entry| entry.value.span.contains(&place));
                    let entry = entry.or_else(|| entries.iter().find(holds));
                    entry.map(|entry| (&entry.value, lists.contains(&entry.key.as_str())))
                }
            };
            let Some((next, is_next_list)) = next else {
                break;
            };
            if is_list {
                found = Some(next);
            }
            (here, is_list) = (next, is_next_list);
        }
        found.map(Self::all_keys).unwrap_or_default()
    }

    fn all_keys(&self) -> Vec<&str> {
        match &self.shape {
            Shape::Scalar => Vec::new(),
            Shape::List(items) => items.iter().flat_map(Self::all_keys).collect(),
            Shape::Map(entries) => {
                let own = entries.iter().map(|entry| entry.key.as_str());
                own.chain(entries.iter().flat_map(|entry| entry.value.all_keys()))
                    .collect()
            }
        }
    }

    fn at(&self, route: &Route) -> Option<&Self> {
        route
            .steps()
            .iter()
            .try_fold(self, |here, step| match (&here.shape, step) {
                (Shape::Map(entries), Step::Key(key)) => entries
                    .iter()
                    .rfind(|entry| entry.key == *key)
                    .map(|entry| &entry.value),
                (Shape::List(items), Step::Index(index)) => items.get(*index),
                _ => None,
            })
    }

    /// Every key that a mapping holds twice, with the place of the later one and the route of its mapping.
    pub(super) fn repeated_keys(&self) -> Vec<(Route, String, Range<usize>)> {
        let mut found = Vec::new();
        self.collect_repeated(&Route::top(), &mut found);
        found
    }

    fn collect_repeated(&self, route: &Route, found: &mut Vec<(Route, String, Range<usize>)>) {
        match &self.shape {
            Shape::Scalar => {}
            Shape::List(items) => {
                for (index, item) in items
                    .iter()
                    .enumerate()
                    .filter(|(_, item)| !item.is_scalar())
                {
                    item.collect_repeated(&route.index(index), found);
                }
            }
            Shape::Map(entries) => {
                let mut seen = BTreeSet::new();
                for entry in entries {
                    if !seen.insert(entry.key.as_str()) {
                        found.push((route.clone(), entry.key.clone(), entry.key_span.clone()));
                    }
                    if !entry.value.is_scalar() {
                        entry.value.collect_repeated(&route.key(&entry.key), found);
                    }
                }
            }
        }
    }

    fn is_scalar(&self) -> bool {
        matches!(self.shape, Shape::Scalar)
    }

    /// Removes what the steps lead to, in step with [`super::Tree`].
    pub(super) fn remove(&mut self, steps: &[Step]) {
        let Some((step, rest)) = steps.split_first() else {
            return;
        };
        match (&mut self.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => {
                let Some(position) = entries.iter().rposition(|entry| entry.key == *key) else {
                    return;
                };
                if rest.is_empty() {
                    entries.remove(position);
                } else if let Some(entry) = entries.get_mut(position) {
                    entry.value.remove(rest);
                }
            }
            (Shape::List(items), Step::Index(index)) if *index < items.len() => {
                if rest.is_empty() {
                    items.remove(*index);
                } else if let Some(item) = items.get_mut(*index) {
                    item.remove(rest);
                }
            }
            _ => {}
        }
    }
}

impl Entry {
    /// A value that is absent (`key:`) has no bytes of its own: its key stands for it.
    fn value_span(&self) -> Range<usize> {
        if self.value.span.is_empty() {
            self.key_span.clone()
        } else {
            self.value.span.clone()
        }
    }
}

fn syntax_problem(error: &ScanError, offsets: &Offsets) -> Box<PlacedProblem> {
    let at = offsets.byte(error.marker().index());
    refused(format!("not valid YAML: {}", error.info()), at..at)
}

fn refused(message: String, span: Range<usize>) -> Box<PlacedProblem> {
    let problem = Problem::new(&Route::top(), message);
    Box::new(PlacedProblem { problem, span })
}
