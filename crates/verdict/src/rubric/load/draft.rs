//! Reading files: a rubric as far as it goes, with every mistake at its place, and cases for a rubric.

use sha2::{Digest, Sha256};

use super::{LeftOut, Loader, table};
use crate::rubric::file::CasesFile;
use crate::rubric::{Case, Rubric, RubricFile};
use crate::text::{Document, Node, Part, PlacedProblem, Problem, Route, Source, Tree};

/// What could be loaded from a file, and every mistake in it.
#[derive(Debug)]
pub struct Draft {
    /// The faultless parts; absent when too little is left to speak of a rubric.
    pub rubric: Option<Rubric>,
    /// All mistakes, in file order.
    pub problems: Vec<PlacedProblem>,
    /// What stands in the file and where, for findings about the loaded parts.
    pub file: Node,
    /// What of it is not in the rubric.
    pub left_out: LeftOut,
    /// Whether the file is YAML at all.
    pub is_yaml: bool,
}

impl Rubric {
    /// Reads a rubric file.
    ///
    /// # Errors
    /// Every mistake in the file, in file order.
    ///
    /// ```
    /// use verdict::rubric::Rubric;
    /// use verdict::text::Source;
    ///
    /// let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// let rubric = Rubric::parse(&Source::new("bicycle.yaml", text.as_str())).unwrap();
    /// assert_eq!(rubric.facts.len(), 2);
    ///
    /// // Every mistake is told at its place, with what was probably meant.
    /// let wrong = Source::new("bicycle.yaml", text.replace("recommend: tram", "recommend: train"));
    /// let problems = Rubric::parse(&wrong).unwrap_err();
    /// assert_eq!(problems[0].problem.did_you_mean.as_deref(), Some("tram"));
    /// assert_eq!(wrong.line_and_column(problems[0].span.start).0, 20);
    /// ```
    pub fn parse(source: &Source) -> Result<Self, Vec<PlacedProblem>> {
        let draft = Self::draft(source);
        match draft.rubric {
            Some(rubric) if draft.problems.is_empty() => Ok(rubric),
            _ => Err(draft.problems),
        }
    }

    /// Reads a rubric file as far as it goes.
    pub fn draft(source: &Source) -> Draft {
        let mut document = match Document::read(source) {
            Ok(document) => document,
            Err(problem) => {
                return Draft {
                    rubric: None,
                    problems: vec![*problem],
                    file: Node::default(),
                    left_out: LeftOut::default(),
                    is_yaml: false,
                };
            }
        };
        if let Some(problem) = not_a_rubric(&document.root().tree) {
            let problem = problem.placed(document.root());
            return Draft {
                rubric: None,
                problems: vec![problem],
                file: document.into_root(),
                left_out: LeftOut::default(),
                is_yaml: true,
            };
        }
        table::to_rules(&mut document);
        let mut not_taken = Vec::new();
        let rubric = document.decode::<RubricFile>().map(|file| {
            let loader = Loader {
                lost: document.lost(),
                is_cut: document
                    .cuts()
                    .iter()
                    .map(|cut| cut.route.clone())
                    .collect(),
                ..Loader::default()
            };
            let loaded = loader.load(file, digest(&source.text));
            loaded
                .problems
                .into_iter()
                .for_each(|problem| document.report(problem));
            not_taken = loaded.not_taken;
            loaded.rubric
        });
        let mut left_out = LeftOut::of(&document, &not_taken);
        let file = document.root().clone();
        let problems = document.into_problems();
        let meant = problems.iter().map(|placed| &placed.problem.did_you_mean);
        left_out.names.extend(meant.flatten().cloned());
        Draft {
            rubric,
            problems,
            file,
            left_out,
            is_yaml: true,
        }
    }

    /// Reads a file of cases for this rubric; each case with its line, counted from 1.
    ///
    /// # Errors
    /// Every mistake in the file, in file order.
    pub fn parse_cases(&self, source: &Source) -> Result<Vec<(usize, Case)>, Vec<PlacedProblem>> {
        let mut document = Document::read(source).map_err(|problem| vec![*problem])?;
        let mut cases = Vec::new();
        if let Some(file) = document.decode::<CasesFile>() {
            let mut loader = Loader::knowing(self);
            cases = loader.cases(file.cases, &self.verdict);
            loader
                .problems
                .into_iter()
                .for_each(|problem| document.report(problem));
        }
        let line = |case: &Case| {
            source
                .line_and_column(document.root().locate(&case.route, Part::Value).start)
                .0
        };
        let cases = cases.into_iter().map(|case| (line(&case), case)).collect();
        let problems = document.into_problems();
        if problems.is_empty() {
            Ok(cases)
        } else {
            Err(problems)
        }
    }
}

/// Why this is nothing that a rubric could be read from: nothing at all, or answers to one.
fn not_a_rubric(tree: &Tree) -> Option<Problem> {
    let top = Route::top();
    if *tree == Tree::Null {
        let problem = Problem::new(&top, "there is nothing in it");
        return Some(problem.help("`rubric schema` prints what a rubric consists of"));
    }
    let is_answers = tree.get("answers").is_some() && tree.get("verdict").is_none();
    is_answers.then(|| {
        let problem = Problem::new(&top.key("answers"), "these are answers, not a rubric");
        problem.at_key().help("answers are given with --answers")
    })
}

/// The digest by which a rubric's exact text is known.
fn digest(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().fold("sha256:".to_owned(), |digest, byte| {
        format!("{digest}{byte:02x}")
    })
}
