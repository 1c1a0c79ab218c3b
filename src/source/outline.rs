//! Where each value stands in the text: the spans of keys and values, from a YAML event parser.

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScanError, Span};

use super::{Part, PlacedProblem, Problem, Route, Source, Step};

/// The deepest nesting that is read. Hand-written rubrics stay below 20.
const DEEPEST: usize = 64;

/// The most values that one document may hold: far above any rubric, low enough to stay cheap.
const MOST_VALUES: usize = 200_000;

/// The most that aliases may repeat, in bytes of text and 8 for each value. Without it a megabyte of `*a` could stand for
/// gigabytes.
const MOST_REPEATED: usize = 1024 * 1024;

/// What a value counts for beside its text.
const VALUE_SIZE: usize = 8;

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
            builder.take(event, offsets.range(span)).map_err(|message| refused(message, offsets.range(span)))?;
        }
        Ok(builder.done)
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
                Shape::List(items) => items.iter().find(|item| item.span.contains(&place)).map(|item| (item, false)),
                Shape::Map(entries) => {
                    let holds = |entry: &&Entry| entry.key_span.start <= place && place <= entry.value.span.end;
                    let entry = entries.iter().find(|entry| entry.value.span.contains(&place));
                    let entry = entry.or_else(|| entries.iter().find(holds));
                    entry.map(|entry| (&entry.value, lists.contains(&entry.key.as_str())))
                }
            };
            let Some((next, is_next_list)) = next else { break };
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
                own.chain(entries.iter().flat_map(|entry| entry.value.all_keys())).collect()
            }
        }
    }

    fn at(&self, route: &Route) -> Option<&Self> {
        route.steps().iter().try_fold(self, |here, step| match (&here.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => {
                entries.iter().rfind(|entry| entry.key == *key).map(|entry| &entry.value)
            }
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
                for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.is_scalar()) {
                    item.collect_repeated(&route.index(index), found);
                }
            }
            Shape::Map(entries) => {
                let mut seen = std::collections::BTreeSet::new();
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
        if self.value.span.is_empty() { self.key_span.clone() } else { self.value.span.clone() }
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

/// Character positions, as the parser counts, to byte positions, as Rust does.
struct Offsets {
    /// The byte offset of each character; empty when all characters are single bytes.
    of_characters: Vec<usize>,
    length: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let of_characters =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(offset, _)| offset).collect() };
        Self { of_characters, length: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        if self.of_characters.is_empty() {
            return character.min(self.length);
        }
        self.of_characters.get(character).copied().unwrap_or(self.length)
    }

    fn range(&self, span: Span) -> Range<usize> {
        self.byte(span.start.index())..self.byte(span.end.index())
    }
}

/// Collects events into outlines without recursion: what is open waits on a stack.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    values: usize,
    documents: usize,
    /// What has been read, aliases followed.
    size: usize,
    /// What of it came from aliases.
    repeated: usize,
    /// The size of what each anchor stands for.
    anchors: BTreeMap<usize, usize>,
    done: Outline,
}

struct Open {
    outline: Outline,
    /// The anchor on it (0 for none), and what had been read before it.
    anchor: (usize, usize),
    /// In a mapping: the key that waits for its value.
    key: Option<(String, Range<usize>)>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Range<usize>) -> Result<(), String> {
        match event {
            Event::Scalar(text, _, anchor, _) => {
                let before = self.size;
                self.size += VALUE_SIZE + text.len();
                self.anchored(anchor, before);
                self.value(Some(text.into_owned()), span)
            }
            Event::Alias(anchor) => {
                self.repeat(anchor)?;
                self.value(None, span)
            }
            Event::SequenceStart(anchor, _) => self.start(Shape::List(Vec::new()), anchor, span),
            Event::MappingStart(anchor, _) => self.start(Shape::Map(Vec::new()), anchor, span),
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::DocumentStart(_) => self.document(),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn document(&mut self) -> Result<(), String> {
        self.documents += 1;
        match self.documents {
            0 | 1 => Ok(()),
            _ => Err("a second document starts here; one document a file is read".into()),
        }
    }

    /// Remembers what an anchor stands for: everything since `before`. 0 is no anchor.
    fn anchored(&mut self, anchor: usize, before: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, self.size - before);
        }
    }

    fn repeat(&mut self, anchor: usize) -> Result<(), String> {
        let size = self.anchors.get(&anchor).copied().unwrap_or(0);
        self.size += size;
        self.repeated += size;
        if self.repeated > MOST_REPEATED {
            return Err("aliases repeat more than 1 MiB here; write out what is meant".into());
        }
        Ok(())
    }

    fn value(&mut self, text: Option<String>, span: Range<usize>) -> Result<(), String> {
        self.values += 1;
        if self.values > MOST_VALUES {
            return Err(format!("more than {MOST_VALUES} values in one document"));
        }
        if let Some(open) = self.open.last_mut()
            && matches!(open.outline.shape, Shape::Map(_))
            && open.key.is_none()
        {
            open.key = Some((text.unwrap_or_default(), span));
            return Ok(());
        }
        self.attach(Outline { span, shape: Shape::Scalar });
        Ok(())
    }

    fn start(&mut self, shape: Shape, anchor: usize, span: Range<usize>) -> Result<(), String> {
        if self.open.len() >= DEEPEST {
            return Err(format!("nested deeper than {DEEPEST} levels"));
        }
        if let Some(open) = self.open.last_mut()
            && matches!(open.outline.shape, Shape::Map(_))
            && open.key.is_none()
        {
            return Err("a list or mapping cannot be a key here".into());
        }
        self.open.push(Open { outline: Outline { span, shape }, anchor: (anchor, self.size), key: None });
        self.size += VALUE_SIZE;
        Ok(())
    }

    fn end(&mut self, span: Range<usize>) -> Result<(), String> {
        if let Some(mut closed) = self.open.pop() {
            closed.outline.span.end = span.end.max(closed.outline.span.start);
            let (anchor, before) = closed.anchor;
            self.anchored(anchor, before);
            self.attach(closed.outline);
        }
        Ok(())
    }

    fn attach(&mut self, outline: Outline) {
        let Some(open) = self.open.last_mut() else {
            self.done = outline;
            return;
        };
        match &mut open.outline.shape {
            Shape::Scalar => {}
            Shape::List(items) => items.push(outline),
            Shape::Map(entries) => {
                if let Some((key, key_span)) = open.key.take() {
                    entries.push(Entry { key, key_span, value: outline });
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> Option<String> {
        Outline::read(&Source::new("a", text)).err().map(|placed| placed.problem.message)
    }

    #[test]
    fn aliases_that_repeat_little_are_read_and_bombs_are_refused() {
        assert_eq!(refusal("a: &x [1, 2]\nb: *x\nc: *x\n"), None);
        let wide = format!("a: &x \"{}\"\nb: [{}]\n", "y".repeat(100_000), "*x,".repeat(100));
        assert!(refusal(&wide).is_some_and(|message| message.starts_with("aliases repeat")));
        let mut deep = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
        for level in 1..20 {
            deep += &format!("a{level}: &a{level} [{}]\n", format!("*a{},", level - 1).repeat(9));
        }
        assert!(refusal(&deep).is_some_and(|message| message.starts_with("aliases repeat")));
    }
}
