//! A document being read: from text to serde types, with every mistake reported instead of only the first.
//!
//! Serde stops at the first error. Here an error knows its route, so the faulty part is cut out (up to the nearest list
//! item or optional key) and the rest is read again, until it fits: each turn reports one mistake more.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::decode::Reader;
use super::parse::parse;
use super::{Entry, Node, PlacedProblem, Problem, ProblemKind, Route, Source, Tree};

/// After this many mistakes a file is not worth reading further.
pub const MOST_PROBLEMS: usize = 100;

/// A document being read: its values and the mistakes found so far.
#[derive(Debug)]
pub struct Document {
    root: Node,
    problems: Vec<PlacedProblem>,
    cut: Vec<Cut>,
}

/// A part that was cut out for its mistake.
#[derive(Debug)]
pub struct Cut {
    /// Where it stood when it was cut out.
    pub route: Route,
    /// What stood there.
    pub node: Node,
}

impl Document {
    /// Reads `source` as one YAML document (JSON is YAML). Repeated keys are reported and the earlier value is kept.
    ///
    /// # Errors
    /// The text is not YAML, or is larger or deeper than what is read.
    pub fn read(source: &Source) -> Result<Self, Box<PlacedProblem>> {
        let root = parse(source)?;
        let repeated = root.repeated_keys();
        let mut document = Self {
            root,
            problems: Vec::new(),
            cut: Vec::new(),
        };
        // What is left twice beyond these is a mistake that serde reports.
        for (route, key, span) in repeated.into_iter().take(MOST_PROBLEMS) {
            let problem = Problem::new(&route, format!("the key `{key}` stands here twice"))
                .of_kind(ProblemKind::RepeatedKey)
                .allowed("each key once");
            document.problems.push(PlacedProblem { problem, span });
            document.root.remove(route.key(key).steps());
        }
        Ok(document)
    }

    /// The document as a `T`, without the parts that do not fit; what was wrong is kept. `None` when nothing is left.
    pub fn decode<T: DeserializeOwned>(&mut self) -> Option<T> {
        let mut cut: Vec<Route> = Vec::new();
        while self.problems.len() < MOST_PROBLEMS {
            let error = match T::deserialize(Reader(&self.root.tree)) {
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
        self.root.tree.get(key)
    }

    /// The whole document as it is now, without the parts cut out.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The same, for whoever reads no further.
    pub fn into_root(self) -> Node {
        self.root
    }

    /// Adds a mistake at its place.
    pub fn report(&mut self, problem: Problem) {
        self.problems.push(problem.placed(&self.root));
    }

    /// All mistakes, in the order of the file.
    pub fn into_problems(mut self) -> Vec<PlacedProblem> {
        self.problems.sort_by_key(|placed| placed.span.start);
        // A key that is written, but not as it is called, is not missing.
        let misspelt: Vec<_> = (self.problems.iter())
            .filter(|placed| placed.problem.kind == ProblemKind::UnknownKey)
            .filter_map(|placed| {
                let meant = placed.problem.did_you_mean.clone()?;
                Some((
                    placed.problem.route.parent()?,
                    format!("the key `{meant}` is missing"),
                ))
            })
            .collect();
        self.problems.retain(|placed| {
            let own = &placed.problem;
            let is_written =
                |(owner, message): &(Route, String)| own.route == *owner && own.message == *message;
            own.kind != ProblemKind::MissingKey || !misspelt.iter().any(is_written)
        });
        // What many rows of a table have in common is told once.
        self.problems.dedup_by(|one, other| {
            one.span == other.span && one.problem.message == other.problem.message
        });
        self.problems
    }

    /// What was cut out.
    pub(crate) fn cuts(&self) -> &[Cut] {
        &self.cut
    }

    /// The ids of what was cut out. Who refers to one of them makes no mistake of his own.
    pub fn lost(&self) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        for cut in &self.cut {
            cut.node.tree.collect_ids(&mut ids);
            // A thing of which nothing but its name was written.
            if let Tree::Text(word) = &cut.node.tree {
                ids.insert(word.to_string());
            }
        }
        ids
    }

    /// Cuts out a part whose mistake is reported elsewhere.
    pub(crate) fn leave_out(&mut self, route: &Route) {
        self.cut(route);
    }

    /// Puts other entries in the place of what stands under a top-level key.
    pub fn replace(&mut self, key: &str, others: Vec<Entry>) {
        if let Tree::Map(entries) = &mut self.root.tree {
            entries.retain(|entry| entry.key != key);
            entries.extend(others);
        }
    }

    fn cut(&mut self, route: &Route) -> bool {
        let removed = self.root.remove(route.steps());
        let is_cut = removed.is_some();
        self.cut.extend(removed.map(|node| Cut {
            route: route.clone(),
            node,
        }));
        is_cut
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
    fn a_tab_after_a_colon_hides_no_mistake() {
        assert_eq!(read("name:\tfront\n").1, []);
        let (_, problems) = read("name:\tfront\nnam:\tx\nbook: y\n");
        assert_eq!(
            problems,
            [
                ("unknown key `nam`".to_owned(), (2, 1)),
                ("unknown key `book`".to_owned(), (3, 1))
            ]
        );
    }

    #[test]
    fn a_whole_number_may_have_a_point_and_a_text_is_no_number() {
        assert_eq!(read("name: a\nbooks: [{title: b, pages: 3.0}]").1, []);
        let (_, problems) = read("name: 1.50\nbooks: [{title: b, pages: 3.5}]");
        let messages: Vec<_> = problems
            .iter()
            .map(|(message, _)| message.as_str())
            .collect();
        assert_eq!(
            messages,
            [
                "found `1.50`, expected text",
                "found `3.5`, expected a whole number"
            ]
        );
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
