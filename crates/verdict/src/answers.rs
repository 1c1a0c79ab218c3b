//! Answers against a rubric: for each fact a value or unknown, with where it comes from.

mod answer;
mod provenance;
mod reserved;
mod setting;
mod sheet;

use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

pub use answer::{Answer, read_answer, write_answer};
pub use reserved::Reserved;
pub use sheet::Sheet;

use crate::ids::{FactId, Table};
use crate::rubric::{Fact, Rubric, Value};
use crate::text::{
    Document, Entry, MOST_PROBLEMS, PlacedProblem, Problem, ProblemKind, Route, Source, Tree, block,
};

/// The answers to a rubric's questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// What the answers describe, in the user's words.
    pub subject: Option<String>,
    by_fact: Table<FactId, Answer>,
    reserved: Vec<Reserved>,
}

/// An answers file as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswersFile {
    #[serde(default)]
    rubric: Option<String>,
    #[serde(default)]
    subject: Option<String>,
    /// Read from the document: there may be many, and this type may be read many times.
    #[serde(default, rename = "answers")]
    _answers: Option<IgnoredAny>,
    /// Likewise.
    #[serde(default, rename = "reserved")]
    _reserved: Option<IgnoredAny>,
}

impl Answers {
    /// No answers yet.
    pub fn none(rubric: &Rubric) -> Self {
        Self {
            subject: None,
            by_fact: rubric.facts.map(|_| Answer::default()),
            reserved: Vec::new(),
        }
    }

    /// Reads an answers file.
    ///
    /// # Errors
    /// Every mistake in the file, in file order.
    ///
    /// ```
    /// # use verdict::rubric::Rubric;
    /// # use verdict::text::Source;
    /// # let text = std::fs::read_to_string("examples/bicycle.yaml").unwrap();
    /// # let rubric = Rubric::parse(&Source::new("bicycle.yaml", text)).unwrap();
    /// use verdict::answers::Answers;
    ///
    /// let source = Source::new("answers.yaml", "answers: {kilometres: {value: 5, source: map}}");
    /// let answers = Answers::parse(&source, &rubric).unwrap();
    /// let fact = rubric.fact("kilometres").unwrap();
    /// assert_eq!(answers.answer(fact).source.as_deref(), Some("map"));
    /// // What is not answered is unknown, and written as such.
    /// assert!(answers.to_yaml(&rubric).contains("bicycle_path: unknown"));
    /// ```
    pub fn parse(source: &Source, rubric: &Rubric) -> Result<Self, Vec<PlacedProblem>> {
        let mut document = Document::read(source).map_err(|problem| vec![*problem])?;
        if let Some(problem) = not_answers(&document.root().tree, rubric) {
            return Err(vec![problem.placed(document.root())]);
        }
        let file = match document.root().tree {
            Tree::Null => Some(AnswersFile::default()),
            _ => document.decode::<AnswersFile>(),
        };
        let mut answers = Self::none(rubric);
        let mut problems = Vec::new();
        if let Some(file) = file {
            answers.subject = file.subject;
            // What the answers to another rubric mean, this one cannot tell.
            match file.rubric.and_then(|named| other_rubric(&named, rubric)) {
                Some(problem) => problems.push(problem),
                None => {
                    let written = document.get("answers").unwrap_or(&Tree::Null);
                    problems.extend(answers.read(written, &Route::top().key("answers"), rubric));
                    let written = document.get("reserved").unwrap_or(&Tree::Null);
                    problems.extend(answers.read_reserved(written, rubric));
                }
            }
        }
        problems
            .into_iter()
            .for_each(|problem| document.report(problem));
        let problems = document.into_problems();
        if problems.is_empty() {
            Ok(answers)
        } else {
            Err(problems)
        }
    }

    /// Reads a mapping of facts to values, as it stands under `answers` in an answers file or a record.
    /// Returns every mistake in it, up to [`MOST_PROBLEMS`] and a few; what has none is kept.
    pub fn read(&mut self, tree: &Tree, route: &Route, rubric: &Rubric) -> Vec<Problem> {
        let entries = match tree {
            Tree::Null => return Vec::new(),
            Tree::Map(entries) => entries,
            other => {
                let message = format!("found {}, expected answers", other.describe());
                return vec![Problem::new(route, message).allowed("a mapping of facts to values")];
            }
        };
        let mut problems = Vec::new();
        for Entry { key: id, value, .. } in entries {
            if problems.len() >= MOST_PROBLEMS {
                break;
            }
            let route = route.key(id);
            match rubric.fact(id) {
                Some(fact) => match read_answer(fact, &value.tree, &route) {
                    Ok(answer) => self.set(fact, answer),
                    Err(mistakes) => problems.extend(mistakes),
                },
                None => problems.push(unknown_fact(id, &route, rubric)),
            }
        }
        problems
    }

    /// What is known of a fact.
    pub fn answer(&self, fact: &Fact) -> &Answer {
        &self.by_fact[fact.position]
    }

    /// The value of a fact; `None` while unknown.
    pub fn value(&self, fact: &Fact) -> Option<Value> {
        self.answer(fact).value
    }

    /// Replaces what is known of a fact.
    pub fn set(&mut self, fact: &Fact, answer: Answer) {
        self.by_fact[fact.position] = answer;
    }

    /// The known values.
    pub fn sheet(&self) -> Sheet {
        Sheet(self.by_fact.map(|answer| answer.value))
    }
}

/// Writing, the inverse of [`Answers::parse`] and [`Answers::read`].
impl Answers {
    /// The answers as an answers file, every fact of the rubric in its order, open ones as `unknown`.
    pub fn to_yaml(&self, rubric: &Rubric) -> String {
        let subject = self
            .subject
            .iter()
            .map(|subject| ("subject".into(), Tree::Text(subject.into())));
        let answers = ("answers".into(), self.tree(rubric));
        let head = [("rubric".into(), Tree::Text(rubric.id.clone().into()))];
        let reserved = self.write_reserved();
        let reserved = reserved.map(|reserved| ("reserved".into(), reserved));
        block(&Tree::map(
            head.into_iter()
                .chain(subject)
                .chain([answers])
                .chain(reserved),
        ))
    }

    /// The mapping of facts to values, as it stands under `answers`.
    pub fn tree(&self, rubric: &Rubric) -> Tree {
        let written = |fact: &Arc<Fact>| {
            (
                fact.id.clone().into(),
                write_answer(fact, self.answer(fact)),
            )
        };
        Tree::map(rubric.facts.iter().map(written))
    }
}

/// Why this is nothing that answers could be read from: nothing at all, a rubric, or facts without their heading.
fn not_answers(tree: &Tree, rubric: &Rubric) -> Option<Problem> {
    const ALLOWED: &str = "facts and their values under `answers:`";
    let top = Route::top();
    match tree {
        Tree::Null => Some(Problem::new(&top, "there is nothing in it").allowed(ALLOWED)),
        Tree::Map(_) if tree.get("answers").is_some() => None,
        Tree::Map(_) if tree.get("questions").is_some() && tree.get("verdict").is_some() => {
            let problem = Problem::new(&top.key("questions"), "this is a rubric, not answers");
            Some(problem.at_key().help("a rubric is given with --rubric"))
        }
        Tree::Map(entries) => {
            let fact = entries
                .iter()
                .find(|entry| rubric.fact(&entry.key).is_some())?;
            let message = format!("the fact `{}` stands at the top of the file", fact.key);
            let problem = Problem::new(&top.key(&fact.key), message).at_key();
            Some(problem.help("put the facts under `answers:`"))
        }
        _ => None,
    }
}

/// The mistake of naming a fact that the rubric does not have.
pub fn unknown_fact(id: &str, route: &Route, rubric: &Rubric) -> Problem {
    let names = rubric.facts.iter().map(|fact| fact.id.as_str());
    Problem::new(
        route,
        format!("`{id}` is not a fact of the rubric `{}`", rubric.id),
    )
    .at_key()
    .one_of(id, names)
    .of_kind(ProblemKind::UnknownFact)
}

/// The mistake of answering another rubric's questions; `named` is an id, or `id@version`.
fn other_rubric(named: &str, rubric: &Rubric) -> Option<Problem> {
    let id = named.split_once('@').map_or(named, |(id, _)| id);
    (id != rubric.id).then(|| {
        let message = format!("these answers are for the rubric `{id}`");
        Problem::new(&Route::top().key("rubric"), message)
            .of_kind(ProblemKind::OtherRubric)
            .allowed(format!("`{}`, the rubric in use", rubric.id))
            .help("name the file of that rubric with --rubric FILE")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures;
    use crate::ids::{Id, OptionId};
    use crate::rubric::Kind;

    fn problems(text: &str) -> Vec<(String, Option<String>, (usize, usize))> {
        let rubric = fixtures::rubric();
        let source = Source::new("answers.yaml", text);
        Answers::parse(&source, &rubric)
            .expect_err("mistakes")
            .into_iter()
            .map(|placed| {
                let at = source.line_and_column(placed.span.start);
                (placed.problem.message, placed.problem.did_you_mean, at)
            })
            .collect()
    }

    #[test]
    fn every_mistake_in_an_answers_file_is_reported_at_its_place() {
        let text = "rubric: service-mesh\nanswers:\n  servces: 3\n  services: -1\n  authorization: l8\n  teams: {valu: 3, as_of: soon}\n  shared_http_client: maybe\n";
        let found = problems(text);
        let places: Vec<_> = found.iter().map(|(_, _, at)| *at).collect();
        assert_eq!(
            places,
            [(3, 3), (4, 13), (5, 18), (6, 10), (6, 11), (6, 27), (7, 23)]
        );
        assert_eq!(found[0].1.as_deref(), Some("services"));
        assert_eq!(found[2].1.as_deref(), Some("l7"));
    }

    #[test]
    fn answers_to_another_rubric_are_one_mistake() {
        let found = problems("rubric: kafka\nanswers:\n  brokers: 3\n  services: -1\n");
        let places: Vec<_> = found.iter().map(|(_, _, at)| *at).collect();
        assert_eq!(places, [(1, 9)]);
    }

    #[test]
    fn what_is_no_answers_file_is_said_once_with_what_to_do() {
        let told = |text: &str| {
            let found = Answers::parse(&Source::new("a", text), &fixtures::rubric());
            let found = found.expect_err("no answers");
            assert_eq!(found.len(), 1, "{found:?}");
            let problem = &found[0].problem;
            (
                problem.message.clone(),
                problem.help.clone().unwrap_or_default(),
            )
        };
        for nothing in ["", "# soon\n", "~"] {
            assert_eq!(told(nothing).0, "there is nothing in it");
        }
        let rubric = fixtures::source().text;
        assert!(told(&rubric).1.contains("--rubric"));
        assert_eq!(
            told("services: 4\nteams: 2\n").1,
            "put the facts under `answers:`"
        );
        let quoted = |text: &str| told(&format!("answers: {{{text}}}")).1;
        assert_eq!(quoted("services: \"14\""), "write it without quotes: 14");
        assert_eq!(
            quoted("shared_http_client: 'true'"),
            "write it without quotes: true"
        );
        assert_eq!(
            quoted("sidecar_reasons: spire-ca"),
            "write a list: [spire-ca]"
        );
        assert_eq!(quoted("services: \"many\""), "");
    }

    #[test]
    fn a_number_is_whole_however_it_is_written() {
        let rubric = fixtures::rubric();
        let value = |text: &str| {
            let source = Source::new("a", format!("answers: {{services: {text}}}"));
            let fact = rubric.fact("services").expect("a fact");
            Answers::parse(&source, &rubric).map(|answers| answers.value(fact))
        };
        assert_eq!(value("42.0"), Ok(Some(Value::Count(42))));
        assert_eq!(value("1e3"), Ok(Some(Value::Count(1000))));
        for wrong in ["42.5", "99999999999999999999", "-1e3", ".inf"] {
            let problems = value(wrong).expect_err(wrong);
            let problem = &problems[0].problem;
            assert_eq!(
                problem.message,
                format!("`{wrong}` is not a value of `services`")
            );
            assert!(problem.allowed.starts_with("a whole number from 1 to "));
        }
    }

    /// Answers of every kind, with and without provenance.
    fn answers(seed: u64, text: &str) -> (Rubric, Answers) {
        let rubric = fixtures::rubric();
        let mut answers = Answers::none(&rubric);
        answers.subject = (!seed.is_multiple_of(3)).then(|| text.to_owned());
        for (fact, bits) in rubric
            .facts
            .iter()
            .zip((0_u32..).map(|shift| seed.rotate_right(shift * 3)))
        {
            let value = match &fact.kind {
                Kind::Count { min, max, .. } => {
                    Value::Count((bits as i64).rem_euclid(max - min + 1) + min)
                }
                Kind::YesNo => Value::YesNo(bits % 2 == 0),
                Kind::Choice(options) => {
                    Value::Choice(OptionId::new(bits as usize % options.len()))
                }
                Kind::Flags(options) => Value::Flags(
                    options
                        .ids()
                        .filter(|option| bits >> option.position() & 1 == 0)
                        .collect(),
                ),
            };
            let answer = Answer {
                value: (bits % 5 > 0).then_some(value),
                source: (bits % 3 == 0).then(|| text.to_owned()),
                as_of: (bits % 4 == 0).then(|| jiff::civil::date(2026, 11, 20)),
            };
            answers.set(fact, answer);
        }
        (rubric, answers)
    }

    fn reads_back(seed: u64, text: &str) {
        let (rubric, answers) = answers(seed, text);
        let yaml = answers.to_yaml(&rubric);
        let read = Answers::parse(&Source::new("saved.yaml", yaml.as_str()), &rubric);
        assert_eq!(read, Ok(answers), "{yaml}");
    }

    #[test]
    fn texts_that_yaml_would_take_for_something_else_are_quoted() {
        let telling = [
            "unknown",
            "null",
            "~",
            "yes",
            "3",
            "0x1f",
            "1e3",
            "- a",
            "a: b",
            "# x",
            "2026-11-02",
            "",
            " a ",
            "'\"'",
        ];
        for (seed, text) in telling
            .iter()
            .chain(&[
                "a\nb\n",
                "\u{1b}[2J",
                "\u{202e}x",
                "\u{85}",
                "日本",
                "{a}",
                "*x",
            ])
            .enumerate()
        {
            reads_back(seed as u64, text);
        }
    }

    proptest::proptest! {
        #[test]
        fn written_answers_read_back_equal(seed: u64, text in "\\PC*") {
            reads_back(seed, &text);
        }
    }

    #[test]
    fn unknown_absent_and_null_are_the_same() {
        let rubric = fixtures::rubric();
        let read = |text: &str| {
            Answers::parse(&Source::new("a", text), &rubric)
                .expect("valid")
                .sheet()
        };
        let nothing = read("answers:");
        assert_eq!(nothing, Sheet::unknown(&rubric));
        assert_eq!(read("answers: {}"), nothing);
        assert_eq!(
            read("answers: {services: unknown, teams: ~, canary: {value: unknown, source: x}}"),
            nothing
        );
    }
}
