//! From a document to serde types, with every mistake reported instead of only the first.
//!
//! Serde stops at the first error. Here an error knows its route, so the faulty part is cut out (up to the nearest list
//! item or optional key) and the rest is read again, until it fits: each turn reports one mistake more.

use std::collections::BTreeSet;

use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use smol_str::SmolStr;

use super::outline::DEEPEST;
use super::{Outline, PlacedProblem, Places, Problem, Route, Source, Step, Tree};

/// After this many mistakes a file is not worth reading further.
pub const MOST_PROBLEMS: usize = 100;

/// A text of so many bytes is cheap to read, whatever is in it, as long as it has no aliases and few brackets.
const SMALL: usize = 64 * 1024;
/// Time grows with the square of the brackets that are open: ten thousand would take a quarter of a second.
const FEW_BRACKETS: usize = 1000;

/// A document being read: its values, their places and the mistakes found so far.
#[derive(Debug)]
pub struct Document {
    tree: Tree,
    places: Places,
    problems: Vec<PlacedProblem>,
    /// The ids of what was cut out.
    lost: BTreeSet<String>,
}

impl Document {
    /// Reads `source` as one YAML document (JSON is YAML). Repeated keys are reported and the earlier value is kept.
    ///
    /// # Errors
    /// The text is not YAML, or is larger or deeper than what is read.
    pub fn read(source: &Source) -> Result<Self, Box<PlacedProblem>> {
        if let Some(tree) = plain(&source.text) {
            return Ok(Self::new(tree, Places::later(&source.text)));
        }
        let outline = Outline::read(source)?;
        let tree = serde_yaml::from_str(&source.text).map_err(|error| {
            let at = error.location().map_or(0, |place| place.index());
            let problem = Problem::new(&Route::top(), format!("not valid YAML: {error}"));
            Box::new(PlacedProblem { problem, span: at..at })
        })?;
        let repeated = outline.repeated_keys();
        let mut document = Self::new(tree, Places::of(outline));
        // What is left twice beyond these is a mistake that serde reports.
        for (route, key, span) in repeated.into_iter().take(MOST_PROBLEMS) {
            let problem = Problem::new(&route, format!("the key `{key}` stands here twice")).allowed("each key once");
            document.problems.push(PlacedProblem { problem, span });
            document.cut(&route.key(key));
        }
        Ok(document)
    }

    fn new(tree: Tree, places: Places) -> Self {
        Self { tree, places, problems: Vec::new(), lost: BTreeSet::new() }
    }

    /// The document as a `T`, without the parts that do not fit; what was wrong is kept. `None` when nothing is left.
    pub fn decode<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut cut: Vec<Route> = Vec::new();
        while self.problems.len() < MOST_PROBLEMS {
            let error = match T::deserialize(Reader(&self.tree)) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            // A key that was cut for its own mistake is not missing: the mistake is known.
            let follows = error.missing.is_some_and(|key| cut.contains(&error.route.key(key)));
            if !follows {
                self.report(error.problem());
            }
            // Nothing is left when the fault is the document's own.
            if !self.cut(&error.route) {
                return None;
            }
            cut.push(error.route);
        }
        None
    }

    /// The value under a top-level key.
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.tree.get(key)
    }

    /// The whole document's values.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Where things stand in the document as it is now, without the parts cut out.
    pub fn outline(&self) -> &Outline {
        self.places.outline()
    }

    /// The same, for whoever may ask later.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Adds a mistake at its place. Where no place can be told, the reason for that is the mistake to be mended first.
    pub fn report(&mut self, problem: Problem) {
        match self.places.refusal() {
            None => self.problems.push(problem.placed(self.places.outline())),
            Some(refusal) => self.problems = vec![refusal.clone()],
        }
    }

    /// All mistakes, in the order of the file.
    pub fn into_problems(mut self) -> Vec<PlacedProblem> {
        self.problems.sort_by_key(|placed| placed.span.start);
        self.problems
    }

    /// The ids of what was cut out. Who refers to one of them makes no mistake of his own.
    pub fn lost(&self) -> &BTreeSet<String> {
        &self.lost
    }

    fn cut(&mut self, route: &Route) -> bool {
        self.places.change(|outline| outline.remove(route.steps()));
        let removed = self.tree.remove(route.steps());
        if let Some(tree) = &removed {
            tree.collect_ids(&mut self.lost);
        }
        removed.is_some()
    }
}

/// The values of a text that an outline would take as it is: small, without aliases, nested no deeper than is read, and
/// with no key twice. Most texts are.
fn plain(text: &str) -> Option<Tree> {
    let brackets = || text.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
    let is_cheap = text.len() <= SMALL && !text.contains('&') && brackets() <= FEW_BRACKETS;
    let tree: Tree = is_cheap.then(|| serde_yaml::from_str(text).ok()).flatten()?;
    (tree.depth() <= DEEPEST && !tree.has_repeated_keys()).then_some(tree)
}

/// Why a tree does not fit a type.
#[derive(Debug)]
struct Misfit {
    route: Route,
    message: String,
    /// The key that a mapping lacks.
    missing: Option<&'static str>,
    /// The keys or variants that would fit, when a name did not.
    unknown: Option<(String, &'static [&'static str])>,
}

impl Misfit {
    fn new(message: String) -> Self {
        Self { route: Route::top(), message, missing: None, unknown: None }
    }

    fn under(mut self, step: Step) -> Self {
        self.route.prepend(step);
        self
    }

    fn problem(&self) -> Problem {
        let problem = Problem::new(&self.route, self.message.clone());
        match &self.unknown {
            Some((found, names)) => {
                let problem = problem.one_of(found, names.iter().copied());
                if self.message.starts_with("unknown key") { problem.at_key() } else { problem }
            }
            None => problem,
        }
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl de::Error for Misfit {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::new(format!("found {}, expected {}", found(unexpected), in_words(&expected.to_string())))
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self::invalid_type(unexpected, expected)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let mut misfit = Self::new(format!("unknown key `{field}`"));
        misfit.unknown = Some((field.to_owned(), expected));
        misfit
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let mut misfit = Self::new(format!("unknown value `{variant}`"));
        misfit.unknown = Some((variant.to_owned(), expected));
        misfit
    }

    fn missing_field(field: &'static str) -> Self {
        let mut misfit = Self::new(format!("the key `{field}` is missing"));
        misfit.missing = Some(field);
        misfit
    }
}

fn found(unexpected: de::Unexpected<'_>) -> String {
    match unexpected {
        de::Unexpected::Unit | de::Unexpected::Option => "nothing".into(),
        de::Unexpected::Bool(value) => format!("`{value}`"),
        de::Unexpected::Signed(value) => format!("`{value}`"),
        de::Unexpected::Str(text) => Tree::Text(text.into()).describe(),
        de::Unexpected::Seq => "a list".into(),
        de::Unexpected::Map => "a mapping".into(),
        other => other.to_string(),
    }
}

/// What serde expects, in the words of a YAML file.
fn in_words(expected: &str) -> String {
    match expected {
        "i64" | "u64" | "u32" | "usize" => "a whole number".into(),
        "a string" => "text".into(),
        "a sequence" => "a list".into(),
        "a boolean" => "`true` or `false`".into(),
        other if other.starts_with("struct ") || other == "a map" => "a mapping".into(),
        other => other.into(),
    }
}

/// A tree as serde reads it.
struct Reader<'de>(&'de Tree);

impl<'de> de::Deserializer<'de> for Reader<'de> {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Null => visitor.visit_unit(),
            Tree::Bool(value) => visitor.visit_bool(*value),
            Tree::Integer(value) => visitor.visit_i64(*value),
            Tree::Float(value) => visitor.visit_f64(*value),
            Tree::Text(text) => visitor.visit_borrowed_str(text),
            Tree::List(items) => visitor.visit_seq(Items { items: items.iter().enumerate() }),
            Tree::Map(entries) => visitor.visit_map(Entries { entries: entries.iter(), current: None }),
        }
    }

    /// Only a mapping is a struct: serde would also take a list, its items in the order of the fields.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Map(_) => self.deserialize_any(visitor),
            other => Err(Misfit::new(format!("found {}, expected a mapping", other.describe()))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _name: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.0 {
            Tree::Text(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            other => Err(Misfit::new(format!("found {}, expected a word", other.describe()))),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'de> {
    items: std::iter::Enumerate<std::slice::Iter<'de, Tree>>,
}

impl<'de> de::SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let Some((index, item)) = self.items.next() else {
            return Ok(None);
        };
        seed.deserialize(Reader(item)).map(Some).map_err(|misfit| misfit.under(Step::Index(index)))
    }
}

struct Entries<'de> {
    entries: std::slice::Iter<'de, (SmolStr, Tree)>,
    current: Option<&'de (SmolStr, Tree)>,
}

impl<'de> de::MapAccess<'de> for Entries<'de> {
    type Error = Misfit;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        self.current = self.entries.next();
        let Some((key, _)) = self.current else {
            return Ok(None);
        };
        seed.deserialize(de::value::BorrowedStrDeserializer::new(key))
            .map(Some)
            .map_err(|misfit: Misfit| misfit.under(Step::Key(key.clone())))
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let Some((key, value)) = self.current else {
            return Err(Misfit::new("a value was asked for before its key".into()));
        };
        seed.deserialize(Reader(value)).map_err(|misfit| misfit.under(Step::Key(key.clone())))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Shelf {
        name: String,
        #[serde(default)]
        books: Vec<Book>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Book {
        title: String,
        #[serde(default)]
        pages: u32,
    }

    /// Messages, each with its line and column.
    type Mistakes = Vec<(String, (usize, usize))>;

    fn read(text: &str) -> (Option<Shelf>, Mistakes) {
        let source = Source::new("shelf.yaml", text);
        let mut document = Document::read(&source).expect("valid YAML");
        let shelf = document.decode();
        let problems = document
            .into_problems()
            .into_iter()
            .map(|placed| (placed.problem.message, source.line_and_column(placed.span.start)))
            .collect();
        (shelf, problems)
    }

    #[test]
    fn all_mistakes_of_a_file_are_reported_at_their_places_and_the_rest_is_read() {
        let (shelf, problems) = read(
            "name: front\nnam: x\nbooks:\n- {title: A, pages: many}\n- {pages: 3}\n- {title: B, page: 3}\n- {title: C}\n",
        );
        assert_eq!(
            problems,
            [
                ("unknown key `nam`".to_owned(), (2, 1)),
                ("found \"many\", expected a whole number".to_owned(), (4, 21)),
                ("the key `title` is missing".to_owned(), (5, 3)),
                ("unknown key `page`".to_owned(), (6, 14)),
            ]
        );
        let books: Vec<_> = shelf.expect("the rest").books.into_iter().map(|book| (book.title, book.pages)).collect();
        assert_eq!(books, [("A".into(), 0), ("B".into(), 0), ("C".into(), 0)]);
    }

    #[test]
    fn only_texts_that_an_outline_takes_as_they_are_are_read_without_one() {
        let nested = format!("{}{}", "[".repeat(64), "]".repeat(64));
        for text in ["", "a: 1\nb: [x, {c: d}]\n", "{\"a\": [1, null]}", &nested] {
            let source = Source::new("a", text);
            assert!(Outline::read(&source).is_ok(), "{text}");
            let read = Document::read(&source).expect("valid YAML");
            assert_eq!(plain(text).as_ref(), Some(read.tree()), "{text}");
        }
        let deep = format!("{}{}", "[".repeat(65), "]".repeat(65));
        let long = format!("a: {}", "x".repeat(SMALL));
        let wide = format!("[{}]", "[],".repeat(FEW_BRACKETS));
        for text in [
            "a: 1\na: 2",
            "a: {b: 1, b: 2}",
            "a: &x 1\nb: *x",
            "[a]: 1",
            "a: 1\n---\nb: 2",
            "a: [",
            &deep,
            &long,
            &wide,
        ] {
            assert_eq!(plain(text), None, "{text:.40}");
        }
    }

    #[test]
    fn where_places_cannot_be_read_the_reason_is_reported_instead() {
        assert_eq!(read("name:\tfront\n").1, []);
        let (_, problems) = read("name:\tfront\nnam: x\nbook: y\n");
        let [(message, place)] = problems.as_slice() else { panic!("{problems:?}") };
        assert!(message.starts_with("not valid YAML: "), "{message}");
        assert_eq!(*place, (1, 7));
    }

    #[test]
    fn a_repeated_key_is_reported_once_and_nothing_else_breaks() {
        let (shelf, problems) = read("name: front\nname: back\n");
        assert_eq!(problems, [("the key `name` stands here twice".to_owned(), (2, 1))]);
        assert_eq!(shelf.expect("the rest").name, "front");
    }

    #[test]
    fn a_required_key_of_the_wrong_type_is_reported_once() {
        let (shelf, problems) = read("name: [1]\nbooks: [{title: {a: b}}]\n");
        assert!(shelf.is_none());
        assert_eq!(problems.len(), 2);
    }
}
