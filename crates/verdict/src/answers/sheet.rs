//! A sheet: what is answered, without where it comes from.

use crate::ids::{FactId, Table};
use crate::rubric::{Fact, Rubric, Value};

/// A value for each fact, or `None` where the answer is unknown or the fact only sizes something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sheet(pub(super) Table<FactId, Option<Value>>);

impl Sheet {
    /// The sheet on which nothing is known.
    pub fn unknown(rubric: &Rubric) -> Self {
        Self(rubric.facts.map(|_| None))
    }

    /// The value of a fact.
    pub fn value(&self, fact: &Fact) -> Option<Value> {
        self.value_at(fact.position)
    }

    /// The value of the fact of this id.
    pub fn value_at(&self, fact: FactId) -> Option<Value> {
        self.0[fact]
    }

    /// Sets the value of a fact, or makes it unknown.
    pub fn set(&mut self, fact: &Fact, value: Option<Value>) {
        self.set_at(fact.position, value);
    }

    /// Sets the value of the fact of this id, or makes it unknown.
    pub fn set_at(&mut self, fact: FactId, value: Option<Value>) {
        self.0[fact] = value;
    }

    /// The sheet with every unknown fact at its assumed value.
    pub fn assuming(&self, rubric: &Rubric) -> Self {
        let values = self.0.iter().zip(&rubric.facts);
        Self(values.map(|(value, fact)| value.or(fact.assume)).collect())
    }
}
