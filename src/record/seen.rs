//! What is seen of the facts that records answer, for comparing.

use verdict::answers::Sheet;
use verdict::ids::FactId;
use verdict::rubric::Value;

/// What manifests or a dump show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The facts of the rubric that it shows.
    pub facts: Vec<SeenFact>,
    /// Whether what the decisions are about runs, and what shows it; `None` where the input cannot tell.
    pub runs: Option<Running>,
}

/// A fact that is seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenFact {
    /// Which.
    pub fact: FactId,
    /// Its value.
    pub value: Value,
    /// The value is a lower bound: only an answer below it differs.
    pub is_at_least: bool,
    /// What it rests on, with a witness and its place.
    pub evidence: String,
}

/// Whether there is a mesh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    /// There is one.
    pub is_there: bool,
    /// What shows it, with a witness and its place.
    pub evidence: String,
}

impl SeenFact {
    /// Whether an answer differs from what is seen.
    pub fn differs(&self, answer: Value) -> bool {
        match (self.value, answer) {
            (Value::Count(seen), Value::Count(answered)) if self.is_at_least => answered < seen,
            (seen, answered) => seen != answered,
        }
    }
}

impl Seen {
    /// The facts that differ from the answers; what is not answered differs from nothing.
    pub fn drifted(&self, known: &Sheet) -> Vec<&SeenFact> {
        let differs = |seen: &&SeenFact| {
            known
                .value_at(seen.fact)
                .is_some_and(|answer| seen.differs(answer))
        };
        self.facts.iter().filter(differs).collect()
    }
}
