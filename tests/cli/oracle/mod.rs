//! The oracle: a slow and obvious evaluator of a rubric, to test the engine against. It lists every answer sheet, one per
//! combination of cells, and answers each question that the engine answers by looking at all of them.
//!
//! It shares no code with the crate: it reads the rubric's YAML by itself and trusts it to be valid. What it does not
//! understand makes it panic.
//!
//! - `read`: YAML text to an [`Oracle`]
//! - `evaluate`: one complete sheet to its [`Outcome`]
//! - `cells`: what the tests can tell apart of one fact
//! - `sheets`: enumerations of sheets, and the table of all outcomes
//! - `promises`: about one set of answers: possible, deciding, conditions, strength
//! - `chances`: how many values a cell has, and how likely it is
//! - `changes`: about one sheet: what would change its recommendation
//! - `proofs`: about the whole rubric: dead rules, gaps, shares, guarantees
//! - `diff`: about two rubrics
//! - `dice`: the small deterministic generator of random numbers, random sheets and random partial answers
//! - `random`: random small rubrics
//! - `random_tests`: the random facts and tests that those are made of
//! - `mutate`: small random edits of a rubric
//! - `by_hand`, `by_hand_rubrics`: the oracle's own tests, with expectations worked out by hand
//! - `self_checks`: that the oracle agrees with itself on random rubrics, and that those are varied enough

mod by_hand;
mod by_hand_rubrics;
mod cells;
mod chances;
mod changes;
mod dice;
mod diff;
mod evaluate;
mod mutate;
mod promises;
mod proofs;
mod random;
mod random_tests;
mod read;
mod self_checks;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// A piece of the rubric's YAML; a test (`when`) is kept in this form. `Null` is the test that always holds.
pub(crate) type Yaml = serde_yaml::Value;

pub(crate) use cells::FactCells;
pub(crate) use chances::with_likely;
pub(crate) use changes::Change;
pub(crate) use dice::{Dice, random_partial, random_sheet};
pub(crate) use diff::{Diff, diff};
pub(crate) use mutate::{leave_gaps, mutate_rubric};
pub(crate) use random::random_rubric;

/// The value of one fact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    /// Of a `count` fact.
    Count(i64),
    /// Of a `yes_no` fact.
    YesNo(bool),
    /// The chosen option of a `choice` fact.
    Choice(String),
    /// The flags that are set, of a `flags` fact.
    Flags(BTreeSet<String>),
}

/// A value for every fact that has an `assume`, by fact id. Facts without one (for sizing) are left out.
pub(crate) type Sheet = BTreeMap<String, Value>;

/// Values for some of the facts, the others being unknown. Facts without an `assume` may be there; they are ignored.
pub(crate) type Partial = BTreeMap<String, Value>;

/// A fact that has an `assume`.
#[derive(Clone, Debug)]
pub(crate) struct Fact {
    /// Its id in the rubric.
    pub id: String,
    /// Its kind and domain.
    pub kind: Kind,
    /// Its value while the answer is unknown.
    pub assume: Value,
    /// How likely its values are, as it stands in the file; `Null` when nothing is said.
    pub likely: Yaml,
    /// Whether a follow-up asks for it.
    pub is_follow_up: bool,
}

/// The kind and the domain of a fact.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    /// The whole numbers `min..=max`; 0 and `i64::MAX` where the rubric gives none.
    Count {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// `false` and `true`, in this order.
    YesNo,
    /// One of these options, in this order.
    Choice(Vec<String>),
    /// Any number of these options.
    Flags(Vec<String>),
}

/// A signal of a question or follow-up.
#[derive(Clone, Debug)]
pub(crate) struct Signal {
    /// Id of its question.
    pub question: String,
    /// Its place among the question's signals, from 0.
    pub index: usize,
    /// Its test.
    pub when: Yaml,
    /// What it adds to the score.
    pub points: i64,
}

/// A condition or a definition.
#[derive(Clone, Debug)]
pub(crate) struct NamedTest {
    /// Its id.
    pub id: String,
    /// Its test.
    pub when: Yaml,
}

/// A rule of the verdict.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// Its id.
    pub id: String,
    /// Its test.
    pub when: Yaml,
    /// The recommendation it gives.
    pub recommend: String,
}

/// What one complete sheet comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// Sum of the points of the signals that hold.
    pub score: i64,
    /// The signals that hold, as (question id, index), in rubric order.
    pub signals: Vec<(String, usize)>,
    /// Whether each condition holds, by its id.
    pub conditions: BTreeMap<String, bool>,
    /// How many conditions hold.
    pub conditions_met: i64,
    /// The first rule that holds; `None` when none does.
    pub rule: Option<String>,
    /// That rule's recommendation.
    pub recommendation: Option<String>,
}

/// A rubric, read for the sake of listing its sheets.
#[derive(Debug)]
pub(crate) struct Oracle {
    /// Ids of the recommendations, in order.
    pub recommendations: Vec<String>,
    /// The facts with an `assume`, questions first, then follow-ups.
    pub facts: Vec<Fact>,
    /// All signals, questions first, then follow-ups.
    pub signals: Vec<Signal>,
    /// The conditions, in order.
    pub conditions: Vec<NamedTest>,
    /// The definitions, in order.
    pub definitions: Vec<NamedTest>,
    /// The rules of the verdict, in order.
    pub rules: Vec<Rule>,
    /// The guarantees as they stand in the file.
    pub guarantees: Vec<Yaml>,
    /// The cells of each fact, in the order of `facts`.
    cells: Vec<FactCells>,
    /// How likely each cell of each fact is, with equal values and with equal cells where nothing is said.
    chances: [OnceLock<Vec<Vec<f64>>>; 2],
    /// The outcome of each sheet of `all_sheets`, filled at first use.
    table: OnceLock<Vec<Outcome>>,
}
