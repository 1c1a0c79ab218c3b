//! Starters: files that steps of the plan name, to begin with. Each is YAML as it stands, with `{parameters}` in the
//! places that only its reader can fill in.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Rubric, Template};
use crate::ids::ParameterId;
use crate::text::{Document, Entry, Node, PlacedProblem, Problem, Route, Source, Tree};

/// The line that parts the documents of a file.
const SEPARATOR: &str = "---";

/// The most characters of a name.
const LONGEST_NAME: usize = 64;

/// A file whose placeholders are known.
#[derive(Clone, Debug)]
pub struct Starter(Template<Slot>);

/// What a placeholder of a starter stands for.
#[derive(Clone, Copy, Debug)]
enum Slot {
    /// The name under which it is written, so that its own comments can say how to use it.
    File,
    /// What its reader gives.
    Parameter(ParameterId),
}

impl Starter {
    /// What is allowed as a name, in words.
    pub const NAMES: &'static str =
        "a file in the folder `starters` beside the rubric, such as first-steps.yaml";

    /// The placeholder that stands for the name under which a starter is written; no parameter has it.
    pub const FILE: &'static str = "file";

    /// Whether this names a file, and nothing that could lie elsewhere.
    pub fn is_name(name: &str) -> bool {
        let is_inner =
            |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let stem = name.strip_suffix(".yaml").unwrap_or("");
        name.len() <= LONGEST_NAME
            && !stem.is_empty()
            && !stem.starts_with('-')
            && stem.bytes().all(is_inner)
    }

    /// Reads a starter of a rubric.
    ///
    /// # Errors
    /// Every mistake: what is no YAML, a placeholder that names no parameter, and one that stands without quotes where a
    /// value such as `on` or `123` would become something else than a text.
    pub fn parse(source: &Source, rubric: &Rubric) -> Result<Self, Vec<PlacedProblem>> {
        let named = |name: &str| match name {
            Self::FILE => Some(Slot::File),
            _ => (rubric.parameters.find(|parameter| parameter.id == name)).map(Slot::Parameter),
        };
        let (template, unknown) = match Template::parse(&source.text, named) {
            Ok(template) => (template, Vec::new()),
            Err(names) => (Template::default(), names),
        };
        let unknown = unknown
            .iter()
            .map(|name| unknown_parameter(name, &source.text, rubric));
        let mut problems: Vec<PlacedProblem> = unknown.collect();
        for (start, text) in documents(&source.text) {
            let found = mistakes(&Source::new(source.name.as_str(), text), rubric);
            let moved = found.into_iter().map(|placed| PlacedProblem {
                span: placed.span.start + start..placed.span.end + start,
                ..placed
            });
            problems.extend(moved);
        }
        if problems.is_empty() {
            Ok(Self(template))
        } else {
            problems.sort_by_key(|placed| placed.span.start);
            Err(problems)
        }
    }

    /// What it asks for.
    pub fn parameters(&self) -> BTreeSet<ParameterId> {
        let parameter = |slot| match slot {
            Slot::Parameter(id) => Some(id),
            Slot::File => None,
        };
        self.0.names().filter_map(parameter).collect()
    }

    /// The text with a value for each parameter, to be written under the name `file`.
    pub fn fill(&self, file: &str, value: impl Fn(ParameterId) -> String) -> String {
        self.0.fill(|slot| match slot {
            Slot::File => file.to_owned(),
            Slot::Parameter(id) => value(id),
        })
    }
}

fn unknown_parameter(name: &str, text: &str, rubric: &Rubric) -> PlacedProblem {
    let placeholder = format!("{{{name}}}");
    let start = text.find(&placeholder).unwrap_or(0);
    let problem = Problem::new(&Route::top(), format!("`{placeholder}` names no parameter"));
    let ids = rubric
        .parameters
        .iter()
        .map(|parameter| parameter.id.as_str());
    PlacedProblem {
        problem: problem.one_of(name, ids.collect::<Vec<_>>()),
        span: start..start + placeholder.len(),
    }
}

/// The documents of a file, each with the byte at which it begins.
fn documents(text: &str) -> Vec<(usize, &str)> {
    let mut documents = Vec::new();
    let (mut begin, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        if line.trim_end() == SEPARATOR {
            documents.push(begin..at);
            begin = at + line.len();
        }
        at += line.len();
    }
    documents.push(begin..at);
    let cut = |range: Range<usize>| Some((range.start, text.get(range)?));
    documents.into_iter().filter_map(cut).collect()
}

/// What is wrong with one document, with places within it.
fn mistakes(document: &Source, rubric: &Rubric) -> Vec<PlacedProblem> {
    match Document::read(document) {
        Ok(document) => {
            let mut found = Vec::new();
            collect_bare(document.root(), rubric, &mut found);
            found.extend(document.into_problems());
            found
        }
        Err(problem) => vec![*problem],
    }
}

/// Collects placeholders without quotes: YAML reads each as a mapping with one key and no value.
fn collect_bare(node: &Node, rubric: &Rubric, found: &mut Vec<PlacedProblem>) {
    match &node.tree {
        Tree::List(items) => items
            .iter()
            .for_each(|item| collect_bare(item, rubric, found)),
        Tree::Map(entries) => {
            if let [
                Entry {
                    key,
                    key_span,
                    value,
                },
            ] = entries.as_slice()
            {
                let mut parameters = rubric.parameters.iter();
                let is_bare = value.tree == Tree::Null
                    && parameters.any(|own| own.id == key.as_str() && !own.form.is_number());
                if is_bare {
                    let message = format!("`{{{key}}}` stands here without quotes");
                    let problem = Problem::new(&Route::top(), message);
                    let help =
                        format!("write \"{{{key}}}\", so that a value such as `on` stays a text");
                    found.push(PlacedProblem {
                        problem: problem.help(help),
                        span: key_span.clone(),
                    });
                }
            }
            entries
                .iter()
                .for_each(|entry| collect_bare(&entry.value, rubric, found));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;

    const PARAMETERS: &str = "\
parameters:
  - {id: namespace, kind: dns_label, ask: Where?}
  - {id: port, kind: count, min: 1, max: 65535, default: 80, ask: Which port?}
";

    fn rubric() -> Rubric {
        let text = fixtures::source().text;
        let steps = text.find("\nplan:").expect("the plan");
        let without = text.find("\nparameters:").expect("the parameters");
        let text = format!("{}\n{PARAMETERS}{}", &text[..without], &text[steps..]);
        Rubric::parse(&Source::new("r", text)).expect("no mistakes")
    }

    fn messages(text: &str) -> Vec<(usize, usize, String)> {
        let source = Source::new("s", text);
        let problems = Starter::parse(&source, &rubric()).expect_err("mistakes");
        let placed = problems.into_iter().map(|placed| {
            let (line, column) = source.line_and_column(placed.span.start);
            (line, column, placed.problem.message)
        });
        placed.collect()
    }

    #[test]
    fn placeholders_are_filled_in_every_document() {
        let text = "# {namespace} in {file}\na: \"{namespace}-v1\"\n---\nb: {port}\nc: {}\n";
        let rubric = rubric();
        let starter = Starter::parse(&Source::new("s", text), &rubric).expect("no mistakes");
        let ids = starter.parameters();
        assert_eq!(ids.len(), 2);
        let value = |id: ParameterId| format!("<{}>", rubric.parameters[id].id);
        assert_eq!(
            starter.fill("1-s.yaml", value),
            "# <namespace> in 1-s.yaml\na: \"<namespace>-v1\"\n---\nb: <port>\nc: {}\n"
        );
    }

    #[test]
    fn every_mistake_has_its_place() {
        assert_eq!(
            messages("a: 1\n---\nb: \"{namespaces}\"\nc: {namespace}\n---\nd: [\n"),
            [
                (3, 5, "`{namespaces}` names no parameter".to_owned()),
                (4, 5, "`{namespace}` stands here without quotes".to_owned()),
                (7, 1, messages("---\nd: [\n")[0].2.clone()),
            ]
        );
    }

    #[test]
    fn a_name_leads_nowhere_else() {
        assert!(Starter::is_name("edge-canary.yaml"));
        for name in [
            "",
            ".yaml",
            "-a.yaml",
            "a.yml",
            "a",
            "../a.yaml",
            "a/b.yaml",
            "A.yaml",
            "a.yaml\n",
            "a..yaml",
        ] {
            assert!(!Starter::is_name(name), "{name}");
        }
    }
}
