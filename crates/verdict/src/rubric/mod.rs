//! The rubric: what is asked, what is tested, what is recommended. Types that cannot be wrong.
//!
//! [`Rubric::parse`] is the only way in: it reports every mistake of a file, and what it returns needs no more checks.
//! Nothing here knows what the questions are about.

mod digits;
mod fact;
mod file;
mod forms;
mod kind;
mod likely;
mod load;
mod parameter;
pub mod places;
pub mod schema;
pub mod section;
mod starter;
pub mod tax_file;
mod test;
mod text;
mod value;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use digits::Digits;
pub use fact::{Fact, UNKNOWN, Unfit};
pub use file::RubricFile;
pub use kind::{Choice, Domain, FactOption, Kind};
pub use likely::{Likely, MOST_WEIGHT};
pub(crate) use load::name_of_row;
pub use load::{Draft, LeftOut};
pub use parameter::{Form, Parameter};
pub use starter::Starter;
pub use test::{
    AdviceAtom, AdviceTest, FactAtom, FactTest, ReadsFacts, Test, VerdictAtom, VerdictTest,
};
pub use text::{Template, Text, Wording};
pub use value::{Accepts, Comparison, MOST_OPTIONS, Options, Range, Relation, Value};
pub use words::Words;

use crate::ids::{
    CautionId, ConditionId, FactId, NamedId, ParameterId, PrerequisiteId, RecommendationId, RuleId,
    Set, SignalId, SourceId, StepId, Table,
};
use crate::tax::Tax;
use crate::text::Route;

/// A loaded rubric.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rubric {
    /// Its name.
    pub id: Words,
    /// Its version.
    pub version: Version,
    /// The question it answers.
    pub title: Words,
    /// SHA-256 of the file, as `sha256:` and hexadecimal digits.
    pub digest: Words,
    /// What reasons cite.
    pub sources: Table<SourceId, Citation>,
    /// The possible recommendations, from least to most machinery.
    pub recommendations: Table<RecommendationId, Recommendation>,
    /// The checklist.
    pub questions: Vec<Question>,
    /// Questions that are asked only while they can matter.
    pub follow_ups: Vec<Question>,
    /// All facts, in the order in which they are asked.
    pub facts: Table<FactId, Arc<Fact>>,
    /// All signals, question by question, those of follow-ups last.
    pub signals: Table<SignalId, Signal>,
    /// Conditions and definitions, each after those it reads.
    pub named: Table<NamedId, Named>,
    /// The boxes, in file order.
    pub conditions: Table<ConditionId, Condition>,
    /// The rules in order; the last always holds, unless the verdict promises to be complete without it.
    pub verdict: Table<RuleId, Rule>,
    /// Whether the verdict promises a rule of its own for every sheet.
    pub is_complete: bool,
    /// Whether the verdict promises that no two rules hold at once.
    pub is_unique: bool,
    /// What must be true before a recommendation is carried out.
    pub prerequisites: Table<PrerequisiteId, Remark>,
    /// What to mind.
    pub cautions: Table<CautionId, Remark>,
    /// Statements about all sheets. Like cases they are tried where the file is read, and not kept with a rubric that
    /// has been: each start would unpack them for nothing.
    #[serde(skip)]
    pub guarantees: Vec<Guarantee>,
    /// Example sheets.
    #[serde(skip)]
    pub cases: Vec<Case>,
    /// After how many days a recorded answer with a date must be looked at again.
    pub answers_expire_after_days: i64,
    /// What has moved, for those who decided by an earlier version.
    pub moved: Vec<Moved>,
    /// What each recommendation costs.
    pub tax: Option<Tax>,
    /// What starters ask for.
    pub parameters: Table<ParameterId, Parameter>,
    /// Next steps, in order.
    pub plan: Table<StepId, Step>,
}

/// What a version moved.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Moved {
    /// It is told to decisions that were made by a version before this one.
    pub before: Version,
    /// A sentence.
    pub text: Words,
}

impl Rubric {
    /// The fact of this id.
    pub fn fact(&self, id: &str) -> Option<&Arc<Fact>> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// The recommendation of this id.
    pub fn recommendation(&self, id: &str) -> Option<RecommendationId> {
        self.recommendations
            .find(|recommendation| recommendation.id == id)
    }

    /// The rule that stands for "otherwise": the last, where it has no `when`.
    pub fn otherwise(&self) -> Option<RuleId> {
        let (last, rule) = self.verdict.entries().next_back()?;
        rule.when.is_always().then_some(last)
    }

    /// The facts that a question asks for.
    pub fn facts_of<'r>(&'r self, question: &'r Question) -> impl Iterator<Item = &'r Arc<Fact>> {
        question.facts.iter().map(|fact| &self.facts[*fact])
    }

    /// The signals that read them.
    pub fn signals_of<'r>(
        &'r self,
        question: &'r Question,
    ) -> impl ExactSizeIterator<Item = &'r Signal> {
        question.signals.iter().map(|signal| &self.signals[*signal])
    }

    /// What a case answers.
    pub fn answers_of<'r>(&'r self, case: &'r Case) -> impl Iterator<Item = (&'r Fact, Value)> {
        case.answers
            .iter()
            .map(|(fact, value)| (&*self.facts[*fact], *value))
    }

    /// What a reason cites, where it cites something.
    pub fn citation(&self, source: Option<SourceId>) -> Option<&Citation> {
        source.map(|source| &self.sources[source])
    }

    /// The facts that a test reads, by itself or through the named tests that it refers to.
    pub fn facts_read<A: ReadsFacts>(&self, test: &Test<A>) -> BTreeSet<FactId> {
        test.facts_read(&self.named)
    }

    /// Whether a named test is a condition; if not, it is a definition.
    pub fn is_condition(&self, named: NamedId) -> bool {
        self.conditions
            .iter()
            .any(|condition| condition.named == named)
    }
}

/// A version by semantic versioning: what a rubric's change is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Version {
    /// Raised when some sheet's recommendation changes, or an id goes.
    pub major: u64,
    /// Raised when something is added.
    pub minor: u64,
    /// Raised when only texts change.
    pub patch: u64,
}

impl Version {
    /// Reads `1.2.3`.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |part: &str| {
            let is_plain = part.bytes().all(|byte| byte.is_ascii_digit());
            let is_shortest = part == "0" || !part.starts_with('0');
            part.parse::<u64>().ok().filter(|_| is_plain && is_shortest)
        };
        let mut parts = text.split('.').map(number);
        let version = Self {
            major: parts.next()??,
            minor: parts.next()??,
            patch: parts.next()??,
        };
        parts.next().is_none().then_some(version)
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Something that a reason cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Citation {
    /// Its name.
    pub id: Words,
    /// Its title.
    pub title: Words,
    /// Where it can be read.
    pub place: Words,
    /// The day on which its facts were true.
    pub as_of: Option<Date>,
    /// Who sells what it speaks of.
    pub vendor: Option<Words>,
}

/// One possible recommendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Recommendation {
    /// Its name.
    pub id: Words,
    /// A few words.
    pub title: Words,
    /// What it consists of.
    pub summary: Words,
}

/// A question with the facts it asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Question {
    /// Its name.
    pub id: Words,
    /// The question.
    pub ask: Words,
    /// Why it is asked.
    pub why: Words,
    /// What it asks for.
    pub facts: Vec<FactId>,
    /// What the answers are worth.
    pub signals: Vec<SignalId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// A test on facts that is worth points.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Signal {
    /// The test.
    pub when: FactTest,
    /// What it adds to the score.
    pub points: i64,
    /// What was answered and why it matters.
    pub reason: Wording,
    /// Where that is argued.
    pub source: Option<SourceId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// A condition or definition: a test with a name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Named {
    /// Its name.
    pub id: Words,
    /// The test; it reads only named tests before this one.
    pub when: FactTest,
    /// The facts that it reads, by itself or through others.
    pub reads: Vec<FactId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// A box to tick.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Condition {
    /// Its name.
    pub id: Words,
    /// A few words.
    pub title: Words,
    /// Its test.
    pub named: NamedId,
    /// Where it is argued.
    pub source: Option<SourceId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// One rule of the verdict.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Rule {
    /// Its name.
    pub id: Words,
    /// When it applies, if no rule before it does.
    pub when: VerdictTest,
    /// The recommendation it gives.
    pub recommend: RecommendationId,
    /// Why.
    pub because: Wording,
    /// Where that is argued.
    pub source: Option<SourceId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// A prerequisite or a caution.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Remark {
    /// Its name.
    pub id: Words,
    /// When it is said.
    pub when: AdviceTest,
    /// What is said.
    pub text: Wording,
    /// Whether it belongs to the first lines of an advice.
    pub is_headline: bool,
    /// Where that is argued.
    pub source: Option<SourceId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// One next step.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Step {
    /// Its name.
    pub id: Words,
    /// When it belongs to the plan.
    pub when: AdviceTest,
    /// What to do.
    pub title: Words,
    /// How.
    pub detail: Wording,
    /// What it takes the place of.
    pub replaces: Option<Words>,
    /// Files to begin with, by name, in order.
    pub starters: Vec<Words>,
    /// Where that is argued.
    pub source: Option<SourceId>,
    /// Where it stands in the file.
    pub route: Route,
}

/// A statement about all sheets.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Guarantee {
    /// Its name.
    pub id: Words,
    /// The sheets it speaks of.
    pub when: VerdictTest,
    /// What it says of them.
    pub claim: Claim,
    /// Where it stands in the file.
    pub route: Route,
}

/// What a guarantee says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Claim {
    /// Only these recommendations come out.
    Always(Set<RecommendationId>),
    /// None of these recommendations comes out.
    Never(Set<RecommendationId>),
    /// Raising the fact moves the recommendation only this way.
    Monotone {
        /// The fact that is raised.
        fact: FactId,
        /// Where the recommendation may go.
        direction: Direction,
    },
}

/// Which way the recommendation may move while a fact is raised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Direction {
    /// Never down.
    Up,
    /// Never up.
    Down,
}

/// An example sheet with its expected recommendation.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Case {
    /// Its name.
    pub id: Words,
    /// What is answered; every other fact takes its assumed value.
    pub answers: Vec<(FactId, Value)>,
    /// The recommendation that must come out.
    pub recommend: RecommendationId,
    /// The rule that must fire.
    pub rule: Option<RuleId>,
    /// Where it stands in the file.
    pub route: Route,
}
