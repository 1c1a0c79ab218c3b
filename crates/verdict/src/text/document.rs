//! A document being read: from text to serde types, with every mistake reported instead of only the first.
//!
//! Serde stops at the first error. Here an error knows its route, so the faulty part is cut out (up to the nearest list
//! item or optional key) and the rest is read again, until it fits: each turn reports one mistake more.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::decode::Reader;
use super::outline::DEEPEST;
use super::{Outline, PlacedProblem, Places, Problem, Route, Source, Tree};

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
            Box::new(PlacedProblem {
                problem,
                span: at..at,
            })
        })?;
        let repeated = outline.repeated_keys();
        let mut document = Self::new(tree, Places::of(outline));
        // What is left twice beyond these is a mistake that serde reports.
        for (route, key, span) in repeated.into_iter().take(MOST_PROBLEMS) {
            let problem = Problem::new(&route, format!("the key `{key}` stands here twice"))
                .allowed("each key once");
            document.problems.push(PlacedProblem { problem, span });
            document.cut(&route.key(key));
        }
        Ok(document)
    }

    fn new(tree: Tree, places: Places) -> Self {
        Self {
            tree,
            places,
            problems: Vec::new(),
            lost: BTreeSet::new(),
        }
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
            let follows = error
                .missing
                .is_some_and(|key| cut.contains(&error.route.key(key)));
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
    let brackets = || {
        text.bytes()
            .filter(|byte| matches!(byte, b'[' | b'{'))
            .count()
    };
    let is_cheap = text.len() <= SMALL && !text.contains('&') && brackets() <= FEW_BRACKETS;
    let tree: Tree = is_cheap
        .then(|| serde_yaml::from_str(text).ok())
        .flatten()?;
    (tree.depth() <= DEEPEST && !tree.has_repeated_keys()).then_some(tree)
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
            .map(|placed| {
                (
                    placed.problem.message,
                    source.line_and_column(placed.span.start),
                )
            })
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
                (
                    "found \"many\", expected a whole number".to_owned(),
                    (4, 21)
                ),
                ("the key `title` is missing".to_owned(), (5, 3)),
                ("unknown key `page`".to_owned(), (6, 14)),
            ]
        );
        let books: Vec<_> = shelf
            .expect("the rest")
            .books
            .into_iter()
            .map(|book| (book.title, book.pages))
            .collect();
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
        let [(message, place)] = problems.as_slice() else {
            panic!("{problems:?}")
        };
        assert!(message.starts_with("not valid YAML: "), "{message}");
        assert_eq!(*place, (1, 7));
    }

    #[test]
    fn a_repeated_key_is_reported_once_and_nothing_else_breaks() {
        let (shelf, problems) = read("name: front\nname: back\n");
        assert_eq!(
            problems,
            [("the key `name` stands here twice".to_owned(), (2, 1))]
        );
        assert_eq!(shelf.expect("the rest").name, "front");
    }

    #[test]
    fn a_required_key_of_the_wrong_type_is_reported_once() {
        let (shelf, problems) = read("name: [1]\nbooks: [{title: {a: b}}]\n");
        assert!(shelf.is_none());
        assert_eq!(problems.len(), 2);
    }
}
