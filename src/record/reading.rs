//! The decision inside a record (schema 1), read so that every mistake in it is found and what has none is kept.
//!
//! A part with a mistake is absent here: its mistake is reported, and nothing else is concluded from it.

use std::ops::Range;

use jiff::civil::Date;
use serde::de::IgnoredAny;

use super::decision::{Decision, Exception, SCHEMA};
use verdict::answers::Answers;
use verdict::ids::RecommendationId;
use verdict::rubric::{Rubric, Version};
use verdict::text::{
    Document, Entry, Node, Part, PlacedProblem, Problem, ProblemKind, Route, Source, Tree,
    shortened,
};

/// Mistakes in one record beyond this are not listed: nobody reads them, and each costs time to place.
pub const MOST_LISTED: usize = 50;

/// What came of reading a record.
#[derive(Clone, Debug)]
pub struct DecisionReading {
    /// What could be read.
    pub decision: Decision,
    /// Every mistake, in file order, up to [`MOST_LISTED`].
    pub problems: Vec<PlacedProblem>,
    /// Whether there are more.
    pub has_more: bool,
    /// The rubric that it names, when that is not the one it was read by.
    pub other_rubric: Option<String>,
    root: Node,
    /// Whether it is no YAML, or no mapping.
    is_refused: bool,
}

/// A record as it is written. What must be there is checked after everything else, so that one mistake hides no other.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct RecordFile {
    #[serde(default)]
    schema: Option<i64>,
    #[serde(default)]
    rubric: Option<String>,
    #[serde(default)]
    decision: Option<String>,
    #[serde(default, deserialize_with = "super::day::read")]
    decided: Option<Date>,
    #[serde(default, deserialize_with = "super::day::read")]
    review_by: Option<Date>,
    /// Read from the tree: there may be many, and this type may be read many times.
    #[serde(default, rename = "answers")]
    _answers: Option<IgnoredAny>,
    #[serde(default)]
    exception: Option<Exception>,
    #[serde(default, rename = "prerequisites")]
    _prerequisites: Option<IgnoredAny>,
}

impl DecisionReading {
    /// Reads the YAML or JSON of a record.
    pub fn read(yaml: &str, rubric: &Rubric) -> Self {
        Self::read_by(yaml, |_| rubric)
    }

    /// The same by a rubric that `choose` gives for the id of the one that the record names.
    pub fn read_by<'r>(yaml: &str, choose: impl FnOnce(Option<&str>) -> &'r Rubric) -> Self {
        let mut document = match Document::read(&Source::new("record", yaml)) {
            Ok(document) => document,
            Err(problem) => return Self::refused(*problem),
        };
        let is_there = |key| document.get(key).is_some_and(|value| *value != Tree::Null);
        let missing: Vec<&str> = ["schema", "rubric", "decision"]
            .into_iter()
            .filter(|key| !is_there(key))
            .collect();
        let file = match &document.root().tree {
            Tree::Null => RecordFile::default(),
            Tree::Map(_) => document.decode::<RecordFile>().unwrap_or_default(),
            other => {
                let message = format!("found {}, expected a record", other.describe());
                let problem =
                    Problem::new(&Route::top(), message).allowed("a mapping of keys to values");
                return Self::refused(problem.placed(document.root()));
            }
        };
        let named = file.rubric.as_deref();
        let mut reader = Reader {
            rubric: choose(named.map(|named| named.split('@').next().unwrap_or(named))),
            problems: Vec::new(),
            other_rubric: None,
        };
        let decision = reader.decision(&file, &document);
        let other_rubric = reader.other_rubric.take();
        let mut has_more = reader.problems.len() > MOST_LISTED;
        reader
            .problems
            .into_iter()
            .take(MOST_LISTED)
            .for_each(|problem| document.report(problem));
        let root = document.root().clone();
        let missing = missing.into_iter().map(|key| PlacedProblem {
            problem: Problem::new(&Route::top(), format!("the key `{key}` is missing"))
                .of_kind(ProblemKind::MissingKey),
            span: 0..0,
        });
        let mut problems: Vec<PlacedProblem> = missing.chain(document.into_problems()).collect();
        has_more |= problems.len() > MOST_LISTED;
        problems.truncate(MOST_LISTED);
        DecisionReading {
            decision,
            problems,
            has_more,
            other_rubric,
            root,
            is_refused: false,
        }
    }

    fn refused(problem: PlacedProblem) -> Self {
        let (decision, problems) = (Decision::default(), vec![problem]);
        DecisionReading {
            decision,
            problems,
            has_more: false,
            other_rubric: None,
            root: Node::default(),
            is_refused: true,
        }
    }

    /// Where the value at a route of keys stands, or the nearest thing around it.
    pub fn locate(&self, keys: &[&str], part: Part) -> Range<usize> {
        let route = keys.iter().fold(Route::top(), |route, key| route.key(*key));
        self.root.locate(&route, part)
    }

    /// Whether something under a top-level key is wrong, or nothing can be told about it.
    pub fn is_faulty(&self, key: &str) -> bool {
        let top = Route::top().key(key);
        let is_under_it =
            |placed: &PlacedProblem| placed.problem.route.steps().first() == top.steps().first();
        self.is_refused || self.problems.iter().any(is_under_it)
    }
}

struct Reader<'r> {
    rubric: &'r Rubric,
    problems: Vec<Problem>,
    other_rubric: Option<String>,
}

impl Reader<'_> {
    fn decision(&mut self, file: &RecordFile, document: &Document) -> Decision {
        let mut decision = Decision {
            decided: file.decided,
            review_by: file.review_by,
            exception: file.exception.clone(),
            ..Decision::default()
        };
        // What another schema or another rubric means is not known here.
        let is_readable =
            self.is_schema_known(file.schema) & self.is_own_rubric(file, &mut decision);
        if is_readable {
            decision.choice = file.decision.as_deref().and_then(|id| self.choice(id));
            decision.answers = self.answers(document.get("answers"));
            decision.prerequisites = self.prerequisites(document.get("prerequisites"));
        }
        decision
    }

    fn is_schema_known(&mut self, schema: Option<i64>) -> bool {
        let Some(found) = schema.filter(|schema| *schema != SCHEMA) else {
            return true;
        };
        let problem = Problem::new(
            &Route::top().key("schema"),
            format!("schema {found} is not known"),
        );
        self.problems.push(problem.allowed(SCHEMA.to_string()));
        false
    }

    /// Whether the record is for the rubric in use; notes the version it names.
    fn is_own_rubric(&mut self, file: &RecordFile, decision: &mut Decision) -> bool {
        let Some(named) = file.rubric.as_deref() else {
            return true;
        };
        let route = Route::top().key("rubric");
        let (id, version) = named
            .split_once('@')
            .map_or((named, None), |(id, version)| (id, Some(version)));
        if id != self.rubric.id {
            self.other_rubric = Some(shortened(id));
            let problem = Problem::new(
                &route,
                format!("the record is for the rubric `{}`", shortened(id)),
            );
            self.problems.push(
                problem
                    .one_of(id, [self.rubric.id.as_str()])
                    .of_kind(ProblemKind::OtherRubric),
            );
            return false;
        }
        decision.version = version.and_then(Version::parse);
        if decision.version.is_none() {
            let problem = Problem::new(
                &route,
                format!("`{}` names no version of the rubric", shortened(named)),
            );
            self.problems
                .push(problem.allowed(format!("{}@{}", self.rubric.id, self.rubric.version)));
        }
        true
    }

    fn choice(&mut self, id: &str) -> Option<RecommendationId> {
        let found = self.rubric.recommendation(id);
        if found.is_none() {
            let ids = self
                .rubric
                .recommendations
                .iter()
                .map(|recommendation| recommendation.id.as_str());
            let message = format!(
                "`{}` is not a recommendation of the rubric `{}`",
                shortened(id),
                self.rubric.id
            );
            self.problems
                .push(Problem::new(&Route::top().key("decision"), message).one_of(id, ids));
        }
        found
    }

    fn answers(&mut self, tree: Option<&Tree>) -> Option<Answers> {
        let mut answers = Answers::none(self.rubric);
        let problems = answers.read(
            tree.unwrap_or(&Tree::Null),
            &Route::top().key("answers"),
            self.rubric,
        );
        let is_sound = problems.is_empty();
        self.problems.extend(problems);
        is_sound.then_some(answers)
    }

    fn prerequisites(&mut self, tree: Option<&Tree>) -> Vec<(String, String)> {
        let route = Route::top().key("prerequisites");
        let entries = match tree {
            None | Some(Tree::Null) => return Vec::new(),
            Some(Tree::Map(entries)) => entries,
            Some(other) => {
                let problem = Problem::new(&route, format!("found {}", other.describe()));
                self.problems
                    .push(problem.allowed("a mapping of prerequisites to how each is met"));
                return Vec::new();
            }
        };
        let ids = || {
            self.rubric
                .prerequisites
                .iter()
                .map(|prerequisite| prerequisite.id.as_str())
        };
        let mut met = Vec::new();
        for Entry { key: id, value, .. } in entries {
            match &value.tree {
                _ if !ids().any(|own| own == id) => {
                    let message = format!(
                        "`{}` is not a prerequisite of the rubric `{}`",
                        shortened(id),
                        self.rubric.id
                    );
                    self.problems.push(
                        Problem::new(&route.key(id), message)
                            .at_key()
                            .one_of(id, ids()),
                    );
                }
                Tree::Text(how) if !how.trim().is_empty() => {
                    met.push((id.to_string(), how.to_string()))
                }
                other => {
                    let problem =
                        Problem::new(&route.key(id), format!("found {}", other.describe()));
                    self.problems
                        .push(problem.allowed("how the prerequisite is met, in a few words"));
                }
            }
        }
        met
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = "schema: 1\nrubric: service-mesh@2.0.0\ndecision: mesh\ndecided: 2026-11-20\nreview_by: 2027-05-20\n\
                         answers: {services: 14}\nexception: {because: x, until: 2027-01-31}\n";

    fn read(yaml: &str) -> DecisionReading {
        DecisionReading::read(yaml, &crate::embedded::rubric().unwrap())
    }

    fn problems(yaml: &str) -> Vec<(String, &str)> {
        let placed = read(yaml).problems;
        placed
            .into_iter()
            .map(|one| (one.problem.message, yaml.get(one.span).unwrap()))
            .collect()
    }

    #[test]
    fn a_sound_record_is_read_whole() {
        let reading = read(SOUND);
        assert_eq!(reading.problems, []);
        let decision = reading.decision;
        assert_eq!(
            (decision.choice, decision.version),
            (Some(RecommendationId::new(2)), Version::parse("2.0.0"))
        );
        assert_eq!(decision.review_by, Some(jiff::civil::date(2027, 5, 20)));
        assert_eq!(
            decision.exception.unwrap().until,
            Some(jiff::civil::date(2027, 1, 31))
        );
        assert!(decision.answers.is_some());
    }

    #[test]
    fn all_mistakes_are_found_at_their_places() {
        let yaml = "schema: 1\nrubric: service-mesh\ndecision: mash\ndecided: soon\nreview: 1\nanswers: {servces: 1, teams: x}\n\
                    exception: {why: x}\nprerequisites: {protected: x}\n";
        let found = problems(yaml);
        let words: Vec<&str> = found.iter().map(|(_, word)| *word).collect();
        assert_eq!(
            words,
            [
                "service-mesh",
                "mash",
                "soon",
                "review",
                "servces",
                "x",
                "why",
                "protected"
            ],
            "{found:?}"
        );
    }

    #[test]
    fn what_must_be_there_is_asked_for() {
        let found = problems("");
        let messages: Vec<&str> = found.iter().map(|(message, _)| message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the key `schema` is missing",
                "the key `rubric` is missing",
                "the key `decision` is missing"
            ]
        );
        assert_eq!(
            problems("[1]"),
            [("found a list, expected a record".to_owned(), "[1]")]
        );
    }

    #[test]
    fn another_rubric_says_nothing_about_this_ones_facts() {
        let found =
            problems("schema: 1\nrubric: kafka@1.0.0\ndecision: none\nanswers: {brokers: 3}\n");
        assert_eq!(
            found,
            [(
                "the record is for the rubric `kafka`".to_owned(),
                "kafka@1.0.0"
            )]
        );
    }

    #[test]
    fn a_date_is_a_day_and_nothing_else() {
        for text in [
            "2026-11-20T10:00",
            "20261120",
            "2026-13-01",
            "2026-02-30",
            "20-11-2026",
            "next week",
        ] {
            assert_eq!(
                problems(&SOUND.replace("2026-11-20", text)).len(),
                1,
                "{text}"
            );
        }
        assert_eq!(problems(&SOUND.replace("2026-11-20", "\"2026-11-20\"")), []);
        assert_eq!(problems(&SOUND.replace("2026-11-20", "~")), []);
    }

    #[test]
    fn mistakes_without_number_are_cheap_and_said_to_be_more() {
        let many: String = (0..30_000)
            .map(|number| format!(" fact{number}: 1\n"))
            .collect();
        let reading = read(&SOUND.replace("{services: 14}", &format!("\n{many}")));
        assert_eq!(
            (reading.problems.len(), reading.has_more),
            (MOST_LISTED, true)
        );
    }
}
