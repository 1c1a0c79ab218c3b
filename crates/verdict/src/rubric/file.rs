//! The rubric file as it is written: serde types, nothing checked beyond their shape.
//!
//! The JSON Schema for editors is derived from these types, so their documentation is what an editor shows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::forms::{
    AnswersForm, DateForm, FactName, Name, NumberForm, ScalarForm, SchemaForm, StarterNames,
    ValueForm, VerdictForm, VersionForm,
};
use super::kind::FactKind;
use super::tax_file::TaxFile;
use crate::text::Tree;

/// A rubric: questions about facts, conditions, and an ordered verdict that gives a recommendation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "mesh-advisor rubric")]
pub struct RubricFile {
    /// The version of this file format: 1.
    #[schemars(with = "SchemaForm")]
    pub schema: i64,
    /// The rubric's name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// The rubric's version: MAJOR.MINOR.PATCH.
    #[schemars(with = "VersionForm")]
    pub version: String,
    /// The question that the rubric answers.
    pub title: String,
    /// What reasons cite.
    #[serde(default)]
    pub sources: Vec<SourceFile>,
    /// The possible recommendations, from least to most machinery.
    #[schemars(length(min = 1, max = 64))]
    pub recommendations: Vec<RecommendationFile>,
    /// The checklist.
    pub questions: Vec<QuestionFile>,
    /// Questions asked only while they can matter.
    #[serde(default)]
    pub follow_ups: Vec<QuestionFile>,
    /// The boxes to tick: named tests that are counted.
    #[serde(default)]
    pub conditions: Vec<ConditionFile>,
    /// Named tests that are not counted.
    #[serde(default)]
    pub definitions: Vec<DefinitionFile>,
    /// The rules in order: the first whose test holds gives the recommendation. The last has no `when`.
    #[schemars(with = "VerdictForm")]
    pub verdict: Vec<RuleFile>,
    /// What the verdict promises, where it is written as a mapping: a rule of its own for every sheet.
    #[serde(default, rename = "verdict.complete")]
    #[schemars(skip)]
    pub is_complete: bool,
    /// The same: no two rules that hold at once.
    #[serde(default, rename = "verdict.unique")]
    #[schemars(skip)]
    pub is_unique: bool,
    /// What must be true before the recommendation is carried out.
    #[serde(default)]
    pub prerequisites: Vec<RemarkFile>,
    /// What to mind.
    #[serde(default)]
    pub cautions: Vec<RemarkFile>,
    /// Statements about all sheets, to be proved.
    #[serde(default)]
    pub guarantees: Vec<GuaranteeFile>,
    /// Example sheets with the expected recommendation.
    #[serde(default)]
    pub cases: Vec<CaseFile>,
    /// After how many days a recorded answer with a date must be looked at again (365 when absent).
    #[serde(default)]
    pub answers_expire_after_days: Option<i64>,
    /// What has moved, for those who decided by an earlier version.
    #[serde(default)]
    pub moved: Vec<MovedFile>,
    /// What each recommendation costs to run.
    #[serde(default)]
    pub tax: Option<TaxFile>,
    /// What starters ask for: `{id}` in a starter stands for the value that is given.
    #[serde(default)]
    pub parameters: Vec<ParameterFile>,
    /// Next steps, in order.
    #[serde(default)]
    pub plan: Vec<StepFile>,
}

/// What a version of the rubric moved.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MovedFile {
    /// It is told to decisions that were made by a version before this one: MAJOR.MINOR.PATCH.
    #[schemars(with = "VersionForm")]
    pub before: String,
    /// What has moved, in a sentence.
    pub text: String,
}

/// What reasons cite, by its name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Where it can be read.
    #[serde(rename = "where")]
    pub place: String,
    /// The day on which its facts were true: YYYY-MM-DD.
    #[serde(default)]
    #[schemars(with = "Option<DateForm>")]
    pub as_of: Option<String>,
    /// Who sells what it speaks of, when its author does.
    #[serde(default)]
    pub vendor: Option<String>,
}

/// One possible recommendation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecommendationFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// What it is called, in a few words.
    pub title: String,
    /// One sentence that says what it consists of.
    pub summary: String,
}

/// A checklist question: the facts it asks for and the signals that read them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuestionFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// The question.
    pub ask: String,
    /// Why it is asked.
    pub why: String,
    /// The facts it asks for.
    pub facts: Vec<FactFile>,
    /// Tests worth points.
    #[serde(default)]
    pub signals: Vec<SignalFile>,
}

/// One typed thing to know. Tests read it by its name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FactFile {
    /// Its name, in snake_case.
    #[schemars(with = "FactName")]
    pub id: String,
    /// What values it takes.
    pub kind: FactKind,
    /// The question as put to a person.
    pub ask: String,
    /// How to find the answer.
    #[serde(default)]
    pub help: Option<String>,
    /// The value taken while the answer is unknown: the one that does not tick a box.
    #[serde(default)]
    #[schemars(with = "Option<ValueForm>")]
    pub assume: Option<Tree>,
    /// For a count: the smallest value (0 when absent).
    #[serde(default)]
    #[schemars(with = "Option<NumberForm>")]
    pub min: Option<Tree>,
    /// For a count: the largest value (1,000,000,000 when absent).
    #[serde(default)]
    #[schemars(with = "Option<NumberForm>")]
    pub max: Option<Tree>,
    /// For a count: what is counted, such as `ms`, `%` or `days`; it is said behind the number wherever that is shown.
    #[serde(default)]
    pub unit: Option<String>,
    /// For a count: how many decimals its numbers may have (none when absent), in answers, in tests and here.
    #[serde(default)]
    #[schemars(range(min = 0, max = 6))]
    pub digits: Option<i64>,
    /// For a choice or flags: the options.
    #[serde(default)]
    pub options: Option<Vec<OptionFile>>,
    /// How likely its values are, one against the other; all alike when absent. It moves no recommendation.
    #[serde(default)]
    pub likely: Option<Vec<LikelyFile>>,
}

/// How likely some values of a fact are: of a count a range, of a choice or yes/no a value, of flags a flag.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LikelyFile {
    /// Of a count: where the range starts, the first at the smallest value. It ends where the next one starts.
    #[serde(default)]
    #[schemars(with = "Option<NumberForm>")]
    pub from: Option<Tree>,
    /// Of a choice: an option. Of yes/no: true or false. Each value once.
    #[serde(default)]
    #[schemars(with = "Option<ValueForm>")]
    pub is: Option<Tree>,
    /// Of flags: a flag, each once.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub has: Option<String>,
    /// What it weighs against the others.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub weight: i64,
    /// Of flags: in how many cases the flag would be set `weight` times; more than `weight`.
    #[serde(default)]
    #[schemars(range(min = 2, max = 1_000_000))]
    pub of: Option<i64>,
}

/// One option of a choice or of flags.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OptionFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// What it says, in a few words.
    pub title: String,
    /// When it is the answer, in a sentence or two.
    #[serde(default)]
    pub help: Option<String>,
}

/// A test on facts that is worth points.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SignalFile {
    /// When it counts.
    pub when: TestFile,
    /// What it adds to the score; 0 only explains.
    #[schemars(range(min = -1_000_000, max = 1_000_000))]
    pub points: i64,
    /// What was answered and why it matters; `{fact}` stands for the answer.
    pub reason: String,
    /// What is said instead where the test holds of assumptions, or a `{fact}` of the text is unknown.
    #[serde(default)]
    pub assumed: Option<String>,
    /// The source of the reason.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub source: Option<String>,
}

/// A box to tick: a named test that is counted. Other tests read it by its name too.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConditionFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// What it says, in a few words.
    pub title: String,
    /// When the box is ticked.
    pub when: TestFile,
    /// The source of the condition.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub source: Option<String>,
}

/// A named test that is not counted: other tests read it by its name, as `true` or `false`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DefinitionFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// What it stands for.
    pub when: TestFile,
}

/// One rule of the verdict: the first whose test holds decides.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// The test; absent in the last rule, which always holds.
    #[serde(default)]
    pub when: Option<TestFile>,
    /// The recommendation it gives.
    #[schemars(with = "Name")]
    pub recommend: String,
    /// Why, in a line that can be read out; `{fact}` stands for the answer.
    pub because: String,
    /// What is said instead where the test holds of assumptions, or a `{fact}` of the text is unknown.
    #[serde(default)]
    pub assumed: Option<String>,
    /// The source of the reason.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub source: Option<String>,
}

/// A prerequisite or a caution: something that is said beside the recommendation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RemarkFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// When it is said; absent: always.
    #[serde(default)]
    pub when: Option<TestFile>,
    /// What is said; `{fact}` stands for the answer.
    pub text: String,
    /// What is said instead where the test holds of assumptions, or a `{fact}` of the text is unknown.
    #[serde(default)]
    pub assumed: Option<String>,
    /// Whether it belongs to the first lines of an advice, beside the recommendation.
    #[serde(default)]
    pub headline: bool,
    /// The source of the remark.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub source: Option<String>,
}

/// A statement about all sheets, to be proved: one of `always`, `never` and `monotone`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GuaranteeFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// The sheets it speaks of; absent: all.
    #[serde(default)]
    pub when: Option<TestFile>,
    /// Only these recommendations come out.
    #[serde(default)]
    #[schemars(with = "Option<Vec<Name>>")]
    pub always: Option<Vec<String>>,
    /// None of these recommendations comes out.
    #[serde(default)]
    #[schemars(with = "Option<Vec<Name>>")]
    pub never: Option<Vec<String>>,
    /// The fact whose raising moves the recommendation only one way.
    #[serde(default)]
    #[schemars(with = "Option<FactName>")]
    pub monotone: Option<String>,
    /// Which way: `up` never lowers the recommendation, `down` never raises it.
    #[serde(default)]
    pub direction: Option<DirectionFile>,
}

/// Which way a recommendation may move while a fact is raised.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DirectionFile {
    /// It never goes down.
    Up,
    /// It never goes up.
    Down,
}

/// A file of cases.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CasesFile {
    /// The cases.
    pub cases: Vec<CaseFile>,
}

/// An example sheet with its expected recommendation.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// Answers by fact; a fact that is absent takes its assumed value.
    #[serde(default)]
    #[schemars(with = "AnswersForm")]
    pub answers: Tree,
    /// The recommendation that must come out.
    #[schemars(with = "Name")]
    pub recommend: String,
    /// The rule that must fire.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub rule: Option<String>,
}

/// One step of the plan: what to do next.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepFile {
    /// Its name, in kebab-case.
    #[schemars(with = "Name")]
    pub id: String,
    /// When it belongs to the plan; absent: always.
    #[serde(default)]
    pub when: Option<TestFile>,
    /// What to do, in a few words.
    pub title: String,
    /// How; `{fact}` stands for the answer.
    pub detail: String,
    /// What is said instead where the test holds of assumptions, or a `{fact}` of the text is unknown.
    #[serde(default)]
    pub assumed: Option<String>,
    /// What this step takes the place of.
    #[serde(default)]
    pub replaces: Option<String>,
    /// Files to begin with, by name: they lie in the folder `starters` beside the rubric.
    #[serde(default)]
    #[schemars(with = "Option<StarterNames>")]
    pub starter: Option<Tree>,
    /// The source of the step.
    #[serde(default)]
    #[schemars(with = "Option<Name>")]
    pub source: Option<String>,
}

/// What values a parameter takes.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, PartialEq, Eq, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ParameterKind {
    /// A DNS label (RFC 1123), such as `checkout`; `max` is the most characters.
    DnsLabel,
    /// A DNS name: labels joined by dots.
    DnsName,
    /// A path of a URL.
    Path,
    /// The key of a label in Kubernetes, such as `app` or `app.kubernetes.io/name`.
    LabelKey,
    /// A length of time in h, m, s and ms, such as `2s` or `1m30s`.
    Duration,
    /// A method of HTTP, such as `POST`.
    HttpMethod,
    /// One word of letters, digits, dots, hyphens and underscores.
    Word,
    /// A whole number from `min` to `max`.
    Count,
}

/// Something that starters ask for: a name, a path, a number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParameterFile {
    /// Its name, in snake_case.
    #[schemars(with = "FactName")]
    pub id: String,
    /// What values it takes.
    pub kind: ParameterKind,
    /// What is asked for.
    pub ask: String,
    /// The value where none is given; without one it must be given.
    #[serde(default)]
    #[schemars(with = "Option<ScalarForm>")]
    pub default: Option<Tree>,
    /// For a count: the smallest value (0 when absent).
    #[serde(default)]
    pub min: Option<i64>,
    /// For a count: the largest value (1,000,000,000 when absent). For a label: the most characters (63 when absent).
    #[serde(default)]
    pub max: Option<i64>,
}

/// A test as it is written: a mapping, all of whose entries must hold.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct TestFile(pub Tree);
