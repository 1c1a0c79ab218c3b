//! What follows for the questions of an advisor, each with its witnesses, or why nothing follows.
//!
//! Neutral values: the ids are those of the detection's own document, and what a rubric makes of them is not said here.
//! A mandate, a team's capacity and a team's will are in no manifest and never inferred.

pub(crate) mod canary;
pub(crate) mod cni;
pub(crate) mod installed;
pub(crate) mod languages;
pub(crate) mod services;
pub(crate) mod sidecar_reasons;
pub(crate) mod sizes;
pub(crate) mod system;
pub(crate) mod teams;

use crate::evidence::{Strength, Witness};

/// How many of the objects that bear a fact out are named.
pub(crate) const MOST_WITNESSES: usize = 3;

/// A fact, as far as the input shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub id: &'static str,
    /// What is seen, where the evidence carries it.
    pub value: Option<FactValue>,
    /// What it is at least, where only that is seen: a hint, not an answer.
    pub at_least: Option<FactValue>,
    /// What it rests on.
    pub strength: Strength,
    /// The rule that led to it.
    pub rule: &'static str,
    /// How many objects bear it out.
    pub count: usize,
    /// Up to three of them.
    pub witnesses: Vec<Witness>,
    /// The names that were counted, where names were.
    pub counted: Vec<String>,
    /// What was seen and not counted, by reason.
    pub left_out: Vec<LeftOut>,
    /// Why there is no value.
    pub why_not: Option<String>,
}

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactValue {
    /// A number.
    Count(u64),
    /// One of several options.
    Choice(&'static str),
    /// Any number of options, in a fixed order.
    Flags(Vec<&'static str>),
}

/// Objects that were seen and not counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub reason: &'static str,
    /// How many.
    pub count: usize,
    /// Their names.
    pub names: Vec<String>,
}

impl Fact {
    /// A fact of which nothing is seen.
    pub(crate) fn unset(id: &'static str, rule: &'static str, why_not: &str) -> Self {
        Self {
            id,
            value: None,
            at_least: None,
            strength: Strength::NotVisible,
            rule,
            count: 0,
            witnesses: Vec::new(),
            counted: Vec::new(),
            left_out: Vec::new(),
            why_not: Some(why_not.to_owned()),
        }
    }

    /// A fact with a value, and the objects that bear it out.
    pub(crate) fn seen(
        id: &'static str,
        rule: &'static str,
        value: FactValue,
        strength: Strength,
        witnesses: &[Witness],
    ) -> Self {
        Self {
            value: Some(value),
            strength,
            count: witnesses.len(),
            witnesses: witnesses.iter().take(MOST_WITNESSES).cloned().collect(),
            why_not: None,
            ..Self::unset(id, rule, "")
        }
    }
}
