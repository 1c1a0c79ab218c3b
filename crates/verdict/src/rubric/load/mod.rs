//! From a rubric file to a [`Rubric`]: names are resolved, values checked, and every mistake is reported.
//!
//! A part with a mistake is left out, and so is what refers to it, without a second report; the rest is still loaded,
//! so that `rubric check` can reason about a file that has mistakes elsewhere.

mod draft;
mod fact_test;
mod facts;
mod grammar;
mod guarantees;
mod left_out;
mod likely;
mod named;
mod names;
mod starters;
mod table;
mod tax;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;

pub use draft::Draft;
pub(super) use facts::RESERVED;
pub use left_out::LeftOut;
pub(crate) use table::name_of_row;

use super::file::MovedFile;
use super::section::Section;
use super::{
    Citation, Condition, Fact, Moved, Named, Question, Recommendation, Rubric, RubricFile, Signal,
    Text, Version, Wording, Words,
};
use crate::ids::{ConditionId, FactId, NamedId, RecommendationId, SignalId, SourceId, Table};
use crate::text::{MOST_PROBLEMS, Problem, Route};

/// The file format that is read.
const SCHEMA: i64 = 1;

/// A year: what an answer is good for when the rubric does not say.
const ANSWERS_EXPIRE_AFTER_DAYS: i64 = 365;

/// What is known while a file is being loaded.
#[derive(Default)]
struct Loader {
    problems: Vec<Problem>,
    /// The ids of parts that were cut out of the file, or left out here, for mistakes already reported.
    lost: BTreeSet<String>,
    /// Where something was cut out of the file.
    is_cut: Vec<Route>,
    /// The parts that are left out.
    not_taken: Vec<Route>,
    sources: Table<SourceId, Citation>,
    recommendations: Table<RecommendationId, Recommendation>,
    facts: Table<FactId, Arc<Fact>>,
    /// Facts that a test may read, by id; `None` for those with a mistake of their own.
    fact_positions: BTreeMap<String, Option<FactId>>,
    signals: Table<SignalId, Signal>,
    named: Table<NamedId, Named>,
    /// Conditions and definitions by id; `None` for those with a mistake of their own.
    named_positions: BTreeMap<String, Option<NamedId>>,
}

/// What a file gives.
struct Loaded {
    rubric: Rubric,
    problems: Vec<Problem>,
    not_taken: Vec<Route>,
}

impl Loader {
    /// A loader that already knows the names of a rubric.
    fn knowing(rubric: &Rubric) -> Self {
        let positions = rubric
            .facts
            .iter()
            .map(|fact| (fact.id.to_string(), Some(fact.position)));
        Self {
            recommendations: rubric.recommendations.clone(),
            facts: rubric.facts.clone(),
            fact_positions: positions.collect(),
            ..Self::default()
        }
    }

    fn load(mut self, file: RubricFile, digest: String) -> Loaded {
        let top = Route::top();
        if file.schema != SCHEMA {
            let message = format!("schema {} is not known", file.schema);
            self.report(Problem::new(&top.key("schema"), message).allowed(SCHEMA.to_string()));
        }
        self.check_kebab(&file.id, &top.key("id"));
        let version = self.version(&file.version, &top.key("version"));
        let moved = self.moved(file.moved);
        self.sources(file.sources);
        self.recommendations(file.recommendations);
        self.facts(&file.questions, &file.follow_ups);
        self.named_tests(&file.conditions, &file.definitions);
        self.check_unique(
            Section::Questions,
            file.questions
                .iter()
                .chain(&file.follow_ups)
                .map(|question| &question.id),
        );
        let questions = self.questions(Section::Questions, file.questions);
        let follow_ups = self.questions(Section::FollowUps, file.follow_ups);
        let conditions = self.conditions(file.conditions);
        let verdict = self.verdict(file.verdict, file.is_complete);
        self.check_ranges(&verdict);
        let prerequisites = self.remarks(Section::Prerequisites, file.prerequisites);
        let cautions = self.remarks(Section::Cautions, file.cautions);
        let parameters = self.parameters(file.parameters);
        let plan = self.plan(file.plan);
        let guarantees = self.guarantees(file.guarantees);
        let cases = self.cases(file.cases, &verdict);
        let answers_expire_after_days = self.expiry(file.answers_expire_after_days);
        let tax = file.tax.as_ref().and_then(|tax| self.tax(tax));
        let rubric = Rubric {
            id: file.id.into(),
            version,
            title: file.title.into(),
            digest: digest.into(),
            sources: self.sources,
            recommendations: self.recommendations,
            questions,
            follow_ups,
            facts: self.facts,
            signals: self.signals,
            named: self.named,
            conditions,
            verdict,
            is_complete: file.is_complete,
            is_unique: file.is_unique,
            prerequisites,
            cautions,
            guarantees,
            cases,
            answers_expire_after_days,
            moved,
            tax,
            parameters,
            plan,
        };
        Loaded {
            rubric,
            problems: self.problems,
            not_taken: self.not_taken,
        }
    }

    /// Keeps a mistake, unless it only follows from one that is known, or nobody would read as many.
    fn report(&mut self, problem: Problem) {
        let follows = problem
            .unknown
            .as_ref()
            .is_some_and(|name| self.lost.contains(name));
        if !follows && self.problems.len() < MOST_PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// The names to choose the nearest from: none once so many mistakes are known that nobody reads them all.
    fn worth_naming<'n>(
        &self,
        names: impl Iterator<Item = &'n str> + Clone,
    ) -> impl Iterator<Item = &'n str> + Clone {
        let is_full = self.problems.len() >= MOST_PROBLEMS;
        names.take(if is_full { 0 } else { usize::MAX })
    }

    fn moved(&mut self, files: Vec<MovedFile>) -> Vec<Moved> {
        let route = Route::top().key("moved");
        let entries = files.into_iter().enumerate();
        entries
            .map(|(index, file)| Moved {
                before: self.version(&file.before, &route.index(index).key("before")),
                text: file.text.into(),
            })
            .collect()
    }

    fn version(&mut self, text: &str, route: &Route) -> Version {
        Version::parse(text).unwrap_or_else(|| {
            let problem = Problem::new(route, format!("\"{text}\" is not a version"));
            self.report(problem.allowed("MAJOR.MINOR.PATCH, such as 1.0.0"));
            Version {
                major: 0,
                minor: 0,
                patch: 0,
            }
        })
    }

    fn expiry(&mut self, days: Option<i64>) -> i64 {
        let days = days.unwrap_or(ANSWERS_EXPIRE_AFTER_DAYS);
        if days < 1 {
            let route = Route::top().key("answers_expire_after_days");
            self.report(
                Problem::new(&route, format!("{days} is no number of days")).allowed("1 or more"),
            );
        }
        days
    }

    fn sources(&mut self, files: Vec<super::file::SourceFile>) {
        self.check_unique(Section::Sources, files.iter().map(|source| &source.id));
        for (index, source) in files.into_iter().enumerate() {
            let route = Section::Sources.route().index(index);
            self.check_kebab(&source.id, &route.key("id"));
            let as_of = source
                .as_of
                .and_then(|text| self.date(&text, &route.key("as_of")));
            self.sources.push(Citation {
                id: source.id.into(),
                title: source.title.into(),
                place: source.place.into(),
                as_of,
                vendor: source.vendor.map(Words::from),
            });
        }
    }

    fn recommendations(&mut self, files: Vec<super::file::RecommendationFile>) {
        let route = Section::Recommendations.route();
        self.check_unique(
            Section::Recommendations,
            files.iter().map(|recommendation| &recommendation.id),
        );
        if files.is_empty() || files.len() > super::MOST_OPTIONS {
            let message = format!("{} recommendations are listed", files.len());
            self.report(
                Problem::new(&route, message).allowed(format!("1 to {}", super::MOST_OPTIONS)),
            );
        }
        for (index, file) in files.into_iter().enumerate() {
            self.check_kebab(&file.id, &route.index(index).key("id"));
            let (id, title, summary) = (file.id.into(), file.title.into(), file.summary.into());
            self.recommendations
                .push(Recommendation { id, title, summary });
        }
    }

    fn conditions(
        &mut self,
        files: Vec<super::file::ConditionFile>,
    ) -> Table<ConditionId, Condition> {
        let mut conditions = Table::default();
        for (index, file) in files.into_iter().enumerate() {
            let route = Section::Conditions.route().index(index);
            let source = self.source(file.source.as_deref(), &route);
            if let Some(Some(named)) = self.named_positions.get(&file.id).copied() {
                conditions.push(Condition {
                    id: file.id.into(),
                    title: file.title.into(),
                    named,
                    source,
                    route,
                });
            }
        }
        conditions
    }

    fn questions(
        &mut self,
        section: Section,
        files: Vec<super::file::QuestionFile>,
    ) -> Vec<Question> {
        let mut questions = Vec::new();
        for (index, file) in files.into_iter().enumerate() {
            let route = section.route().index(index);
            self.check_kebab(&file.id, &route.key("id"));
            let signals = self.signals(file.signals, &route.key("signals"));
            let facts = file
                .facts
                .iter()
                .filter_map(|fact| self.fact_positions.get(&fact.id).copied().flatten())
                .collect();
            let (id, ask, why) = (file.id.into(), file.ask.into(), file.why.into());
            questions.push(Question {
                id,
                ask,
                why,
                facts,
                signals,
                route,
            });
        }
        questions
    }

    /// The source of this id.
    fn source(&mut self, id: Option<&str>, owner: &Route) -> Option<SourceId> {
        let id = id?;
        let found = self.sources.find(|source| source.id == id);
        if found.is_none() {
            let problem = Problem::new(
                &owner.key("source"),
                format!("`{id}` is not a source of this rubric"),
            );
            let known = self.sources.iter().map(|source| source.id.as_str());
            let problem = problem.one_of(id, self.worth_naming(known));
            self.report(problem);
        }
        found
    }

    /// A text under `key`, and the one beside it for where something is assumed.
    fn wording(&mut self, key: &str, known: &str, assumed: Option<&str>, owner: &Route) -> Wording {
        Wording {
            known: self.text(known, &owner.key(key)),
            assumed: assumed.map(|text| self.text(text, &owner.key("assumed"))),
        }
    }

    /// A text whose placeholders name facts.
    fn text(&mut self, text: &str, route: &Route) -> Text {
        let position = |name: &str| self.fact_positions.get(name).copied().flatten();
        let names = match Text::parse(text, position) {
            Ok(text) => return text,
            Err(names) => names,
        };
        for name in names {
            if !self.fact_positions.contains_key(&name) {
                let problem = Problem::new(route, format!("`{{{name}}}` names no fact"));
                let known = self.facts.iter().map(|fact| fact.id.as_str());
                let problem = problem.one_of(&name, self.worth_naming(known));
                self.report(problem);
            }
        }
        Text::default()
    }

    fn date(&mut self, text: &str, route: &Route) -> Option<Date> {
        let date = text.parse().ok();
        if date.is_none() {
            self.report(
                Problem::new(route, format!("\"{text}\" is not a date")).allowed("YYYY-MM-DD"),
            );
        }
        date
    }
}
